import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { playRun } from './campaign/runs.ts'
import { play } from './play.ts'
import { drawSchedule } from './schedule.ts'
import type { Asked } from './world/job.ts'

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

  it('go the same way each time, request by request', async () => {
    const first = await hashesOf(20)
    expect(new Set(first).size).toBe(20)
    expect(await hashesOf(20)).toEqual(first)
  })
})

/** Of everything that was sent, and when, in each of the first runs. */
async function hashesOf(runs: number): Promise<readonly string[]> {
  const hashes: string[] = []
  for (let run = 0; run < runs; run++) {
    const hash = createHash('sha256')
    await play(drawSchedule(SEED, run), (asked) => hash.update(render(asked)))
    hashes.push(hash.digest('hex'))
  }
  return hashes
}

/** Ids that only have to be new each time, from us and from the cloud. */
const CHANCE = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|operation-[\w-]+/g

function render({ atMs, request }: Asked): string {
  const { method, url, headers, body = '' } = request
  return `${atMs} ${method} ${url} ${JSON.stringify(headers)} ${body}\n`.replace(CHANCE, '')
}
