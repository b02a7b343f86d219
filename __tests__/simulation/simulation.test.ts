import { describe, expect, it } from '@jest/globals'
import { playRun } from './campaign/runs.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const RUNS = 300

describe(`simulated rollouts (SEED=${SEED})`, () => {
  it('keep every promise under any weather', async () => {
    const wrong: unknown[] = []
    for (let run = 0; run < RUNS; run++) {
      const { violations } = await playRun(SEED, run)
      if (violations.length > 0) {
        wrong.push({ replay: `npm run simulate -- --seed ${SEED} --only ${run}`, violations })
      }
    }
    expect(wrong).toEqual([])
  }, 60_000)

  it('go the same way each time', async () => {
    expect(await playRun(SEED, 7)).toEqual(await playRun(SEED, 7))
  })
})
