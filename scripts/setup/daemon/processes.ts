import { readdir, readFile, readlink } from 'node:fs/promises'

/** A running dockerd that shares this machine's network. */
export interface EngineProcess {
  readonly pid: number
  /**
   * The unix addresses it listens on, as on its command line; a service's `fd://` is not among
   * them.
   */
  readonly hosts: readonly string[]
  /** True for one that a test started for itself: nobody else may use it. */
  readonly isPrivate: boolean
}

/** A label on the command line of an engine that a test started for itself. */
export const privateLabel = 'deploy-spot-mig.private=yes'

/** Every dockerd whose bridge and firewall rules are those of this process. */
export async function findEngineProcesses(): Promise<EngineProcess[]> {
  const ownNetwork = await readlink('/proc/self/ns/net').catch(() => '')
  const names = await readdir('/proc').catch(() => [])
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(pids.map((pid) => readEngineProcess(pid, ownNetwork)))
  return found.filter((engine) => engine !== undefined)
}

/** The unix addresses that a command line listens on; undefined when it is not a dockerd's. */
export function parseDaemonHosts(commandLine: readonly string[]): string[] | undefined {
  const [program = '', ...args] = commandLine
  if (!/(^|\/)dockerd$/.test(program)) return undefined
  const values = args.flatMap((arg, index) => {
    if (arg === '-H' || arg === '--host') return [args[index + 1] ?? '']
    const joined = /^(?:--host=|-H=?)(.+)$/.exec(arg)?.[1]
    return joined === undefined ? [] : [joined]
  })
  return values.filter((value) => value.startsWith('unix://'))
}

/** A value that no later process with the same pid has; undefined when there is no such process. */
export async function readStartTime(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The second field is the program's name in parentheses and may itself hold spaces; the 22nd is
  // the start time.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19]
}

/** Program and arguments; one empty word for a process that is gone or dead. */
export async function readCommandLine(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return text.split('\0')
}

async function readEngineProcess(
  pid: number,
  ownNetwork: string
): Promise<EngineProcess | undefined> {
  const commandLine = await readCommandLine(pid)
  const hosts = parseDaemonHosts(commandLine)
  if (hosts === undefined) return undefined
  // A rootless engine, or one in a container, has a network of its own and disturbs nobody.
  const network = await readlink(`/proc/${pid}/ns/net`).catch(() => '')
  const isPrivate = commandLine.includes(`--label=${privateLabel}`)
  return network === ownNetwork ? { pid, hosts, isPrivate } : undefined
}
