import { describe, expect, it } from '@jest/globals'
import { ActionError } from '../../../src/errors.ts'
import { guardRolledBack, rolledBackReleases } from '../../../src/release/choice/rolled-back.ts'
import type { Ledger, Outcome } from '../../../src/release/ledger/ledger.ts'
import { type Attempt, idOf, ledgerOf } from './choice/history.ts'
import { randomFrom, seedOfRun } from './random.ts'

const SEED = seedOfRun()
const ROUNDS = 2_000
const LONGEST = 12
const LETTERS = ['a', 'b', 'c', 'd', 'e']
const OUTCOMES: readonly (Outcome | null)[] = [
  'verified',
  'verified',
  'verified',
  'rolled_back',
  'failed',
  'interrupted',
]

/**
 * The model: a bench on which those sit who were sent off. A verified push of another commit
 * empties it, a verified rollback sends off what the group was on, unless that was pushed before what
 * it brings; both call in what they bring.
 */
function play(random: () => number) {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)]
  const attempts: Attempt[] = []
  const bench = new Set<string>()
  let groupIsOn: string | null = null
  let ranLast = ''
  /** Releases in the order of their last push. */
  let pushed: string[] = []
  for (let count = Math.floor(random() * LONGEST); count >= 0; count--) {
    const letter = pick(LETTERS) ?? 'a'
    const release = idOf(letter)
    const kind = random() < 0.5 ? 'rollback' : 'deploy'
    const outcome = pick(OUTCOMES) ?? 'verified'
    const previous: string | null = random() < 0.1 ? null : groupIsOn
    attempts.push({ release, kind, outcome, previous, commit: letter })
    if (outcome === 'failed') groupIsOn = release
    if (outcome !== 'verified') continue
    groupIsOn = release
    const place = (one: string): number => pushed.indexOf(one)
    const isForwards = (from: string): boolean => place(from) >= 0 && place(from) < place(release)
    if (kind === 'rollback' && previous !== null && !isForwards(previous)) bench.add(previous)
    if (kind === 'deploy' && (letter !== ranLast || place(release) < 0)) {
      pushed = [...pushed.filter((one) => one !== release), release]
    }
    if (kind === 'deploy' && letter !== ranLast) bench.clear()
    bench.delete(release)
    ranLast = letter
  }
  return { ledger: ledgerOf(...attempts), bench, attempts }
}

function isHeldUp(ledger: Ledger, what: { release?: string; commit: string }): boolean {
  try {
    guardRolledBack(ledger, { ...what, force: false })
    return false
  } catch (error) {
    return error instanceof ActionError && error.code === 'RELEASE_ROLLED_BACK'
  }
}

describe('rolled back releases, after any history', () => {
  it(`are those that a person took off since the last push (SEED=${SEED})`, () => {
    let refused = 0
    for (let seed = SEED; seed < SEED + ROUNDS; seed++) {
      const { ledger, bench, attempts } = play(randomFrom(seed))
      expect({ seed, found: [...rolledBackReleases(ledger).keys()].sort() }).toEqual({
        seed,
        found: [...bench].sort(),
      })
      for (const letter of LETTERS) {
        const isRefused = bench.has(idOf(letter))
        // Here each commit has one release, so that both ways of asking must agree.
        const isTried = attempts.some(({ release }) => release === idOf(letter))
        const byRelease = isHeldUp(ledger, { release: idOf(letter), commit: '' })
        const byCommit = isHeldUp(ledger, { commit: letter })
        expect({ seed, letter, byRelease, byCommit }).toEqual({
          seed,
          letter,
          byRelease: isRefused,
          byCommit: isRefused && isTried,
        })
        refused += Number(isRefused)
      }
    }
    // Else the histories were too peaceful to show anything.
    expect(refused).toBeGreaterThan(ROUNDS / 4)
  })
})
