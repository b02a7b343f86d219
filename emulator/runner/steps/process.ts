import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** One process and how it can be ended. */
export interface ProcessOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly onLine: (line: string) => void
  /** On abort the process, and not its children, gets SIGINT, then SIGTERM, then SIGKILL. */
  readonly signal?: AbortSignal | undefined
  /** The end of all patience: SIGKILL at once. */
  readonly deadline?: AbortSignal | undefined
}

const SIGTERM_AFTER_MS = 7_500
const SIGKILL_AFTER_MS = 10_000
/** What a shell says of a process that was killed. */
const KILLED = 137

/** @returns the exit code, once the process and its output have ended */
export async function runProcess(options: ProcessOptions): Promise<number> {
  const { command, args, cwd, env, onLine, signal, deadline } = options
  const child = spawn(command, [...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const kill = (): void => void child.kill('SIGKILL')
  if (signal) cancelWith(signal, child)
  deadline?.addEventListener('abort', kill, { once: true })
  const streams = [child.stdout, child.stderr].map(
    (stream) =>
      new Promise<void>((resolve) => {
        createInterface({ input: stream }).on('line', onLine).on('close', resolve)
      })
  )
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.on('error', reject)
  child.on('exit', (code) => resolve(code ?? KILLED))
  try {
    const exitCode = await promise
    await withPatience(streams)
    return exitCode
  } finally {
    deadline?.removeEventListener('abort', kill)
    child.stdout.destroy()
    child.stderr.destroy()
  }
}

/** A child that outlives its parent may hold the output open; the runner does not wait for it long. */
const ORPHAN_OUTPUT_MS = 5_000

async function withPatience(streams: readonly Promise<void>[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ORPHAN_OUTPUT_MS)
  await Promise.race([Promise.all(streams), promise])
  clearTimeout(timer)
}

function cancelWith(signal: AbortSignal, child: ReturnType<typeof spawn>): void {
  const timers: NodeJS.Timeout[] = []
  const cancel = (): void => {
    child.kill('SIGINT')
    timers.push(
      setTimeout(() => child.kill('SIGTERM'), SIGTERM_AFTER_MS),
      setTimeout(() => child.kill('SIGKILL'), SIGKILL_AFTER_MS)
    )
  }
  if (signal.aborted) cancel()
  else signal.addEventListener('abort', cancel, { once: true })
  child.on('exit', () => {
    signal.removeEventListener('abort', cancel)
    for (const timer of timers) clearTimeout(timer)
  })
}
