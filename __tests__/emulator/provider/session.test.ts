import { describe, expect, it } from '@jest/globals'
import { parseDuration } from '../../../emulator/provider/rest/calls.ts'
import { parseId } from '../../../emulator/provider/rest/template.ts'
import { Turns } from '../../../emulator/provider/rest/turns.ts'
import { ApiError } from '../../../emulator/provider/session/api-error.ts'
import { Endpoints } from '../../../emulator/provider/session/endpoints.ts'
import {
  parseEnvironment,
  parseSocketTable,
} from '../../../emulator/provider/session/environment.ts'

describe('ApiError', () => {
  const body = (error: unknown): string => JSON.stringify({ error })
  it.each([
    [
      'one error',
      body({ message: 'No.', errors: [{ message: 'No.', reason: 'forbidden' }] }),
      'googleapi: Error 403: No., forbidden',
    ],
    ['no list of errors', body({ message: 'No.' }), 'googleapi: Error 403: No.'],
    [
      'several errors',
      body({
        message: 'No.',
        errors: [
          { message: 'A', reason: 'a' },
          { message: 'B', reason: 'b' },
        ],
      }),
      'googleapi: Error 403: No.\nMore details:\nReason: a, Message: A\nReason: b, Message: B\n',
    ],
    [
      'details',
      body({ message: 'No.', details: [{ a: 1 }] }),
      'googleapi: Error 403: No.\nDetails:\n[\n  {\n    "a": 1\n  }\n]',
    ],
    ['no JSON', '<html>', 'googleapi: got HTTP response code 403 with body: <html>'],
    ['nothing', '', 'googleapi: got HTTP response code 403 with body: '],
  ])('says %s as the Go client does', (_, text, expected) => {
    expect(new ApiError(403, text).message).toBe(expected)
  })
})

describe('parseDuration', () => {
  it.each([
    ['20m', 1_200_000],
    ['1h30m', 5_400_000],
    ['1.5s', 1500],
    ['250ms', 250],
  ])('%s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected)
  })

  it.each(['', '10', 'm', '5 m', '-5m'])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrow(`time: invalid duration "${text}"`)
  })
})

describe('parseId', () => {
  const FORMS = [
    'projects/{{project}}/regions/{{region}}/routers/{{name}}',
    '{{region}}/{{name}}',
    '{{name}}',
  ]
  it.each([
    ['projects/p/regions/r/routers/n', { project: 'p', region: 'r', name: 'n' }],
    ['r/n', { region: 'r', name: 'n' }],
    ['n', { name: 'n' }],
    ['a/b/c', null],
    ['', null],
  ])('%s', (id, expected) => {
    expect(parseId(FORMS, id)).toEqual(expected)
  })
})

describe('Endpoints', () => {
  const variable = 'GOOGLE_COMPUTE_CUSTOM_ENDPOINT'
  it.each([
    [
      'the provider block',
      { compute_custom_endpoint: 'http://a/v1/' },
      [{ [variable]: 'http://b/v1/' }],
      'http://a/v1/',
    ],
    [
      'the first environment that has one',
      {},
      [{}, { [variable]: 'http://c/v1/' }],
      'http://c/v1/',
    ],
  ])('takes the address from %s', (_, config, environments, expected) => {
    expect(new Endpoints(config, environments).base('compute')).toBe(expected)
  })

  it('never falls back to Google', () => {
    expect(() => new Endpoints({}, []).base('compute')).toThrow(variable)
  })

  it('wants a slash at the end', () => {
    const endpoints = new Endpoints({ compute_custom_endpoint: 'http://a/v1' }, [])
    expect(() => endpoints.base('compute')).toThrow(
      'expected the value of compute_custom_endpoint to match'
    )
  })
})

describe('parseSocketTable', () => {
  it('reads ports and inodes of /proc/net/tcp', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:9C40 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000 20 4 30 10 -1',
      '',
    ].join('\n')
    expect(parseSocketTable(table)).toEqual([
      { localPort: 40_000, remotePort: 8080, inode: '4711' },
    ])
  })

  it('is empty where there is no such table', () => {
    expect(parseSocketTable('')).toEqual([])
  })
})

describe('parseEnvironment', () => {
  it('keeps equals signs and line breaks of values', () => {
    expect(parseEnvironment('A=1\0B=x=y\nz\0broken\0')).toEqual({ A: '1', B: 'x=y\nz' })
  })
})

describe('Turns', () => {
  it('runs work on one thing in order, even after a failure, and on others at once', async () => {
    const turns = new Turns()
    const log: string[] = []
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const first = turns.take('a', async () => {
      await gate
      log.push('first')
      throw new Error('no')
    })
    const second = turns.take('a', async () => log.push('second'))
    await turns.take('b', async () => log.push('other'))
    open()
    await expect(first).rejects.toThrow('no')
    await second
    expect(log).toEqual(['other', 'first', 'second'])
  })
})
