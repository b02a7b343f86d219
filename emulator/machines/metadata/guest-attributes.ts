import type { Clock } from '../../clock.ts'
import type { GuestAttribute } from '../machine.ts'
import { RateLimit } from '../rate-limit.ts'

/** The small notes that a VM leaves about itself. Anything inside the VM may write them. */
export class GuestAttributes {
  readonly #values = new Map<string, GuestAttribute>()
  readonly #limit: RateLimit
  #lost = 0

  constructor(clock: Clock) {
    this.#limit = new RateLimit(clock)
  }

  /** Stores a value; above Google's rate limit it is lost without a word, as in the real cloud. */
  write(attribute: GuestAttribute): void {
    if (this.#limit.allow()) this.#values.set(`${attribute.namespace}/${attribute.key}`, attribute)
    else this.#lost++
  }

  read(namespace: string, key: string): string | undefined {
    return this.#values.get(`${namespace}/${key}`)?.value
  }

  remove(namespace: string, key: string): void {
    this.#values.delete(`${namespace}/${key}`)
  }

  list(): readonly GuestAttribute[] {
    return [...this.#values.values()]
  }

  /** How many writes the rate limit has swallowed. */
  get lost(): number {
    return this.#lost
  }
}
