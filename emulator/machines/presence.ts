import type { Clock } from '../clock.ts'
import type { Project } from '../google/project.ts'
import type { Tokens } from '../google/tokens.ts'
import type { Addresses, Claim } from './address.ts'
import type { MachineSpec, ServiceAccount } from './machine.ts'
import { GuestAttributes } from './metadata/guest-attributes.ts'
import { MetadataServer } from './metadata/server.ts'
import { metadataTree } from './metadata/tree.ts'

/** The cloud around a VM: who issues its tokens, where the APIs are, which addresses are free. */
export interface Surroundings {
  readonly clock: Clock
  readonly tokens: Tokens
  readonly project: Project
  /** http://127.0.0.1:PORT of the emulator; metadata servers use the same port number. */
  readonly baseUrl: () => string
  readonly addresses: Addresses
}

const TOKEN_SECONDS = 3600
/** Google's metadata server renews a token that has less than five minutes to live. */
const TOKEN_RESERVE_MS = 300_000

/** A VM on the network: its loopback address and the metadata server that answers there. */
export class Presence {
  readonly guestAttributes: GuestAttributes
  readonly #spec: MachineSpec
  readonly #cloud: Surroundings
  #opening: Promise<void> = Promise.resolve()
  #claim: Claim | undefined
  #server: MetadataServer | undefined
  #preempted = false
  #token: { readonly value: string; readonly expiresAt: number } | undefined

  constructor(spec: MachineSpec, cloud: Surroundings) {
    this.#spec = spec
    this.#cloud = cloud
    this.guestAttributes = new GuestAttributes(cloud.clock)
  }

  get address(): string | undefined {
    return this.#claim?.address
  }

  /** host:port for GCE_METADATA_HOST. */
  get metadataHost(): string {
    return `${this.address ?? ''}:${this.#port}`
  }

  open(): Promise<void> {
    this.#opening = this.#open()
    return this.#opening
  }

  /** An address is of use only with its metadata port, which a stranger may hold. */
  async #open(): Promise<void> {
    const useless: Claim[] = []
    try {
      while (!this.#server) {
        const claim = await this.#cloud.addresses.claim()
        if (!(await this.#serveAt(claim))) useless.push(claim)
      }
    } finally {
      // Not before: the same address would be given out again.
      await Promise.all(useless.map((claim) => claim.release()))
    }
  }

  /** False when the port is taken. */
  async #serveAt(claim: Claim): Promise<boolean> {
    try {
      const server = this.#newServer(claim.address)
      await server.listen()
      this.#server = server
      this.#claim = claim
      return true
    } catch (error) {
      if (isTaken(error)) return false
      await claim.release()
      throw error
    }
  }

  #newServer(address: string): MetadataServer {
    return new MetadataServer({
      tree: metadataTree(this.#cloud.project, this.#spec, {
        address: () => this.address ?? '',
        preempted: () => this.#preempted,
        token: (account) => this.#tokenOf(account),
      }),
      guestAttributes: this.guestAttributes,
      guestAttributesEnabled:
        this.#spec.metadata['enable-guest-attributes']?.toUpperCase() === 'TRUE',
      address,
      port: this.#port,
    })
  }

  announcePreemption(): void {
    this.#preempted = true
    this.#server?.announceChange()
  }

  /** A token of the VM's own service account; undefined when the VM has none. */
  token(): string | undefined {
    const account = this.#spec.serviceAccount
    return account && this.#tokenOf(account).accessToken
  }

  async close(): Promise<void> {
    // A VM can be deleted while it is still being connected; who opened it heard of any failure.
    await this.#opening.catch(() => {})
    await this.#server?.close()
    await this.#claim?.release()
    this.#server = undefined
    this.#claim = undefined
  }

  get #port(): number {
    return Number(new URL(this.#cloud.baseUrl()).port)
  }

  #tokenOf(account: ServiceAccount): { accessToken: string; expiresInSeconds: number } {
    const now = this.#cloud.clock.now()
    if (!this.#token || this.#token.expiresAt < now + TOKEN_RESERVE_MS) {
      const value = this.#cloud.tokens.issue(`serviceAccount:${account.email}`, TOKEN_SECONDS)
      this.#token = { value, expiresAt: now + TOKEN_SECONDS * 1000 }
    }
    const expiresInSeconds = Math.floor((this.#token.expiresAt - now) / 1000)
    return { accessToken: this.#token.value, expiresInSeconds }
  }
}

function isTaken(error: unknown): boolean {
  const failed = typeof error === 'object' && error !== null && 'code' in error
  return failed && error.code === 'EADDRINUSE'
}
