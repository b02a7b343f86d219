import type {
  CommandOptions,
  CommandResult,
  CommandRunner,
  InterruptibleOptions,
  InterruptibleResult,
} from '../../src/ports.ts'

export interface Call {
  readonly tool: string
  readonly args: readonly string[]
  readonly options: CommandOptions & Partial<Omit<InterruptibleOptions, keyof CommandOptions>>
}

type Result = Partial<InterruptibleResult>
/** What a command comes to: a result (exit 0 and silence where it says nothing), or something to do. */
export type Answer = Result | Error | ((call: Call) => Result | Promise<Result>)

/**
 * Answers commands by the beginning of their command line. A list is used up one by one, anything
 * else answers every time; a command that nobody expects is an error.
 */
export class ScriptedCommands implements CommandRunner {
  readonly calls: Call[] = []
  /** Lists stand here as what is left of them. */
  readonly #script: Map<string, Answer | readonly Answer[]>

  constructor(script: Readonly<Record<string, Answer | readonly Answer[]>>) {
    this.#script = new Map()
    for (const [start, answer] of Object.entries(script)) {
      this.#script.set(start, isList(answer) ? [...answer] : answer)
    }
  }

  /** Other answers from now on. */
  amend(script: Readonly<Record<string, Answer>>): void {
    for (const [start, answer] of Object.entries(script)) this.#script.set(start, answer)
  }

  run(tool: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return this.#answer({ tool, args, options })
  }

  async runInterruptible(
    tool: string,
    args: readonly string[],
    options: InterruptibleOptions
  ): Promise<InterruptibleResult> {
    options.signal.throwIfAborted()
    return this.#answer({ tool, args, options })
  }

  /** The command lines so far. */
  get lines(): readonly string[] {
    return this.calls.map(({ tool, args }) => [tool, ...args].join(' '))
  }

  /** The one call whose command line begins like this. */
  call(start: string): Call {
    const found = this.calls.filter((_, index) => this.lines[index]?.startsWith(start))
    if (found.length !== 1 || !found[0]) throw new Error(`${found.length} calls of "${start}"`)
    return found[0]
  }

  async #answer(call: Call): Promise<InterruptibleResult> {
    this.calls.push(call)
    const answer = this.#take([call.tool, ...call.args].join(' '))
    if (answer instanceof Error) throw answer
    const result = typeof answer === 'function' ? await answer(call) : answer
    for (const text of [result.stdout, result.stderr]) {
      for (const line of text?.split('\n') ?? []) if (line !== '') call.options.onLine?.(line)
    }
    return { exitCode: 0, stdout: '', stderr: '', timedOut: false, ...result }
  }

  #take(line: string): Answer {
    const starts = [...this.#script.keys()].filter((start) => line.startsWith(start))
    const longest = starts.sort((a, b) => b.length - a.length)[0]
    const answer = longest === undefined ? undefined : this.#script.get(longest)
    const next = isList(answer) ? answer[0] : answer
    if (longest !== undefined && isList(answer)) this.#script.set(longest, answer.slice(1))
    if (next === undefined) throw new Error(`nobody expects the command: ${line}`)
    return next
  }
}

function isList(value: Answer | readonly Answer[] | undefined): value is readonly Answer[] {
  return Array.isArray(value)
}

/** An answer that stays away until the command is interrupted, as a real one would. */
export function untilInterrupted(call: Call): Promise<Result> {
  const { promise, resolve } = Promise.withResolvers<Result>()
  call.options.signal?.addEventListener('abort', () => resolve({ exitCode: 130 }), { once: true })
  return promise
}
