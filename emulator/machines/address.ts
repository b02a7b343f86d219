import { createServer, type Server } from 'node:net'

/** A loopback address that no other VM on this computer has, until released. */
export interface Claim {
  readonly address: string
  release(): Promise<void>
}

/**
 * Holding this port on an address means owning the address. The kernel keeps the claims apart,
 * also between emulators in several processes, and frees them when a process dies.
 */
const CLAIM_PORT = 27_101
const FIRST = 2
const LAST = 254

/** Gives out 127.0.1.2, 127.0.1.3, … and starts again from the front when the block is used up. */
export class Addresses {
  #next = FIRST

  async claim(): Promise<Claim> {
    for (let tried = FIRST; tried <= LAST; tried++) {
      const address = `127.0.1.${this.#next}`
      this.#next = this.#next === LAST ? FIRST : this.#next + 1
      const server = await occupy(address)
      if (server) return { address, release: () => close(server) }
    }
    throw new Error(`No free loopback address for another VM: 127.0.1.${FIRST}-${LAST} are taken.`)
  }
}

async function occupy(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy())
  const { promise, resolve, reject } = Promise.withResolvers<Server | undefined>()
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') resolve(undefined)
    else reject(error)
  })
  server.listen({ host: address, port: CLAIM_PORT }, () => resolve(server))
  return promise
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  return promise
}
