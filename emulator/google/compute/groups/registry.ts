import type { Clock } from '../../../clock.ts'
import type { MachineFactory } from '../../../machines/machine.ts'
import { GoogleError, resourceNotFound } from '../../errors.ts'
import type { Project } from '../../project.ts'
import { type JsonObject, textOf } from '../../route.ts'
import { membersOf } from '../group/availability.ts'
import type { GroupEvent } from '../group/model.ts'
import { alreadyExists, type Store, type User } from '../resources/store.ts'
import type { Links, Scope } from '../scope.ts'
import { machineSpecOf } from './machine-spec.ts'
import { GroupRunner, type Hosted } from './runner.ts'
import { listOf, paceOf, probingOf, specOf } from './spec.ts'

/** A managed instance group: its configuration and the group that lives by it. */
export interface GroupRecord {
  readonly path: string
  readonly scope: Scope
  readonly name: string
  /** id, creationTimestamp, selfLink, zone or region. */
  readonly identity: JsonObject
  readonly runner: GroupRunner
  config: JsonObject
}

/** What all groups share. */
export interface RegistryOptions {
  readonly clock: Clock
  readonly project: Project
  readonly links: Links
  readonly store: Store
  readonly machines: MachineFactory
  /** Decides all instance names and ids. */
  readonly seed: number
  readonly drain: (name: string, done: () => void) => void
}

/** All managed instance groups of the project, and what befalls them together. */
export class GroupRegistry {
  readonly #options: RegistryOptions
  readonly #groups = new Map<string, GroupRecord>()
  readonly #onEmpty = new Map<string, () => void>()
  /** Shortages of the cloud, which also meet groups that are created later. */
  readonly #shortages = new Map<string, GroupEvent>()
  #created = 0

  constructor(options: RegistryOptions) {
    this.#options = options
  }

  /** @throws GoogleError 409 */
  create(scope: Scope, config: JsonObject): GroupRecord {
    const name = textOf(config, 'name') ?? ''
    const path = `${scope.path}/instanceGroupManagers/${name}`
    if (this.#groups.has(path)) throw alreadyExists(path)
    const identity = this.#options.store.identify(scope, path)
    const runner = this.#newRunner({ scope, path, config })
    const record: GroupRecord = { path, scope, name, identity, runner, config }
    this.#groups.set(path, record)
    runner.send(...this.#shortages.values())
    return record
  }

  /** @throws GoogleError 404 */
  get(path: string): GroupRecord {
    const record = this.#groups.get(path)
    if (!record) throw resourceNotFound(path)
    return record
  }

  list(scope?: Scope): readonly GroupRecord[] {
    const all = [...this.#groups.values()]
    return scope ? all.filter((record) => record.scope.path === scope.path) : all
  }

  /** Gives a group a new (normalised) configuration, and carries out `orders` in the same step. */
  configure(record: GroupRecord, config: JsonObject, ...orders: readonly GroupEvent[]): void {
    record.config = config
    const spec = specOf(config, this.#context(record.scope))
    record.runner.send(...orders, { kind: 'spec', spec })
  }

  /** Something about a health check or template may have changed: every group reads it again. */
  refresh(): void {
    for (const record of this.#groups.values()) this.configure(record, record.config)
  }

  /** Deletes all instances, then the group; `done` when nothing is left. */
  delete(record: GroupRecord, done: () => void): void {
    this.#onEmpty.set(record.path, done)
    record.runner.send({ kind: 'delete' })
  }

  /** @throws GoogleError 400 resourceNotReady while the group is being deleted */
  requireLiving(record: GroupRecord): void {
    if (!record.runner.group.deleting) return
    const message = `The resource '${record.path}' is not ready`
    throw new GoogleError(400, message, { reason: 'resourceNotReady' })
  }

  /** The groups as users of templates and health checks, including the templates of their instances. */
  users(): readonly User[] {
    const { links } = this.#options
    return this.list().map(({ path, config, runner }) => {
      const checks = listOf(config, 'autoHealingPolicies').map((one) => one['healthCheck'])
      const targets = listOf(config, 'versions').map((version) => version['instanceTemplate'])
      const members = membersOf(runner.group.instances).map(({ version }) => version.template)
      const uses = [...checks, ...targets, ...members].map((link) => links.path(String(link)))
      return { path, uses: new Set(uses) }
    })
  }

  /** Every VM of every group. */
  hosted(): readonly Hosted[] {
    return this.list().flatMap((record) => record.runner.hosted())
  }

  /** The group and VM behind an instance name. @throws GoogleError 404 */
  find(name: string): { readonly record: GroupRecord; readonly hosted: Hosted } {
    for (const record of this.#groups.values()) {
      const hosted = record.runner.hosted().find((one) => one.name === name)
      if (hosted) return { record, hosted }
    }
    throw resourceNotFound(`projects/${this.#options.project.id}/instances/${name}`)
  }

  /** A shortage begins or ends, for all groups. */
  strike(key: string, event: GroupEvent): void {
    this.#shortages.set(key, event)
    for (const { runner } of this.#groups.values()) runner.send(event)
  }

  stop(): void {
    for (const { runner } of this.#groups.values()) runner.stop()
  }

  #context(scope: Scope) {
    const { clock, store, links, project } = this.#options
    return { clock, store, links, scope, projectId: project.id }
  }

  #newRunner(group: Pick<GroupRecord, 'scope' | 'path' | 'config'>): GroupRunner {
    const { clock, machines, seed, drain, links, store, project } = this.#options
    const context = this.#context(group.scope)
    const configOf = () => this.#groups.get(group.path)?.config ?? group.config
    return new GroupRunner(specOf(group.config, context), {
      clock,
      machines,
      drain,
      pace: paceOf(clock),
      seed: seed + this.#created++,
      probing: () => probingOf(configOf(), context),
      machineSpec: ({ id, name, zone, version }) => {
        const templatePath = links.path(version.template)
        const order = { id, name, zone, templatePath, groupPath: group.path }
        return machineSpecOf(store.get(templatePath), order, project)
      },
      onStep: (runner) => {
        this.#followSize(group.path, runner)
        this.#forgetIfEmpty(group.path, runner)
      },
    })
  }

  /** An autoscaler changes the size without anybody's request. */
  #followSize(path: string, { group }: GroupRunner): void {
    const record = this.#groups.get(path)
    const { targetSize } = group.spec
    if (!record || group.deleting || record.config['targetSize'] === targetSize) return
    // Percentages of the update policy are counted anew.
    this.configure(record, { ...record.config, targetSize })
  }

  #forgetIfEmpty(path: string, runner: GroupRunner): void {
    if (!runner.group.deleting || runner.group.instances.length > 0) return
    if (this.#groups.get(path)?.runner !== runner) return
    this.#groups.delete(path)
    runner.stop()
    this.#onEmpty.get(path)?.()
    this.#onEmpty.delete(path)
  }
}
