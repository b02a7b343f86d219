import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Measurement } from './interleave.ts'
import { measureStartUp } from './start-up.ts'

/** `npm run bench -- [--json FILE]`: figures as a table, and as data. */
const { values } = parseArgs({ options: { json: { type: 'string' } } })
const figures = { startUp: measureStartUp(resolve(import.meta.dirname, '..')) }
const machine = {
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  date: new Date().toISOString().slice(0, 10),
}

process.stdout.write(
  `Start-up, ${machine.cores} x ${machine.cpu}, node ${machine.node}, median of 20\n`
)
for (const figure of figures.startUp) process.stdout.write(`${renderRow(figure)}\n`)
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ machine, ...figures }, null, 2)}\n`)
}

function renderRow({ name, minMs, medianMs, maxMs, ratio }: Measurement): string {
  const figure = (ms: number): string => `${ms.toFixed(1)} ms`.padStart(10)
  return `  ${name.padEnd(28)} ${figure(medianMs)}  (${figure(minMs)} …${figure(maxMs)})  ${ratio.toFixed(2)} x`
}
