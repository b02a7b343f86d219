import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COMMAND_FILES = [
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STEP_SUMMARY',
]
const FOLDERS = ['bin', 'temp', 'tool-cache', 'workspace']
/** The runner's own patience with a cancelled step, before SIGTERM. */
const LIMIT_MS = 20_000
const BETWEEN_SIGNALS_MS = 300

export interface StepOptions {
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** The only tools on PATH: programs for Node, by name. */
  readonly tools?: Readonly<Record<string, string>>
  /** The step gets SIGINT, as on a cancel, once its log holds all of these. */
  readonly cancelAfter?: readonly string[]
  /** What it gets instead, one soon after the other. */
  readonly signals?: readonly NodeJS.Signals[]
}

export interface Step {
  readonly exitCode: number | null
  /** The log, ours and the runner's. */
  readonly lines: readonly string[]
  readonly stderr: string
  readonly outputs: ReadonlyMap<string, string>
  readonly state: ReadonlyMap<string, string>
  /** What was written anywhere else: other command files, the temporary folder, the workspace. */
  readonly leftovers: readonly string[]
  /** From the cancel to the end; undefined without one. */
  readonly cancelledInMs: number | undefined
}

/** Runs an entry of dist/ as GitHub's runner does: told by the environment, its log on standard output. */
export async function runStep(entry: 'main' | 'post', options: StepOptions = {}): Promise<Step> {
  const folder = await mkdtemp(join(tmpdir(), 'runner-'))
  try {
    for (const name of FOLDERS) await mkdir(join(folder, name))
    for (const name of COMMAND_FILES) await writeFile(join(folder, name), '')
    for (const [name, program] of Object.entries(options.tools ?? {})) {
      await writeFile(join(folder, 'bin', name), `#!${process.execPath}\n${program}`)
      await chmod(join(folder, 'bin', name), 0o700)
    }
    const execution = await execute(entry, folder, options)
    return { ...execution, ...(await collect(folder)) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function environmentOf(
  folder: string,
  { inputs = {}, env = {} }: StepOptions
): Record<string, string> {
  const files = COMMAND_FILES.map((name) => [name, join(folder, name)])
  const given = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ])
  return {
    PATH: join(folder, 'bin'),
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'mervis/mervis',
    RUNNER_TEMP: join(folder, 'temp'),
    RUNNER_TOOL_CACHE: join(folder, 'tool-cache'),
    ...Object.fromEntries([...files, ...given]),
    ...env,
  }
}

function execute(
  entry: string,
  folder: string,
  options: StepOptions
): Promise<Pick<Step, 'exitCode' | 'lines' | 'stderr' | 'cancelledInMs'>> {
  const path = fileURLToPath(new URL(`../../dist/${entry}/index.js`, import.meta.url))
  const child = spawn(process.execPath, [path], {
    cwd: join(folder, 'workspace'),
    env: environmentOf(folder, options),
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  })
  const said = { stdout: '', stderr: '' }
  let cancelledAt: number | undefined
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text
      const isDue = options.cancelAfter?.every((word) => said.stdout.includes(word)) ?? false
      if (!isDue || cancelledAt !== undefined) return
      cancelledAt = performance.now()
      for (const [turn, name] of (options.signals ?? ['SIGINT']).entries()) {
        setTimeout(() => child.kill(name), turn * BETWEEN_SIGNALS_MS)
      }
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode) =>
      resolve({
        exitCode,
        lines: said.stdout.split('\n').filter((line) => line !== ''),
        stderr: said.stderr,
        cancelledInMs: cancelledAt === undefined ? undefined : performance.now() - cancelledAt,
      })
    )
  })
}

async function collect(folder: string): Promise<Pick<Step, 'outputs' | 'state' | 'leftovers'>> {
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
  const others = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY']
  const written = await Promise.all(
    others.map(async (name) => ((await read(name)) === '' ? [] : [name]))
  )
  return {
    outputs: readCommandFile(await read('GITHUB_OUTPUT')),
    state: readCommandFile(await read('GITHUB_STATE')),
    leftovers: [
      ...written.flat(),
      ...(await readdir(join(folder, 'temp'))),
      ...(await readdir(join(folder, 'workspace'))),
    ],
  }
}

/** `NAME<<DELIMITER`, the value, DELIMITER: as @actions/core writes it. */
function readCommandFile(text: string): ReadonlyMap<string, string> {
  const entries = [...text.matchAll(/^([^\n]+?)<<(\S+)\n(.*?)\n\2$/gms)]
  return new Map(entries.map(([, name = '', , value = '']) => [name, value]))
}
