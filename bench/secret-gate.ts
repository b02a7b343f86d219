import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export interface SecretGateFigures {
  readonly name: string
  readonly files: number
  readonly megabytes: number
  /** Of processor time, so that other work on the machine does not count. */
  readonly megabytesPerSecond: number
  readonly findings: number
  readonly peakRssMb: number
}

const CASES: readonly (readonly [name: string, mode: string])[] = [
  ['gate, whole tree', 'gate'],
  ['gate, its texts', 'gate-texts'],
  ['secretlint, its texts', 'secretlint-texts'],
  ['gate, one stream of 2 GB', 'gate-stream'],
]

/**
 * The content scan over this repository, its packages and the Python tree of the machine; beside it
 * the rule library that it does not use, over the texts that both can read. A process for each.
 */
export function measureSecretGate(repository: string): readonly SecretGateFigures[] {
  const script = join(repository, 'bench', 'secret-gate', 'scan.ts')
  return CASES.map(([name, mode]) => ({
    name,
    ...JSON.parse(execFileSync(process.execPath, [script, mode, repository], { encoding: 'utf8' })),
  }))
}
