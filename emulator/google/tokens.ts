import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'

/** Who a bearer token speaks for, in IAM's spelling: `serviceAccount:…` or `principal://…`. */
export interface Identity {
  readonly member: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** The access tokens that the emulated Google has given out: nothing else opens its APIs. */
export class Tokens {
  readonly #clock: Clock
  readonly #issued = new Map<string, Identity>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A new token for `member` (`serviceAccount:<email>` or `principal://…`), valid for `lifetimeSeconds`. */
  issue(member: string, lifetimeSeconds: number): string {
    const token = `ya29.emulated-${randomBytes(24).toString('base64url')}`
    this.#issued.set(token, { member, expiresAt: this.#clock.now() + lifetimeSeconds * 1000 })
    return token
  }

  /** The identity behind a token, or undefined when it was never issued or has expired. */
  verify(token: string): Identity | undefined {
    const identity = this.#issued.get(token)
    if (identity && identity.expiresAt > this.#clock.now()) return identity
    this.#issued.delete(token)
    return undefined
  }
}
