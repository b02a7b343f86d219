import { existsSync } from 'node:fs'
import { ActionError } from '../../errors.ts'
import type {
  CommandOptions,
  CommandResult,
  CommandRunner,
  InterruptibleOptions,
  InterruptibleResult,
} from '../../ports.ts'
import { startChild } from './children.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Starts tools without a shell. Short questions go through @actions/exec; work that can be stopped
 * is spawned here, because exec cannot signal its child (actions/toolkit#1534). The children never
 * get the inputs, nor the right to ask GitHub for tokens.
 */
export class ProcessRunner implements CommandRunner {
  readonly #environment: Environment

  constructor(environment: Environment) {
    this.#environment = environment
  }

  async run(
    tool: string,
    args: readonly string[],
    options: CommandOptions = {}
  ): Promise<CommandResult> {
    const { getExecOutput } = await import('@actions/exec')
    const asked = getExecOutput(tool, [...args], {
      silent: true,
      ignoreReturnCode: true,
      env: this.#childEnvironment(options.env),
      ...(options.cwd !== undefined && { cwd: options.cwd }),
    })
    // With exit codes ignored only a tool that cannot be started is left to fail.
    return asked.catch((cause: Error) => {
      throw cannotStart(tool, options.cwd, cause)
    })
  }

  runInterruptible(
    tool: string,
    args: readonly string[],
    options: InterruptibleOptions
  ): Promise<InterruptibleResult> {
    options.signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<InterruptibleResult>()
    const texts = { stdout: '', stderr: '' }
    const onLine = (stream: 'stdout' | 'stderr', line: string): void => {
      texts[stream] += `${line}\n`
      options.onLine?.(line)
    }
    const running = startChild([tool, ...args], {
      cwd: options.cwd,
      env: this.#childEnvironment(options.env),
      outliveIn: options.outliveIn,
      onLine,
    })
    // One SIGINT and no more: a second one makes terraform leave its state lock behind.
    let interrupted = false
    let timedOut = false
    const interrupt = (): void => {
      if (!interrupted) running.interrupt()
      interrupted = true
    }
    const timer = setTimeout(() => {
      timedOut = true
      interrupt()
    }, options.timeoutMs)
    options.signal.addEventListener('abort', interrupt, { once: true })
    running.child.on('error', (cause) => {
      running.close()
      reject(cannotStart(tool, options.cwd, cause))
    })
    running.child.on('close', (code) => {
      running.close()
      resolve({ ...texts, exitCode: code ?? 137, timedOut })
    })
    return promise.finally(() => {
      clearTimeout(timer)
      options.signal.removeEventListener('abort', interrupt)
    })
  }

  #childEnvironment(more: Environment = {}): Record<string, string> {
    const inherited = Object.entries(this.#environment).filter(([name]) => !isOurs(name))
    const merged = { ...Object.fromEntries(inherited), ...more }
    return Object.fromEntries(
      Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined)
    )
  }
}

function isOurs(name: string): boolean {
  return name.startsWith('INPUT_') || name.startsWith('ACTIONS_') || name.startsWith('STATE_')
}

// Node blames the tool when it is the folder that is missing.
function cannotStart(tool: string, cwd: string | undefined, cause: Error): ActionError {
  const why = cwd !== undefined && !existsSync(cwd) ? `there is no folder ${cwd}` : cause.message
  return new ActionError('TOOL_MISSING', `Could not start ${tool}: ${why}`, { cause })
}
