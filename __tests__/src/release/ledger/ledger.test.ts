import { describe, expect, it } from '@jest/globals'
import {
  closeEntry,
  EMPTY_LEDGER,
  isVerified,
  lastVerified,
  openEntries,
  openEntry,
} from '../../../../src/release/ledger/ledger.ts'
import { aLedger, anEntry, FINISHED_AT, STARTED_AT } from './entries.ts'

const VERIFIED = { outcome: 'verified', finishedAt: FINISHED_AT } as const

describe('openEntry', () => {
  it('numbers attempts from 1, and leaves them open', () => {
    const first = openEntry(EMPTY_LEDGER, anEntry(), STARTED_AT)
    expect(first.entries).toEqual([
      {
        ...anEntry(),
        attempt: 1,
        startedAt: STARTED_AT,
        finishedAt: null,
        outcome: null,
        rolledBackTo: null,
        reason: null,
        more: {},
      },
    ])
    const second = openEntry(first, anEntry({ holder: 'run-8' }), STARTED_AT)
    expect(second.entries.map(({ attempt }) => attempt)).toEqual([1, 2])
    expect(EMPTY_LEDGER.entries).toEqual([])
  })

  it('goes on after the newest, also where older ones were taken out', () => {
    const ledger = aLedger('a verified', 'b verified', 'c verified')
    const pruned = { ...ledger, entries: ledger.entries.slice(2) }
    expect(openEntry(pruned, anEntry(), STARTED_AT).entries.at(-1)?.attempt).toBe(4)
  })
})

describe('closeEntry', () => {
  const open = aLedger('a verified', 'b')

  it('says how it ended, and touches nothing else', () => {
    const closing = {
      outcome: 'rolled_back',
      rolledBackTo: 'a',
      reason: 'container exits',
    } as const
    const closed = closeEntry(open, 2, { ...closing, finishedAt: FINISHED_AT })
    expect(closed.entries[1]).toEqual({
      ...open.entries[1],
      ...closing,
      finishedAt: FINISHED_AT,
    })
    expect(closed.entries[0]).toBe(open.entries[0])
  })

  it('changes nothing the second time', () => {
    const once = closeEntry(open, 2, VERIFIED)
    expect(closeEntry(once, 2, { ...VERIFIED, finishedAt: 'later', reason: 'again' })).toBe(once)
  })

  it('never changes an outcome', () => {
    const adopted = closeEntry(open, 2, { outcome: 'interrupted', finishedAt: FINISHED_AT })
    expect(() => closeEntry(adopted, 2, VERIFIED)).toThrow(
      expect.objectContaining({
        code: 'LEDGER_CONFLICT',
        message: expect.stringMatching(/Attempt 2 \(https:.*"interrupted".*"verified"/),
      })
    )
  })

  it('knows no attempt that was not opened', () => {
    expect(() => closeEntry(open, 3, VERIFIED)).toThrow('The ledger holds no attempt 3.')
  })
})

describe('openEntries', () => {
  it('are those without an outcome', () => {
    const ledger = aLedger('a verified', 'b', 'c failed', 'd')
    expect(openEntries(ledger).map(({ release }) => release)).toEqual(['b', 'd'])
    expect(openEntries(EMPTY_LEDGER)).toEqual([])
  })
})

describe('lastVerified', () => {
  it.each<[string, readonly string[], string | undefined, readonly string[]]>([
    ['nothing was tried', [], 'a', []],
    ['only the current one was', ['a verified'], 'a', []],
    ['the one before is good', ['a verified', 'b verified'], 'b', ['a']],
    ['nothing is left out', ['a verified', 'b verified'], undefined, ['b', 'a']],
    ['several are good', ['a verified', 'b verified', 'c verified'], 'c', ['b', 'a']],
    ['the one before failed', ['a verified', 'b failed', 'c verified'], 'c', ['a']],
    ['the one before was taken back', ['a verified', 'b rolled_back', 'c verified'], 'c', ['a']],
    ['the current one failed', ['a verified', 'b failed'], 'b', ['a']],
    ['one was good and failed since', ['a verified', 'b verified', 'a failed'], 'b', []],
    [
      'one was good and was taken back since',
      ['a verified', 'b verified', 'a rolled_back'],
      'b',
      [],
    ],
    ['one failed and is good since', ['a failed', 'a verified', 'b verified'], 'b', ['a']],
    [
      'one was good, failed, and is good again',
      ['a verified', 'a failed', 'a verified', 'b verified'],
      'b',
      ['a'],
    ],
    ['a run died on a good one', ['a verified', 'b verified', 'a interrupted'], 'b', ['a']],
    ['a run died on a new one', ['a verified', 'b interrupted', 'c verified'], 'c', ['a']],
    ['a good one is being tried again', ['a verified', 'b verified', 'a'], 'b', ['a']],
    [
      'an old one came back',
      ['a verified', 'b verified', 'c verified', 'a verified'],
      'a',
      ['c', 'b'],
    ],
    [
      'an old one came back, then a new one went out',
      ['a verified', 'b verified', 'a verified', 'c verified'],
      'c',
      ['a', 'b'],
    ],
    ['all failed', ['a failed', 'b rolled_back', 'c failed'], 'c', []],
  ])('where %s', (_, attempts, otherThan, expected) => {
    const ways = lastVerified(aLedger(...attempts), { otherThan })
    expect(ways.map(({ release }) => release)).toEqual(expected)
  })

  it('gives the entry that verified the release last', () => {
    const ledger = aLedger('a verified', 'b verified', 'a verified', 'a interrupted', 'c verified')
    expect(lastVerified(ledger, { otherThan: 'c' })[0]).toBe(ledger.entries[2])
  })
})

describe('isVerified', () => {
  it.each<[readonly string[], boolean]>([
    [[], false],
    [['a'], false],
    [['a verified'], true],
    [['a verified', 'a'], true],
    [['a verified', 'a interrupted'], true],
    [['a verified', 'a failed'], false],
    [['a rolled_back', 'b verified'], false],
    [['a failed', 'a verified', 'b failed'], true],
  ])('after %j: %s', (attempts, expected) => {
    expect(isVerified(aLedger(...attempts), 'a')).toBe(expected)
  })
})
