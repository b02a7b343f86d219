import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Measurement } from './interleave.ts'
import { measurePlanReport, type PlanReportFigures } from './plan-report.ts'
import type { ScaleFigures } from './rollout/scale.ts'
import { measureRollout, type PaceFigures } from './rollout.ts'
import { measureStartUp } from './start-up.ts'

/** `npm run bench -- [--json FILE]`: figures as a table, and as data. */
const { values } = parseArgs({ options: { json: { type: 'string' } } })
const repository = resolve(import.meta.dirname, '..')
const machine = {
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  date: new Date().toISOString().slice(0, 10),
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`)
say(`${machine.cores} x ${machine.cpu}, node ${machine.node}`)
say('Start-up, median of 20')
const startUp = measureStartUp(repository)
for (const figure of startUp) say(renderRow(figure))
say('Plan report')
const planReport = measurePlanReport(repository)
for (const figures of planReport) say(renderPlanReport(figures))
say('Rollout (takes three minutes)')
const rollout = await measureRollout(repository)
for (const figures of rollout.pace) say(renderPace(figures))
say(renderScale(rollout.scale))
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ machine, startUp, planReport, rollout }, null, 2)}\n`
  )
}

function renderRow({ name, minMs, medianMs, maxMs, ratio }: Measurement): string {
  const figure = (ms: number): string => `${ms.toFixed(1)} ms`.padStart(10)
  return `  ${name.padEnd(28)} ${figure(medianMs)}  (${figure(minMs)} …${figure(maxMs)})  ${ratio.toFixed(2)} x`
}

function renderPlanReport({ changes, ms, bareRssMb, peakRssMb }: PlanReportFigures): string {
  const cost = `${ms.toFixed(0)} ms, ${peakRssMb.toFixed(0)} MB at most (${bareRssMb.toFixed(0)} before)`
  return `  ${`${changes} changes`.padEnd(28)} ${cost}`
}

function renderPace(figures: PaceFigures): string {
  const { hasHealthCheck, vms, medianLateMs, maxLateMs, requestsPerFiveMinutes } = figures
  const group = `${vms} VMs, ${hasHealthCheck ? 'health check' : 'no health check'}`
  const late = `verdict ${(medianLateMs / 1_000).toFixed(1)} s after the fact (at most ${(maxLateMs / 1_000).toFixed(1)} s)`
  return `  ${group.padEnd(28)} ${late}, ${requestsPerFiveMinutes} requests in 5 min`
}

function renderScale({ vms, peakRssMb, cpuMsPerPoll, polls, seconds }: ScaleFigures): string {
  const cost = `${peakRssMb.toFixed(0)} MB at most, ${cpuMsPerPoll.toFixed(1)} ms CPU per poll`
  return `  ${`${vms} VMs`.padEnd(28)} ${cost} (${polls} polls in ${seconds.toFixed(0)} s)`
}
