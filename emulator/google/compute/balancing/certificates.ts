import type { Clock } from '../../../clock.ts'
import { type JsonObject, objectOf, textsOf } from '../../route.ts'
import { timestamp } from '../operations.ts'
import type { Store } from '../resources/store.ts'
import type { Links, Scope } from '../scope.ts'

/** Google says "up to 60 minutes"; this is ours. */
const ISSUE_MS = 15 * 60_000
const LIFETIME_MS = 90 * 24 * 3_600_000

interface CertificateOptions {
  readonly clock: Clock
  readonly links: Links
  readonly store: Store
  readonly scope: Scope
}

/**
 * The state of managed certificates. One is issued some time after a forwarding rule has begun to
 * serve it, domain by domain, provided that the domain's name leads here.
 */
export class Certificates {
  readonly #options: CertificateOptions
  readonly #servedSince = new Map<string, number>()
  /** When a domain's name began to lead here (again); undefined while it leads elsewhere. */
  readonly #visibleSince = new Map<string, number | undefined>()

  constructor(options: CertificateOptions) {
    this.#options = options
  }

  /** Whether the domain's DNS record leads to the load balancer; it does unless said otherwise. */
  setVisible(domain: string, visible: boolean): void {
    this.#visibleSince.set(domain, visible ? this.#options.clock.now() : undefined)
  }

  /** Notes which certificates are served from now on; to be called after every change. */
  observe(): void {
    const { clock, links, store, scope } = this.#options
    const targets = store.list(scope, 'forwardingRules').map(({ target }) => String(target))
    const served = targets.flatMap((target) => {
      const proxy = store.find(links.path(target))
      return proxy ? textsOf(proxy, 'sslCertificates') : []
    })
    for (const link of served) {
      const path = links.path(link)
      if (!this.#servedSince.has(path)) this.#servedSince.set(path, clock.now())
    }
  }

  /** A certificate that is gone takes its history along. */
  forget(path: string): void {
    this.#servedSince.delete(path)
  }

  /** What `get` adds to a certificate. */
  stateOf(path: string, certificate: JsonObject): JsonObject {
    const managed = objectOf(certificate, 'managed')
    const domains = textsOf(managed, 'domains')
    const readyAt = domains.map((domain) => this.#readyAt(path, domain))
    const states = domains.map((domain, index) => this.#domainState(path, domain, readyAt[index]))
    const active = states.every((state) => state === 'ACTIVE')
    const issuedAt = Math.max(...readyAt.map((at) => at ?? 0))
    return {
      managed: {
        ...managed,
        status: active ? 'ACTIVE' : failing(states) ? 'PROVISIONING_FAILED' : 'PROVISIONING',
        domainStatus: Object.fromEntries(domains.map((domain, index) => [domain, states[index]])),
      },
      ...(active && {
        subjectAlternativeNames: domains,
        expireTime: timestamp(issuedAt + LIFETIME_MS),
      }),
    }
  }

  #readyAt(path: string, domain: string): number | undefined {
    const served = this.#servedSince.get(path)
    if (served === undefined) return undefined
    const visible = this.#visibleSince.has(domain) ? this.#visibleSince.get(domain) : served
    if (visible === undefined) return undefined
    return Math.max(served, visible) + this.#options.clock.scaled(ISSUE_MS)
  }

  #domainState(path: string, domain: string, readyAt: number | undefined): string {
    const now = this.#options.clock.now()
    if (readyAt !== undefined) return readyAt <= now ? 'ACTIVE' : 'PROVISIONING'
    const served = this.#servedSince.get(path)
    const tried = served !== undefined && served + this.#options.clock.scaled(ISSUE_MS) <= now
    const elsewhere = this.#visibleSince.has(domain)
    return tried && elsewhere ? 'FAILED_NOT_VISIBLE' : 'PROVISIONING'
  }
}

function failing(states: readonly string[]): boolean {
  return states.includes('FAILED_NOT_VISIBLE')
}
