import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { type ByteStreams, StreamError } from '../../image/gate/image/source.ts'
import { LineSplitter } from './lines.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Large, since each piece is a round trip to a thread. */
const FILE_PIECE_BYTES = 256 * 1024
const OURS = /^(?:INPUT|ACTIONS|STATE)_/

/** Streams of this machine: what a tool writes to its standard output, and files. */
export class LocalByteStreams implements ByteStreams {
  readonly #environment: Environment

  constructor(environment: Environment) {
    // As for every other child: neither the inputs nor the right to ask GitHub for tokens.
    const inherited = Object.entries(environment).filter(([name]) => !OURS.test(name))
    this.#environment = Object.fromEntries(inherited)
  }

  async *ofTool(
    tool: string,
    args: readonly string[],
    signal: AbortSignal
  ): AsyncGenerator<Buffer, void> {
    signal.throwIfAborted()
    const env = this.#environment
    const child = spawn(tool, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const lastWords = listen(child)
    const ended = once(child, 'close').then(
      ([code]) =>
        code === 0
          ? undefined
          : code === null
            ? 'was ended by a signal'
            : `ended with exit code ${code}`,
      (cause: Error) => `could not be started (${cause.message})`
    )
    // It only writes what is read here: nothing of it has to end in order.
    const kill = (): boolean => child.kill('SIGKILL')
    signal.addEventListener('abort', kill, { once: true })
    try {
      yield* child.stdout
      const problem = await ended
      signal.throwIfAborted()
      if (problem !== undefined) throw new StreamError(`${tool} ${problem}${lastWords()}`)
    } finally {
      signal.removeEventListener('abort', kill)
      kill()
      await ended
    }
  }

  async *ofFile(path: string, signal: AbortSignal): AsyncGenerator<Buffer, void> {
    signal.throwIfAborted()
    try {
      yield* createReadStream(path, { signal, highWaterMark: FILE_PIECE_BYTES })
    } catch (cause) {
      signal.throwIfAborted()
      throw new StreamError(cause instanceof Error ? cause.message : String(cause), cause)
    }
  }
}

function listen({ stderr }: ChildProcess): () => string {
  let last = ''
  const lines = new LineSplitter((line) => {
    if (line.trim() !== '') last = line.trim()
  })
  stderr?.on('data', (bytes: Buffer) => lines.write(bytes))
  stderr?.on('end', () => lines.end())
  return () => (last === '' ? '' : `: ${last}`)
}
