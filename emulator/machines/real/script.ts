import { type ChildProcess, spawn } from 'node:child_process'
import type { WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** One run of one script. */
export interface ScriptOptions {
  /** How the log calls it, e.g. startup-script. */
  readonly label: string
  readonly path: string
  readonly directory: string
  /** The whole environment; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>
  readonly log: WriteStream
}

/** A bash script in a process group of its own, its output in the VM's serial log. */
export class Script {
  readonly #child: ChildProcess
  readonly #ended = Promise.withResolvers<void>()

  constructor(options: ScriptOptions) {
    const { label, log } = options
    this.#child = spawn('bash', [options.path], {
      cwd: options.directory,
      env: { ...options.environment },
      // A group of its own, so that what the script leaves behind can be found and ended.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) {
        createInterface({ input: stream }).on('line', (line) => note(log, `${label}: ${line}`))
      }
    }
    this.#child.once('error', (error) => this.#end(log, `${label} failed to start: ${error}`))
    this.#child.once('exit', (code, signal) => {
      this.#end(log, `${label} exit status ${code ?? signal}`)
    })
  }

  /** Resolves when the script itself has ended; its own children may still run. */
  get ended(): Promise<void> {
    return this.#ended.promise
  }

  /** SIGKILL to the script and everything it started. */
  kill(): void {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      process.kill(-pid, 'SIGKILL')
    } catch (error) {
      // ESRCH: the whole group is gone already, which is what was wanted.
      if (!isGone(error)) throw error
    }
  }

  #end(log: WriteStream, message: string): void {
    note(log, message)
    this.#ended.resolve()
  }
}

/** Writes a line, unless the log is closed: output can trickle in after the power cut. */
export function note(log: WriteStream, line: string): void {
  if (!log.writableEnded) log.write(`${line}\n`)
}

function isGone(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH'
}
