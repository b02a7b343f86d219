import { describe, expect, it } from '@jest/globals'
import type { HttpRequest } from '../../../../src/ports.ts'
import { openEntry } from '../../../../src/release/ledger/ledger.ts'
import { LedgerFile } from '../../../../src/release/ledger/ledger-file.ts'
import { parseLedger, renderLedger } from '../../../../src/release/ledger/ledger-format.ts'
import { FakeBucket, type Fault } from '../../../fakes/fake-bucket.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { aLedger, anEntry, STARTED_AT } from './entries.ts'
import { aRun, isWrite, LEDGER, NEVER } from './run.ts'

const THEIRS = anEntry({ holder: 'run-8', release: 'theirs' })
const OURS = anEntry({ holder: 'run-7', release: 'ours' })

function setUp(text?: string, signal = NEVER) {
  const clock = new FakeClock()
  const bucket = new FakeBucket(clock)
  if (text !== undefined) bucket.put(LEDGER, text)
  const file = new LedgerFile(aRun(bucket, clock), {
    prefix: 'mervis',
    signal,
    random: () => 1,
  })
  const releases = () =>
    parseLedger(bucket.text(LEDGER) ?? '', '').entries.map(
      ({ attempt, release, outcome }) => `${attempt} ${release} ${outcome}`
    )
  /** Another run opens an attempt of its own. */
  const interfere = (): void => {
    const text = bucket.text(LEDGER)
    const before = text === undefined ? aLedger() : parseLedger(text, '')
    bucket.put(LEDGER, renderLedger(openEntry(before, THEIRS, STARTED_AT)))
  }
  return { bucket, clock, file, releases, interfere }
}

/** Does something before each of the first writes, and may then let them go wrong. */
function beforeWrites(...actions: readonly (() => Fault | undefined)[]) {
  const rest = [...actions]
  return (request: HttpRequest): Fault | undefined => {
    return isWrite(request) ? rest.shift()?.() : undefined
  }
}

describe('LedgerFile.read', () => {
  it('finds an empty ledger before the first deploy', async () => {
    expect((await setUp().file.read()).entries).toEqual([])
  })

  it('finds what was written', async () => {
    const ledger = aLedger('a verified', 'b')
    expect(await setUp(renderLedger(ledger)).file.read()).toEqual(ledger)
  })
})

describe('LedgerFile.open and close', () => {
  it('write down an attempt and how it ended', async () => {
    const { file, bucket, clock, releases } = setUp()
    expect(await file.open(OURS)).toBe(1)
    expect(releases()).toEqual(['1 ours null'])
    clock.advance(90_000)
    await file.close(1, { outcome: 'rolled_back', rolledBackTo: 'before', reason: 'it exits' })
    expect(JSON.parse(bucket.text(LEDGER) ?? '').entries).toEqual([
      expect.objectContaining({
        attempt: 1,
        holder: 'run-7',
        started_at: '2026-11-23T00:00:00.000Z',
        finished_at: '2026-11-23T00:01:30.000Z',
        outcome: 'rolled_back',
        rolled_back_to: 'before',
        reason: 'it exits',
      }),
    ])
  })

  it('take one read and one write each', async () => {
    const { file, bucket } = setUp(renderLedger(aLedger('a verified')))
    await file.close(await file.open(OURS), { outcome: 'verified' })
    const [read, write] = [`GET ${LEDGER}`, 'POST (bucket)']
    expect(bucket.lines).toEqual([read, write, read, write])
  })

  it('write nothing the second time', async () => {
    const { file, bucket } = setUp(renderLedger(aLedger('a verified')))
    await file.close(1, { outcome: 'verified' })
    expect(bucket.requests.filter(isWrite)).toEqual([])
  })

  it('open another attempt for each call, also of the same run', async () => {
    const { file } = setUp()
    expect([await file.open(OURS), await file.open(OURS)]).toEqual([1, 2])
  })
})

describe('LedgerFile.open', () => {
  it('takes the next number when another run was faster', async () => {
    const { file, bucket, clock, releases, interfere } = setUp()
    bucket.fault = beforeWrites(interfere as () => undefined, interfere as () => undefined)
    expect(await file.open(OURS)).toBe(3)
    expect(releases()).toEqual(['1 theirs null', '2 theirs null', '3 ours null'])
    expect(clock.sleepsMs).toEqual([250, 500])
  })

  it.each<Fault>(['answer lost', 'request lost', 'unavailable'])(
    'writes one entry whatever befalls the write: %s',
    async (fault) => {
      const { file, bucket, releases } = setUp()
      bucket.fault = beforeWrites(() => fault)
      expect(await file.open(OURS)).toBe(1)
      expect(releases()).toEqual(['1 ours null'])
    }
  )

  it('knows its entry again when its answer was lost and another one stands behind it', async () => {
    const { file, bucket, releases, interfere } = setUp()
    bucket.fault = beforeWrites(() => 'answer lost', interfere as () => undefined)
    expect(await file.open(OURS)).toBe(1)
    expect(releases()).toEqual(['1 ours null', '2 theirs null'])
  })
})

describe('LedgerFile.change', () => {
  it('gives up in the end where somebody writes without end', async () => {
    const { file, bucket, clock, interfere } = setUp()
    bucket.fault = (request) => {
      if (isWrite(request)) interfere()
      return undefined
    }
    const startedAtMs = clock.now()
    await expect(file.open(OURS)).rejects.toMatchObject({
      code: 'LEDGER_BUSY',
      message: expect.stringContaining(`gs://mervis-demo-tfstate/${LEDGER}`),
    })
    expect(clock.now() - startedAtMs).toBeLessThanOrEqual(300_000)
  })

  it('never writes over a ledger that it cannot read', async () => {
    const { file, bucket } = setUp('{"version": 1, "entries": [')
    await expect(file.open(OURS)).rejects.toMatchObject({ code: 'LEDGER_UNREADABLE' })
    await expect(file.read()).rejects.toMatchObject({ code: 'LEDGER_UNREADABLE' })
    expect(bucket.requests.filter(isWrite)).toEqual([])
  })

  it('keeps trying no longer once the run is cancelled', async () => {
    const cancel = new AbortController()
    const { file, bucket, interfere } = setUp(undefined, cancel.signal)
    bucket.fault = beforeWrites(() => {
      interfere()
      cancel.abort(new Error('cancelled'))
      return undefined
    })
    await expect(file.open(OURS)).rejects.toThrow('cancelled')
  })
})
