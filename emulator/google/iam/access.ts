import { evaluateExpression } from '../expression.ts'
import type { Federation } from '../federation/pools.ts'
import { canonicalName, type Project } from '../project.ts'
import { textOf } from '../route.ts'
import type { Binding, Policies } from './policies.ts'
import { matchesPermission, roleGrants } from './roles.ts'

/** A permission that nobody holds for the time being, whatever the policies say. */
export interface Denial {
  /** `compute.instances.get`, or its beginning followed by `*`. */
  readonly permission: string
  /** Denied to this member only; to everybody when left out. */
  readonly member?: string
}

/** What a request is known to be about to do, by the names that IAM conditions use for it. */
export type RequestAttributes = Readonly<Record<string, readonly string[]>>

export interface AccessOptions {
  readonly project: Project
  readonly policies: Policies
  readonly federation: Federation
}

/** Answers who may do what: the allow policies of a resource and its project, less what is denied. */
export class Access {
  readonly #project: Project
  readonly #policies: Policies
  readonly #federation: Federation
  readonly #customRoles = new Map<string, readonly string[]>()
  #denials: readonly Denial[] = []

  constructor(options: AccessOptions) {
    this.#project = options.project
    this.#policies = options.policies
    this.#federation = options.federation
  }

  get denials(): readonly Denial[] {
    return this.#denials
  }

  deny(denial: Denial): void {
    this.#denials = [...this.#denials, denial]
  }

  /** Takes back the denials of one permission, or all of them. */
  undeny(permission?: string): void {
    this.#denials = this.#denials.filter(
      (denial) => permission !== undefined && denial.permission !== permission
    )
  }

  /** Makes a custom role (`projects/P/roles/R`) known; undefined forgets it. */
  defineRole(name: string, permissions: readonly string[] | undefined): void {
    if (permissions) this.#customRoles.set(name, permissions)
    else this.#customRoles.delete(name)
  }

  /** Whether the member holds the permission on the resource or on anything above it. */
  holds(
    member: string,
    permission: string,
    resource: string,
    attributes: RequestAttributes = {}
  ): boolean {
    if (this.#isDenied(member, permission)) return false
    const name = canonicalName(this.#project, resource)
    const scope = { api: attributes, resource: { name } }
    return this.#bindingsAbove(name).some(
      (binding) =>
        roleGrants(binding.role, permission, this.#customRoles) &&
        binding.members.some((bound) => this.#isMember(member, bound)) &&
        applies(binding, scope)
    )
  }

  #isDenied(member: string, permission: string): boolean {
    return this.#denials.some(
      (denial) =>
        matchesPermission(denial.permission, permission) &&
        (denial.member === undefined || denial.member === member)
    )
  }

  #isMember(member: string, bound: string): boolean {
    if (bound === member || bound === 'allUsers') return true
    if (bound === 'allAuthenticatedUsers') return member !== 'allUsers'
    return this.#federation.setsOf(member).includes(bound)
  }

  /** `projects/P/secrets/S/versions/1` lies in `projects/P/secrets/S`, and that in `projects/P`. */
  #bindingsAbove(name: string): readonly Binding[] {
    const parts = name.split('/')
    const names = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
    // Buckets have no project in their name; there is one project here, so it is theirs.
    if (parts[0] !== 'projects') names.push(`projects/${this.#project.id}`)
    return names.flatMap((above) => this.#policies.get(above).bindings ?? [])
  }
}

/** A condition that cannot be evaluated grants nothing. */
function applies({ condition }: Binding, scope: Parameters<typeof evaluateExpression>[1]): boolean {
  if (!condition) return true
  return evaluateExpression(textOf(condition, 'expression') ?? '', scope) === true
}
