import { describe, expect, it } from '@jest/globals'
import {
  type DestructiveChange,
  digestOf,
  markClosed,
  type NewMarker,
  parseMarker,
  renderMarker,
} from '../../../src/github/marker.ts'

function aMarker(overrides: Partial<NewMarker> = {}): NewMarker {
  return {
    kind: 'plan',
    name: 'shop',
    runId: 9_007_199_254,
    runAttempt: 2,
    commit: 'c'.repeat(40),
    planHash: 'a'.repeat(64),
    destructive: [{ address: 'google_compute_network.main', action: 'delete' }],
    changes: ['0a1b2c3d', '4e5f6a7b'],
    ...overrides,
  }
}

describe('renderMarker', () => {
  it('is one line that only machines see', () => {
    expect(renderMarker(aMarker({ commit: 'abc', planHash: 'def' }))).toBe(
      '<!-- deploy-spot-mig:plan shop {"v":1,"run_id":9007199254,"run_attempt":2,"commit":"abc","plan_hash":"def","destructive":[{"address":"google_compute_network.main","action":"delete"}],"changes":"0a1b2c3d 4e5f6a7b"} -->'
    )
  })

  it.each([
    ['the end of a comment', 'x["-->"]'],
    ['its other end', 'x["--!>"]'],
    ['a start of one', 'x["<!--"]'],
    ['many dashes', 'x["-----"]'],
    ['a mention', 'x["@octo-org/admins"]'],
    ['an issue', 'x["#12"]'],
    ['quotes and backslashes', 'x["\\"\\\\\\n"]'],
    ['a new line', 'x["\n"]'],
    ['half of a character', 'x["\ud83d"]'],
    ['braces', '} -->{'],
  ])('carries an address with %s', (_, address) => {
    const marker = aMarker({ destructive: [{ address, action: 'replace' }] })
    const text = renderMarker(marker)
    expect(text.slice(4, -3)).not.toMatch(/--|[<>@#\n]/)
    expect(parseMarker(text)?.destructive).toEqual(marker.destructive)
  })

  it('has a digest where the changes are too many', () => {
    const destructive = manyChanges(10_000)
    const text = renderMarker(aMarker({ destructive }))
    expect(text.length).toBeLessThan(500)
    const parsed = parseMarker(text)
    expect(parsed).toMatchObject({ destructive: undefined, changes: undefined })
    expect(parsed?.destructiveDigest).toBe(digestOf(destructive.toReversed()))
  })

  it('writes down what there is room for, what is destroyed first', () => {
    const destructive = manyChanges(150)
    const marks = (count: number) => Array.from({ length: count }, () => '0a1b2c3d')
    const both = parseMarker(renderMarker(aMarker({ destructive, changes: marks(150) })))
    expect([both?.destructive?.length, both?.changes?.length]).toEqual([150, 150])
    const one = parseMarker(renderMarker(aMarker({ destructive, changes: marks(1_500) })))
    expect([one?.destructive?.length, one?.changes?.length]).toEqual([150, undefined])
  })

  it('tells none from too many', () => {
    const text = renderMarker(aMarker({ destructive: [], changes: [] }))
    expect(parseMarker(text)).toMatchObject({ destructive: [], changes: [] })
  })
})

function manyChanges(count: number): readonly DestructiveChange[] {
  return Array.from({ length: count }, (_, i) => ({
    address: `module.storage.google_storage_bucket.it["${i}"]`,
    action: 'delete',
  }))
}

describe('parseMarker', () => {
  it('reads what was written, below it anything', () => {
    const marker = aMarker({ kind: 'drift', name: 'a--b', closed: 'merged' })
    expect(parseMarker(`${renderMarker(marker)}\r\nHello`)).toEqual({
      ...marker,
      destructiveDigest: digestOf(marker.destructive),
    })
  })

  it.each([
    ['nothing', ''],
    ['no marker at all', 'Looks good to me'],
    ['one that is not at the start', `See:\n${renderMarker(aMarker())}`],
    ['one of another kind', renderMarker(aMarker()).replace(':plan', ':deploy')],
    ['one of a later version', renderMarker(aMarker()).replace('"v":1', '"v":2')],
    ['no JSON', '<!-- deploy-spot-mig:plan shop {v:1} -->'],
    ['a run that is no number', renderMarker(aMarker()).replace('9007199254', '"x"')],
    [
      'neither changes nor digest',
      '<!-- deploy-spot-mig:plan shop {"v":1,"run_id":1,"run_attempt":1} -->',
    ],
    ['a broken name', renderMarker(aMarker()).replace('plan shop', 'plan %E0%A4%A')],
  ])('finds none in %s', (_, body) => {
    expect(parseMarker(body)).toBeUndefined()
  })

  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  it(`gives back any text that goes in (SEED=${seed})`, () => {
    const random = randomFrom(seed)
    for (let turn = 0; turn < 500; turn++) {
      const destructive = Array.from({ length: Math.floor(random() * 4) }, () => ({
        address: anyText(random),
        action: anyText(random),
      }))
      const marker = aMarker({ destructive, commit: anyText(random), name: `x${anyText(random)}` })
      const text = renderMarker(marker)
      expect({ turn, text: text.slice(4, -3) }).toEqual({
        turn,
        text: expect.not.stringMatching(/--|[<>\n]/),
      })
      expect(parseMarker(text)).toMatchObject(marker)
    }
  })
})

function anyText(random: () => number): string {
  const alphabet = [
    '-',
    '-',
    '>',
    '<',
    '!',
    '"',
    '\\',
    '\n',
    '@',
    '#',
    '{',
    '}',
    ' ',
    '%',
    'é',
    '💥',
  ]
  const length = Math.floor(random() * 12)
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
}

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('digestOf', () => {
  const one = { address: 'a', action: 'delete' }
  const two = { address: 'b', action: 'delete' }
  it('is the same for the same changes in any order', () => {
    expect(digestOf([one, two])).toBe(digestOf([two, one]))
  })

  it.each([
    ['another action', [{ ...one, action: 'replace' }]],
    ['one more', [one, two]],
    ['none', []],
    ['what only looks the same', [{ address: 'delete', action: 'a' }]],
  ])('is another one for %s', (_, changes) => {
    expect(digestOf(changes)).not.toBe(digestOf([one]))
  })
})

describe('markClosed', () => {
  const body = `${renderMarker(aMarker())}\n\nThe plan $& $1`
  it('changes nothing but the marker', () => {
    const closed = markClosed(body, 'merged')
    expect(parseMarker(closed)?.closed).toBe('merged')
    expect(closed.endsWith('\n\nThe plan $& $1')).toBe(true)
    expect(markClosed(closed, undefined)).toBe(body)
  })

  it.each(['', 'Hello'])('leaves a text without a marker as it is: "%s"', (text) => {
    expect(markClosed(text, 'closed')).toBe(text)
  })

  it('keeps the digest of changes that were too many', () => {
    const many = renderMarker(aMarker({ destructive: manyChanges(10_000) }))
    const { destructiveDigest } = parseMarker(many) ?? {}
    expect(parseMarker(markClosed(many, 'closed'))).toMatchObject({ destructiveDigest })
  })
})
