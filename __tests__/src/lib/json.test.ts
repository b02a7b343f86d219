import { describe, expect, it } from '@jest/globals'
import { asList, asNumber, asRecord, asText, isRecord, parseJson } from '../../../src/lib/json.ts'

const NOTHING_OF_THE_KIND = [undefined, null, true, 5, 'text', [1], { a: 1 }]

describe('the readers of foreign JSON', () => {
  it.each([
    ['asRecord', asRecord, {}, { a: 1 }],
    ['asList', asList, [], [1]],
    ['asText', asText, '', 'text'],
    ['asNumber', asNumber, undefined, 5],
  ] as const)('%s takes its own kind and reads anything else as absent', (_, read, absent, own) => {
    for (const value of NOTHING_OF_THE_KIND) {
      const isOwn = JSON.stringify(value) === JSON.stringify(own)
      expect(read(value)).toEqual(isOwn ? own : absent)
    }
  })

  it('counts neither null nor a list as a record', () => {
    expect(NOTHING_OF_THE_KIND.filter(isRecord)).toEqual([{ a: 1 }])
  })
})

describe('parseJson', () => {
  it.each([
    ['{"a":[1]}', { a: [1] }],
    ['null', null],
    ['0', 0],
  ])('reads %s', (text, value) => {
    expect(parseJson(text)).toEqual(value)
  })

  it.each(['', ' ', '<html>', '{"a":', '{"a":1} trailing', 'undefined', '\u0000'])(
    'reads %j as undefined',
    (text) => {
      expect(parseJson(text)).toBeUndefined()
    }
  )
})
