import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { asNumber, asRecord, parseJson } from '../../src/lib/json.ts'

export interface ScaleFigures {
  readonly vms: number
  readonly seconds: number
  /** A poll lists all VMs once, and asks some of them what they report. */
  readonly polls: number
  readonly requests: number
  readonly cpuMsPerPoll: number
  /** Of the whole process, Node itself included. */
  readonly peakRssMb: number
}

/**
 * What it takes to watch a group grow from none to so many VMs of a release, in real time: the
 * action's own code, compiled as it ships, over loopback HTTP to a cloud in another process.
 */
export async function measureScale(repository: string, vms: number): Promise<ScaleFigures> {
  const folder = compile(repository)
  const cloud = start([join(repository, 'bench/rollout/served-cloud.ts')])
  try {
    const url = await firstLine(cloud)
    const program = join(folder, 'bench/rollout/watched.js')
    const line = await firstLine(start([program, '--url', url, '--vms', String(vms)]))
    const answer = asRecord(parseJson(line))
    if (answer['verdict'] !== 'verified') throw new Error(`The rollout did not end well: ${line}`)
    const read = (name: string): number => asNumber(answer[name]) ?? Number.NaN
    const [polls, requests] = [read('polls'), read('requests')]
    const cpuMsPerPoll = read('cpuMs') / polls
    const { seconds, peakRssMb } = { seconds: read('seconds'), peakRssMb: read('peakRssMb') }
    return { vms, seconds, polls, requests, cpuMsPerPoll, peakRssMb }
  } finally {
    cloud.kill()
    rmSync(folder, { recursive: true })
  }
}

/** JavaScript: Node's own type stripping would weigh 17 MB. Beside the packages, to find them. */
function compile(repository: string): string {
  const cache = join(repository, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'bench-'))
  const inside = relative(folder, repository)
  const configuration = {
    extends: `${inside}/tsconfig.build.json`,
    compilerOptions: { rootDir: inside, outDir: '.' },
    include: [],
    files: [`${inside}/bench/rollout/watched.ts`],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  execFileSync(join(repository, 'node_modules/.bin/tsc'), ['-p', folder])
  return folder
}

function start(args: readonly string[]): ChildProcess {
  const env = { PATH: process.env['PATH'] }
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env })
}

/** @throws Error when the process ends without one */
async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout) for await (const line of createInterface(child.stdout)) return line
  throw new Error('A process of the measurement ended without a word.')
}
