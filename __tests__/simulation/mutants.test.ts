import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import type { RunReport } from './campaign/runs.ts'
import { playCampaign } from './campaign/threads.ts'
import { MUTANTS } from './mutants/catalogue.ts'
import { mutate } from './mutants/mutant.ts'

/** Always the same weather: whether a bug is seen must not depend on luck. */
const SEED = 1
const RUNS = 2_000
const ROOT = new URL('../../', import.meta.url)

async function playWith(mutant: string): Promise<RunReport | undefined> {
  let wrong: RunReport | undefined
  await playCampaign({
    seed: SEED,
    runs: RUNS,
    threads: 2,
    mutant,
    isFirstEnough: true,
    onReport: (report) => {
      if (report.violations.length > 0) wrong ??= report
    },
  })
  return wrong
}

describe('the catalogue of mutants', () => {
  it('has names that differ', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length)
  })

  it.each(MUTANTS)('$name: its text occurs once', (mutant) => {
    const text = readFileSync(new URL(mutant.file, ROOT), 'utf8')
    expect(mutate(text, mutant)).not.toBe(text)
  })
})

describe('the simulation', () => {
  it.each(MUTANTS)(
    'sees that $name',
    async ({ name }) => {
      const wrong = await playWith(name)
      expect(wrong?.violations ?? []).not.toEqual([])
    },
    120_000
  )
})
