import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Receives one line for the user, without a line end. */
export type Log = (line: string) => void

/** What stopped the set-up, and what the user can do about it. */
export class SetupError extends Error {
  readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(`${message}\n  ${hint}`, options)
    this.name = 'SetupError'
    this.hint = hint
  }
}

export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  /** The child's whole environment; this process's own when absent. */
  readonly environment?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
  readonly onStdout?: (text: string) => void
}

/**
 * Runs a tool without a shell. A non-zero exit is data; -1 stands for a tool that a signal ended.
 */
export function run(
  tool: string,
  args: readonly string[],
  options: CommandOptions = {}
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, {
      env: options.environment ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const kill = (): unknown => child.kill('SIGTERM')
    options.signal?.addEventListener('abort', kill, { once: true })
    const text = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text.stdout += part
      options.onStdout?.(text.stdout)
    })
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      text.stderr += part
    })
    child.on('error', reject)
    child.on('close', (exitCode) => {
      options.signal?.removeEventListener('abort', kill)
      resolve({ exitCode: exitCode ?? -1, ...text })
    })
  })
}

/** Runs a tool that has to succeed. @throws SetupError with the last lines the tool wrote. */
export async function runOrThrow(
  tool: string,
  args: readonly string[],
  options: CommandOptions & { readonly hint: string }
): Promise<string> {
  const result = await run(tool, args, options)
  if (result.exitCode === 0) return result.stdout
  const said = lastLines(result.stderr.trim() === '' ? result.stdout : result.stderr, 6)
  throw new SetupError(
    `${tool} ${args.join(' ')} ended with exit code ${result.exitCode}: ${said}`,
    options.hint
  )
}

/** Runs `from | to`, where both have to succeed: `tar` may end well on input that was cut short. */
export async function runPipe(
  from: readonly [string, ...string[]],
  to: readonly [string, ...string[]]
): Promise<void> {
  const [fromTool, ...fromArgs] = from
  const [toTool, ...toArgs] = to
  const source = spawn(fromTool, fromArgs, { stdio: ['ignore', 'pipe', 'inherit'] })
  const target = spawn(toTool, toArgs, { stdio: [source.stdout, 'ignore', 'inherit'] })
  // Were this end kept open, a `to` that dies early would leave `from` waiting for a reader.
  source.stdout.destroy()
  const exitCodes = await Promise.all([waitForExit(source), waitForExit(target)])
  if (exitCodes.every((exitCode) => exitCode === 0)) return
  throw new SetupError(
    `${from.join(' ')} | ${to.join(' ')} ended with exit codes ${exitCodes.join(' and ')}.`,
    'Is there room on the disk? The next run starts this step afresh.'
  )
}

function waitForExit(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (exitCode) => resolve(exitCode ?? -1))
  })
}

/** The absolute path of the first executable `tool` on `path`, or undefined. */
export async function findOnPath(
  tool: string,
  path: string = process.env['PATH'] ?? ''
): Promise<string | undefined> {
  for (const directory of path.split(delimiter).filter((entry) => entry !== '')) {
    const candidate = join(directory, tool)
    if (await isExecutable(candidate)) return candidate
  }
  return undefined
}

/** The last `count` non-empty lines, for a message. */
export function lastLines(text: string, count: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.slice(-count).join('\n  ')
}

/**
 * Does `work` and tells how long it took: the user of a first run wants to know what the time went
 * into.
 */
export async function timed<T>(log: Log, what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const result = await work()
  log(`${what} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
  return result
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false
  )
}
