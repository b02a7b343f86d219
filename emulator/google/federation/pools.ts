import { evaluateCondition, mapClaims } from './condition.ts'

/** Claims of an OIDC token, as far as conditions and mappings can name them. */
export type Claims = Readonly<Record<string, unknown>>

/** A provider of a workload identity pool: whom it lets in, and as whom. */
export interface IdentityProvider {
  /** `projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/NAME`. */
  readonly name: string
  readonly issuer: string
  /** What tokens must be made for; empty: the provider's own name. */
  readonly audiences: readonly string[]
  /** `google.subject` and `attribute.*` to expressions over `assertion`. */
  readonly mapping: Readonly<Record<string, string>>
  readonly condition: string
  readonly disabled: boolean
}

export type Admission =
  | { readonly admitted: true; readonly member: string }
  | { readonly admitted: false; readonly why: 'condition' | 'too-long' }

/** Google refuses a mapped attribute above this many bytes. */
const MAPPED_LIMIT_BYTES = 127

/** The workload identity pools: which outsiders may come in, and which sets they then belong to. */
export class Federation {
  readonly #providers = new Map<string, IdentityProvider>()
  readonly #sets = new Map<string, readonly string[]>()

  add(provider: IdentityProvider): void {
    this.#providers.set(provider.name, provider)
  }

  find(name: string): IdentityProvider | undefined {
    return this.#providers.get(name)
  }

  /** The `principalSet://…` names that a member admitted earlier belongs to. */
  setsOf(member: string): readonly string[] {
    return this.#sets.get(member) ?? []
  }

  /** Checks the provider's condition and maps the claims to a member. */
  admit(provider: IdentityProvider, claims: Claims): Admission {
    const attributes = Object.entries(provider.mapping).map(
      ([target, source]) => [target, mapClaims(source, claims)] as const
    )
    if (attributes.some(([, value]) => Buffer.byteLength(value) > MAPPED_LIMIT_BYTES)) {
      return { admitted: false, why: 'too-long' }
    }
    if (!evaluateCondition(provider.condition, claims)) return { admitted: false, why: 'condition' }
    const pool = `//iam.googleapis.com/${provider.name.replace(/\/providers\/.*$/, '')}`
    const subject = attributes.find(([target]) => target === 'google.subject')?.[1] ?? ''
    const member = `principal:${pool}/subject/${subject}`
    const sets = attributes
      .filter(([target]) => target.startsWith('attribute.'))
      .map(([target, value]) => `principalSet:${pool}/${target}/${value}`)
    this.#sets.set(member, [...sets, `principalSet:${pool}/*`])
    return { admitted: true, member }
  }
}
