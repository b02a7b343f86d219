import { readdir, readFile, readlink } from 'node:fs/promises'

/** Environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The two ends of a TCP connection on this machine, seen from the process that is looked for. */
export interface Connection {
  readonly localPort: number
  readonly remotePort: number
}

/**
 * The environment of the process that holds the other end of a loopback connection: the provider
 * of a real run is a child of terraform and inherits it, this one is not. Undefined where the
 * system does not tell (no /proc, or a process of another user).
 */
export async function readPeerEnvironment(
  connection: Connection
): Promise<Environment | undefined> {
  const inode = await findSocket(connection)
  const pid = inode && (await findOwner(inode))
  return pid ? readEnvironment(pid) : undefined
}

async function findSocket({ localPort, remotePort }: Connection): Promise<string | undefined> {
  const table = await readOptional('/proc/net/tcp')
  return parseSocketTable(table).find((socket) => {
    return socket.localPort === localPort && socket.remotePort === remotePort
  })?.inode
}

interface Socket extends Connection {
  readonly inode: string
}

/** The rows of /proc/net/tcp (`sl local_address rem_address st queues tr retrnsmt uid timeout inode`). */
export function parseSocketTable(table: string): Socket[] {
  const rows = table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
  return rows.flatMap((columns) => {
    const [, local, remote, , , , , , , inode] = columns
    if (!local || !remote || !inode) return []
    return [{ localPort: portOf(local), remotePort: portOf(remote), inode }]
  })
}

function portOf(address: string): number {
  return Number.parseInt(address.slice(address.indexOf(':') + 1), 16)
}

// Newest process first: terraform has just been started.
async function findOwner(inode: string): Promise<string | undefined> {
  const names = await readdir('/proc')
  const pids = names.filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(b) - Number(a))
  for (const pid of pids) {
    if (await holdsSocket(pid, inode)) return pid
  }
  return undefined
}

async function holdsSocket(pid: string, inode: string): Promise<boolean> {
  // A process may end, or be somebody else's, while we look: then it is not the one.
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => [])
  const links = await Promise.all(
    descriptors.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => ''))
  )
  return links.includes(`socket:[${inode}]`)
}

async function readEnvironment(pid: string): Promise<Environment | undefined> {
  const text = await readOptional(`/proc/${pid}/environ`)
  return text === '' ? undefined : parseEnvironment(text)
}

/** The NUL-separated NAME=value list of /proc/PID/environ. */
export function parseEnvironment(text: string): Environment {
  const entries = text.split('\0').filter((entry) => entry.includes('='))
  return Object.fromEntries(
    entries.map((entry) => {
      const end = entry.indexOf('=')
      return [entry.slice(0, end), entry.slice(end + 1)]
    })
  )
}

// Absent on other systems, and readable only by the same user.
function readOptional(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
