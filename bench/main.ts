import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type ContextFigures, measureContext } from './context.ts'
import type { Measurement } from './interleave.ts'
import { measurePlanReport, type PlanReportFigures } from './plan-report.ts'
import { measureRollback, type RollbackFigures } from './rollback.ts'
import type { ScaleFigures } from './rollout/scale.ts'
import { measureRollout, type PaceFigures } from './rollout.ts'
import { measureSecretGate, type SecretGateFigures } from './secret-gate.ts'
import { type ImageGateFigures, measureImageGate } from './secret-gate-image.ts'
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
say('Build context')
const context = measureContext(repository)
for (const figures of context) say(renderContext(figures))
say('Secret gate, MB a second of one core')
const secretGate = measureSecretGate(repository)
for (const figures of secretGate) say(renderSecretGate(figures))
say('Secret gate over an image of 2 GB')
const imageGate = measureImageGate(repository)
for (const figures of imageGate) say(renderImageGate(figures))
say('Rollback, start of the action to its PATCH')
const rollback = await measureRollback(repository)
say(renderRollback(rollback))
say('Rollout (takes three minutes)')
const rollout = await measureRollout(repository)
for (const figures of rollout.pace) say(renderPace(figures))
say(renderScale(rollout.scale))
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ machine, startUp, planReport, context, secretGate, imageGate, rollback, rollout }, null, 2)}\n`
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

function renderContext({ files, listMs, digestMs, firstMs, peakRssMb }: ContextFigures): string {
  const cost = `list ${listMs.toFixed(0)} ms, digest ${digestMs.toFixed(0)} ms (first time ${firstMs.toFixed(0)} ms), ${peakRssMb.toFixed(0)} MB`
  return `  ${`${files} ${files === 1 ? 'file' : 'files'}`.padEnd(28)} ${cost}`
}

function renderSecretGate(figures: SecretGateFigures): string {
  const { name, megabytes, megabytesPerSecond, findings, peakRssMb } = figures
  const cost = `${megabytesPerSecond.toFixed(0)} MB/s of ${megabytes.toFixed(0)} MB, ${peakRssMb.toFixed(0)} MB, ${findings} findings`
  return `  ${name.padEnd(28)} ${cost}`
}

function renderImageGate({
  name,
  mbPerSecond,
  mbPerCpuSecond,
  peakRssMb,
}: ImageGateFigures): string {
  const cost = `${mbPerSecond.toFixed(0)} MB/s by the clock, ${mbPerCpuSecond.toFixed(0)} by CPU time, ${peakRssMb.toFixed(0)} MB`
  return `  ${name.padEnd(28)} ${cost}`
}

function renderRollback({ vms, minMs, medianMs, maxMs, requests }: RollbackFigures): string {
  const cost = `${medianMs.toFixed(0)} ms (${minMs.toFixed(0)} … ${maxMs.toFixed(0)}), ${requests} requests`
  return `  ${`${vms} VMs`.padEnd(28)} ${cost}`
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
