import { connect, createServer, type Server } from 'node:net'
import type { Log } from '../command.ts'

/**
 * Runs `work` while no other process on this machine runs work of the same name. The lock is a
 * socket address that the kernel frees when its holder dies, however it dies: there is no lock file
 * that could be left behind.
 */
export async function exclusively<T>(name: string, log: Log, work: () => Promise<T>): Promise<T> {
  const address = `\0deploy-spot-mig/${process.getuid?.() ?? 0}/${name}`
  const lock = await acquire(address, () => log(`waiting for another run to finish: ${name}`))
  try {
    return await work()
  } finally {
    await release(lock)
  }
}

interface Lock {
  readonly server: Server
  readonly waiting: Set<import('node:net').Socket>
}

async function acquire(address: string, onWait: () => void): Promise<Lock> {
  for (let attempt = 0; ; attempt += 1) {
    const lock = await tryToListen(address)
    if (lock !== undefined) return lock
    if (attempt === 0) onWait()
    await holderIsGone(address)
  }
}

function tryToListen(address: string): Promise<Lock | undefined> {
  const waiting: Lock['waiting'] = new Set()
  const server = createServer((socket) => {
    waiting.add(socket)
    socket.on('error', () => waiting.delete(socket))
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)
    )
    server.listen({ path: address }, () => {
      // A forgotten lock must not keep a finished program alive.
      server.unref()
      resolve({ server, waiting })
    })
  })
}

/**
 * A connection to the holder ends when the holder lets go or dies; a refused one means that it just
 * did.
 */
function holderIsGone(address: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ path: address })
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
    socket.resume()
  })
}

function release({ server, waiting }: Lock): Promise<void> {
  for (const socket of waiting) socket.destroy()
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}
