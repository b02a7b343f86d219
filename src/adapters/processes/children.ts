import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { FollowedFile } from './followed-file.ts'
import { LineSplitter } from './lines.ts'
import { OutlivingChild } from './outliving.ts'

export interface RunningChild {
  readonly child: ChildProcess
  interrupt(): void
  /** To be called after the child's end: hands over the last lines, once. */
  close(): void
}

export interface ChildOptions {
  readonly cwd: string | undefined
  readonly env: Readonly<Record<string, string>>
  readonly outliveIn: string | undefined
  readonly onLine: (stream: Stream, line: string) => void
}

type Stream = 'stdout' | 'stderr'

/** Starts a child without a shell and without input, whose output is cut into lines. */
export function startChild(command: readonly string[], options: ChildOptions): RunningChild {
  const { outliveIn } = options
  return outliveIn === undefined
    ? startPiped(command, options)
    : startOutliving(command, { ...options, outliveIn })
}

function startPiped(
  [tool = '', ...args]: readonly string[],
  { cwd, env, onLine }: ChildOptions
): RunningChild {
  const child = spawn(tool, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of ['stdout', 'stderr'] as const) {
    const lines = new LineSplitter((line) => onLine(stream, line))
    child[stream].on('data', (chunk: Buffer) => lines.write(chunk))
    child[stream].on('end', () => lines.end())
  }
  return { child, interrupt: () => child.kill('SIGINT'), close: () => undefined }
}

/**
 * A pipe whose reader was killed kills its writer too, so this child writes to files. It leads a
 * session of its own: a Ctrl-C in the terminal would be its second interrupt.
 */
function startOutliving(
  [tool = '', ...args]: readonly string[],
  { cwd, env, outliveIn, onLine }: ChildOptions & { readonly outliveIn: string }
): RunningChild {
  const follow = (stream: Stream): FollowedFile =>
    new FollowedFile(join(outliveIn, `child.${stream}`), (line) => onLine(stream, line))
  const [stdout, stderr] = [follow('stdout'), follow('stderr')]
  const child = spawn(tool, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', stdout.descriptor, stderr.descriptor],
  })
  const outliving = new OutlivingChild(outliveIn)
  if (child.pid !== undefined) outliving.begin(child.pid)
  let isOpen = true
  return {
    child,
    interrupt: () => outliving.interrupt(),
    close: () => {
      if (!isOpen) return
      isOpen = false
      outliving.end()
      stdout.close()
      stderr.close()
    },
  }
}
