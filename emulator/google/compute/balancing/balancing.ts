import type { Clock } from '../../../clock.ts'
import { type Demand, permissionDenied } from '../../iam/permissions.ts'
import type { Project } from '../../project.ts'
import { type JsonObject, textOf } from '../../route.ts'
import { autoscalerState } from '../autoscaler/view.ts'
import type { GroupRegistry } from '../groups/registry.ts'
import { invalid } from '../resources/invalid.ts'
import { textsAt } from '../resources/links.ts'
import type { Store, User } from '../resources/store.ts'
import type { Links, Scope } from '../scope.ts'
import { Addresses } from './addresses.ts'
import { Certificates } from './certificates.ts'
import { groupPathOf } from './draining.ts'
import { checkReferences } from './references.ts'

/** What the load balancers stand on. */
export interface BalancingOptions {
  readonly clock: Clock
  readonly project: Project
  readonly links: Links
  readonly store: Store
  readonly groups: GroupRegistry
  /** Whether a member holds a permission on a resource. */
  readonly may: (member: string, permission: string, resource: string) => boolean
}

/** A resource that is about to be kept, in place of `before` if there was one. */
export interface Admission {
  readonly collection: string
  readonly resource: JsonObject
  readonly before?: JsonObject
  readonly member: string
}

/** The parts of external Application Load Balancers as one: what they need of each other. */
export class Balancing {
  readonly certificates: Certificates
  readonly #addresses: Addresses
  readonly #options: BalancingOptions

  constructor(options: BalancingOptions) {
    const { clock, project, links, store } = options
    const path = `projects/${project.id}/global`
    const scope: Scope = { kind: 'global', location: '', path }
    this.#options = options
    this.#addresses = new Addresses({ links, store, scope })
    this.certificates = new Certificates({ clock, links, store, scope })
  }

  /** The resource completed. @throws GoogleError 400, 403 or 404 when its references forbid it */
  admit({ collection, resource, before, member }: Admission): JsonObject {
    const { links } = this.#options
    const authorise = (demand: Demand): void => this.#authorise(demand, member)
    const exists = (path: string): boolean => this.#exists(path)
    checkReferences(collection, resource, { links, exists, authorise })
    if (collection === 'autoscalers') this.#requireSole(resource)
    if (collection === 'addresses') return this.#addresses.reserve(resource)
    if (collection !== 'forwardingRules') return resource
    this.#checkScheme(resource)
    this.#authoriseAddress(resource, authorise)
    return this.#addresses.occupy(resource, before)
  }

  /** Takes note of a change of anything. */
  changed(): void {
    this.certificates.observe()
  }

  /** The resource as `get` shows it: some know more than was written. */
  show(resource: JsonObject): JsonObject {
    const { kind } = resource
    if (kind === 'compute#autoscaler') return { ...resource, ...this.#autoscalerState(resource) }
    if (kind === 'compute#address') return { ...resource, ...this.#addresses.stateOf(resource) }
    if (kind !== 'compute#sslCertificate') return resource
    const path = this.#options.links.path(textOf(resource, 'selfLink') ?? '')
    return { ...resource, ...this.certificates.stateOf(path, resource) }
  }

  /** Uses that are not written as links. */
  users(): readonly User[] {
    return this.#addresses.users()
  }

  /** @throws GoogleError 400 when the group has another autoscaler already */
  #requireSole({ name, target }: JsonObject): void {
    const { store, links } = this.#options
    const path = links.path(String(target))
    const scopePath = path.split('/').slice(0, 4).join('/')
    const rivals = store.listBelow(`${scopePath}/autoscalers/`)
    const rival = rivals.find((one) => one['name'] !== name && one['target'] === target)
    if (!rival) return
    const rule = `The instance group manager is already being autoscaled by '${rival['name']}'.`
    throw invalid('target', String(target), rule)
  }

  #autoscalerState(autoscaler: JsonObject): JsonObject {
    const { groups, links, clock } = this.#options
    const path = links.path(String(autoscaler['target']))
    const record = groups.list().find((one) => one.path === path)
    return record ? autoscalerState(autoscaler, record.runner.group, clock.now()) : {}
  }

  #exists(path: string): boolean {
    const { store, groups } = this.#options
    const group = groupPathOf(path) ?? path
    return store.find(path) !== undefined || groups.list().some((record) => record.path === group)
  }

  #authorise(demand: Demand, member: string): void {
    if (this.#options.may(member, demand.permission, demand.resource)) return
    throw permissionDenied('compute.googleapis.com', demand, member)
  }

  #authoriseAddress(rule: JsonObject, authorise: (demand: Demand) => void): void {
    const reserved = this.#addresses.find(textOf(rule, 'IPAddress') ?? '')
    if (!reserved) return
    const resource = this.#options.links.path(String(reserved['selfLink']))
    authorise({ permission: 'compute.globalAddresses.use', resource })
  }

  /** The classic load balancer and its successor do not mix. */
  #checkScheme(rule: JsonObject): void {
    const scheme = String(rule['loadBalancingScheme'])
    for (const service of this.#servicesBehind(rule)) {
      if (service['loadBalancingScheme'] === scheme) continue
      const clash = `Load balancing scheme of the forwarding rule must match that of the backend service '${service['name']}' (${service['loadBalancingScheme']}).`
      throw invalid('loadBalancingScheme', scheme, clash)
    }
  }

  #servicesBehind(rule: JsonObject): readonly JsonObject[] {
    const { links, store } = this.#options
    const at = (link: string): readonly JsonObject[] => {
      const found = store.find(links.path(link))
      return found ? [found] : []
    }
    const follow = (resource: JsonObject | undefined, path: readonly string[]) =>
      resource ? textsAt(resource, path).flatMap(at) : []
    const [proxy] = follow(rule, ['target'])
    const [map] = follow(proxy, ['urlMap'])
    return [
      ...follow(map, ['defaultService']),
      ...follow(map, ['pathMatchers', 'defaultService']),
      ...follow(map, ['pathMatchers', 'pathRules', 'service']),
    ]
  }
}
