import type { Federation } from '../federation/pools.ts'
import { canonicalName, type Project } from '../project.ts'
import type { Policies } from './policies.ts'
import { matchesPermission, roleGrants } from './roles.ts'

/** A permission that nobody holds for the time being, whatever the policies say. */
export interface Denial {
  /** `compute.instances.get`, or its beginning followed by `*`. */
  readonly permission: string
  /** Denied to this member only; to everybody when left out. */
  readonly member?: string
}

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
  holds(member: string, permission: string, resource: string): boolean {
    if (this.#isDenied(member, permission)) return false
    return this.#ancestry(resource).some((name) => this.#grants(name, member, permission))
  }

  #isDenied(member: string, permission: string): boolean {
    return this.#denials.some(
      (denial) =>
        matchesPermission(denial.permission, permission) &&
        (denial.member === undefined || denial.member === member)
    )
  }

  #grants(resource: string, member: string, permission: string): boolean {
    const bindings = this.#policies.get(resource).bindings ?? []
    return bindings.some(
      (binding) =>
        roleGrants(binding.role, permission, this.#customRoles) &&
        binding.members.some((bound) => this.#isMember(member, bound))
    )
  }

  #isMember(member: string, bound: string): boolean {
    if (bound === member || bound === 'allUsers') return true
    if (bound === 'allAuthenticatedUsers') return member !== 'allUsers'
    return this.#federation.setsOf(member).includes(bound)
  }

  /** `projects/P/secrets/S/versions/1` lies in `projects/P/secrets/S`, and that in `projects/P`. */
  #ancestry(resource: string): readonly string[] {
    const parts = canonicalName(this.#project, resource).split('/')
    const lengths = parts.map((_, index) => index + 1)
    const names = lengths.map((length) => parts.slice(0, length).join('/'))
    // Buckets have no project in their name; there is one project here, so it is theirs.
    return parts[0] === 'projects' ? names : [...names, `projects/${this.#project.id}`]
  }
}
