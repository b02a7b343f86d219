import { describe, expect, it } from '@jest/globals'
import { playRun } from './runs.ts'

const RUNS = 150
// Another one each time; SEED repeats one that went wrong.
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

describe('the rollout engine on the emulated cloud, with a virtual clock', () => {
  it(`keeps its promises in ${RUNS} runs of seed ${seed}`, async () => {
    const wrong: string[] = []
    for (let run = 0; run < RUNS; run++) {
      const { violations } = await playRun(seed, run)
      const replay = `npm run simulate -- --seed ${seed} --only ${run}`
      if (violations.length > 0) wrong.push([replay, ...violations].join('\n  '))
    }
    expect(wrong).toEqual([])
  }, 120_000)

  it('plays the same run in the same way', async () => {
    expect(await playRun(seed, 7)).toEqual(await playRun(seed, 7))
  }, 30_000)
})
