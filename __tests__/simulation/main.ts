import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { RunReport } from './campaign/runs.ts'
import { playCampaign } from './campaign/threads.ts'
import { patchModule } from './mutants/patch.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    mutant: { type: 'string' },
    threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    'first-enough': { type: 'boolean', default: false },
  },
})

const seed = Number(values.seed ?? Date.now() % 1_000_000)
const MOST_SHOWN = 10

if (values.only === undefined) await playMany(Number(values.runs))
else await replay(Number(values.only))

async function playMany(runs: number): Promise<void> {
  const startedAtMs = performance.now()
  const wrong: RunReport[] = []
  const results = new Map<string, number>()
  let played = 0
  let requests = 0
  await playCampaign({
    seed,
    runs,
    threads: Number(values.threads),
    mutant: values.mutant,
    isFirstEnough: values['first-enough'],
    onReport: (report) => {
      played++
      requests += report.requests
      for (const result of report.results) results.set(result, (results.get(result) ?? 0) + 1)
      if (report.violations.length > 0) wrong.push(report)
    },
  })
  for (const report of wrong.slice(0, MOST_SHOWN)) say(report)
  const seconds = (performance.now() - startedAtMs) / 1000
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  const ended = [...results].map(([result, count]) => `${count} ${result}`).join(', ')
  process.stdout.write(
    `${played} runs of seed ${seed} in ${seconds.toFixed(1)} s, ${peakMb} MB, ${Math.round(requests / played)} requests each; jobs ended: ${ended}\n` +
      `${wrong.length} runs went wrong${wrong.length > 0 ? `; replay one with: npm run simulate -- --seed ${seed} --only ${wrong[0]?.run}` : ''}\n`
  )
  process.exitCode = wrong.length > 0 ? 1 : 0
}

function say({ run, violations }: RunReport): void {
  process.stdout.write(`run ${run}:\n${violations.map((line) => `  ${line}\n`).join('')}`)
}

/** One run, shrunk to a short schedule, with what its jobs said. */
async function replay(run: number): Promise<void> {
  if (values.mutant !== undefined) patchModule(values.mutant)
  const { explain } = await import('./campaign/explain.ts')
  const { text, isWrong } = await explain(seed, run)
  process.stdout.write(text)
  process.exitCode = isWrong ? 1 : 0
}
