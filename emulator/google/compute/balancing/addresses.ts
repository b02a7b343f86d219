import { GoogleError, resourceNotFound } from '../../errors.ts'
import { type JsonObject, textOf } from '../../route.ts'
import { invalid } from '../resources/invalid.ts'
import type { Store, User } from '../resources/store.ts'
import type { Links, Scope } from '../scope.ts'

/** Addresses for documentation (RFC 5737, RFC 3849): they lead nowhere by mistake. */
const POOLS = {
  IPV4: (index: number) => `203.0.113.${index}`,
  IPV6: (index: number) => `2001:db8:0:${index.toString(16)}::`,
} as const
const POOL_SIZE = 254

interface AddressOptions {
  readonly links: Links
  readonly store: Store
  readonly scope: Scope
}

/** Who holds which global address: reserved ones, and those that came with a forwarding rule. */
export class Addresses {
  readonly #options: AddressOptions

  constructor(options: AddressOptions) {
    this.#options = options
  }

  /** The address with a number of its own. */
  reserve(address: JsonObject): JsonObject {
    return { ...address, address: textOf(address, 'address') ?? this.#pick(address) }
  }

  /**
   * The rule with the number that it answers on: that of the reserved address it names, or a free
   * one. @throws GoogleError 404 no such address, 400 not reserved or taken
   */
  occupy(rule: JsonObject, before: JsonObject | undefined): JsonObject {
    const number = this.#resolve(rule, before)
    const rival = this.#rules().find(
      (other) =>
        other['name'] !== rule['name'] &&
        other['IPAddress'] === number &&
        other['portRange'] === rule['portRange']
    )
    if (rival) {
      const clash = 'Specified IP address is in-use and would result in a conflict.'
      throw invalid('IPAddress', number, clash)
    }
    return { ...rule, IPAddress: number }
  }

  /** The reserved address that `link` names, by path or number. */
  find(link: string): JsonObject | undefined {
    const { links, store } = this.#options
    const path = links.path(link)
    if (path.startsWith('projects/')) return store.find(path)
    return this.#reserved().find(({ address }) => address === link)
  }

  /** What `get` adds to an address. */
  stateOf({ address }: JsonObject): JsonObject {
    const users = this.#rules().filter(({ IPAddress }) => IPAddress === address)
    if (users.length === 0) return { status: 'RESERVED' }
    return { status: 'IN_USE', users: users.map(({ selfLink }) => selfLink) }
  }

  /** Rules hold a number, not a link, and use the address all the same. */
  users(): readonly User[] {
    const { links } = this.#options
    return this.#rules().flatMap((rule): User[] => {
      const used = this.#reserved().find(({ address }) => address === rule['IPAddress'])
      if (!used) return []
      const uses = new Set([links.path(String(used['selfLink']))])
      return [{ path: links.path(String(rule['selfLink'])), uses }]
    })
  }

  #resolve(rule: JsonObject, before: JsonObject | undefined): string {
    const asked = textOf(rule, 'IPAddress')
    if (asked === undefined) return this.#pick(rule)
    if (before && before['IPAddress'] === asked) return asked
    const { links } = this.#options
    const reserved = this.find(asked)
    if (reserved) return String(reserved['address'])
    const path = links.path(asked)
    if (path.startsWith('projects/')) throw resourceNotFound(path)
    throw invalid('IPAddress', asked, 'The specified address is not reserved in this project.')
  }

  #pick(wish: JsonObject): string {
    const taken = new Set([
      ...this.#reserved().map(({ address }) => address),
      ...this.#rules().map(({ IPAddress }) => IPAddress),
    ])
    const numberAt = wish['ipVersion'] === 'IPV6' ? POOLS.IPV6 : POOLS.IPV4
    for (let index = 1; index <= POOL_SIZE; index++) {
      if (!taken.has(numberAt(index))) return numberAt(index)
    }
    throw new GoogleError(403, "Quota 'STATIC_ADDRESSES' exceeded.  Limit: 254.0 globally.", {
      reason: 'quotaExceeded',
    })
  }

  #reserved(): readonly JsonObject[] {
    return this.#options.store.list(this.#options.scope, 'addresses')
  }

  #rules(): readonly JsonObject[] {
    return this.#options.store.list(this.#options.scope, 'forwardingRules')
  }
}
