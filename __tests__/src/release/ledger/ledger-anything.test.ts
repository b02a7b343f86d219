import { describe, expect, it } from '@jest/globals'
import type { Ledger, Outcome } from '../../../../src/release/ledger/ledger.ts'
import { LedgerFile } from '../../../../src/release/ledger/ledger-file.ts'
import { parseLedger } from '../../../../src/release/ledger/ledger-format.ts'
import { Timeline } from '../../../fakes/timeline.ts'
import { randomFrom, seedOfRun } from '../random.ts'
import { anEntry } from './entries.ts'
import { aRun, isWrite, NEVER } from './run.ts'
import { TroubledNetwork } from './troubled-network.ts'

const SEED = seedOfRun()
const ROUNDS = 25
const OUTCOMES: readonly Outcome[] = ['verified', 'rolled_back', 'failed', 'interrupted']

/** What one run did to the ledger, as it believes: `release attempt outcome`. */
type Deeds = string[]

function startRound(seed: number) {
  const random = randomFrom(seed)
  const timeline = new Timeline()
  const network = new TroubledNetwork(timeline, random, {
    faultRate: 0.25,
    slowRate: 0.05,
    mostInARow: 2,
  })
  const history: Ledger[] = []
  network.bucket.onChange = (_, text) => history.push(parseLedger(text ?? '', ''))
  const writer = async (holder: string, attempts: number): Promise<Deeds> => {
    const clock = timeline.offBy(Math.floor((random() - 0.5) * 1e8))
    const run = aRun(network.of(holder), clock, random)
    const file = new LedgerFile(run, { prefix: 'mervis', signal: NEVER, random })
    const deeds: Deeds = []
    for (let count = 0; count < attempts; count++) {
      const release = `${holder}-${count}`
      const attempt = await file.open(anEntry({ holder, release }))
      await timeline.sleep(random() * 3_000, NEVER)
      const outcome = OUTCOMES[Math.floor(random() * OUTCOMES.length)] ?? 'failed'
      await file.close(attempt, { outcome })
      deeds.push(`${release} ${attempt} ${outcome}`)
    }
    return deeds
  }
  const writers = Array.from({ length: 2 + Math.floor(random() * 4) }, (_, index) =>
    writer(`run-${index}`, 1 + Math.floor(random() * 4))
  )
  const { bucket } = network
  return { history, timeline, bucket, done: Promise.all(writers) }
}

/** Whether `after` is `before` with one entry opened or one closed, and nothing else. */
function isOneStep(before: Ledger, after: Ledger): boolean {
  const changed = after.entries.filter((entry, index) => {
    return JSON.stringify(entry) !== JSON.stringify(before.entries[index])
  })
  const [only] = changed
  if (changed.length !== 1 || only === undefined) return false
  const earlier = before.entries[after.entries.indexOf(only)]
  return earlier === undefined
    ? after.entries.length === before.entries.length + 1 && only.outcome === null
    : after.entries.length === before.entries.length &&
        earlier.outcome === null &&
        only.outcome !== null
}

describe('LedgerFile, with many writers and a bad network', () => {
  it(`never loses, doubles or changes an entry (SEED=${SEED})`, async () => {
    let vainWrites = 0
    for (let seed = SEED; seed < SEED + ROUNDS; seed++) {
      const { history, timeline, bucket, done } = startRound(seed)
      const deeds = (await timeline.play(done)).flat()
      const last = history.at(-1)?.entries ?? []
      expect({
        seed,
        written: last
          .map(({ release, attempt, outcome }) => `${release} ${attempt} ${outcome}`)
          .sort(),
        attempts: last.map(({ attempt }) => attempt),
        wrongSteps: history.filter((after, index) => {
          return !isOneStep(history[index - 1] ?? { entries: [], more: {} }, after)
        }).length,
      }).toEqual({
        seed,
        written: deeds.sort(),
        attempts: deeds.map((_, index) => index + 1),
        wrongSteps: 0,
      })
      vainWrites += bucket.requests.filter(isWrite).length - history.length
    }
    // Else the rounds were too peaceful to show anything.
    expect(vainWrites).toBeGreaterThan(ROUNDS)
  })
})
