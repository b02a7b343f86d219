import { planFromProvider } from '../plan/customize.ts'
import type { PlanRules } from '../plan/rules.ts'
import { IncompleteError, type ResourceType } from '../resource-type.ts'
import type { Block } from '../schema.ts'
import { isNotFound } from '../session/api-error.ts'
import type { Api } from '../session/endpoints.ts'
import type { Session } from '../session/session.ts'
import { type Diagnostic, ProviderError } from '../wire/diagnostics.ts'
import type { Fields } from '../wire/values.ts'
import { type Change, describeFailure, perform, timeoutOf } from './calls.ts'
import { type CodecRules, changedFields, encodeFields } from './codec.ts'
import { readFields, withMaps } from './state.ts'
import { expand, parseId, placeholders, resolve } from './template.ts'

/** What a mapping function may ask for beyond the value itself. */
export interface MappingContext {
  readonly fields: Fields
  readonly session: Session
}

/** One Google resource as data: where it lives and how its JSON differs from the schema. */
export interface RestMapping {
  readonly api: Api
  /** As the real provider names it in messages: "Network". */
  readonly title: string
  /** Its words where they do not follow the pattern of the generated resources. */
  readonly words?: {
    readonly creating?: string
    readonly updating?: string
    readonly reading?: string
  }
  /** URL template of the collection, relative to the API. */
  readonly collection: string
  /** The field with the last segment of the URL; `name` unless said otherwise. */
  readonly nameField?: string
  /** Query parameter that carries the name on creation, where the body does not. */
  readonly nameParameter?: string
  /** Query template of creation, where it takes another parameter than the name. */
  readonly creationQuery?: string
  /** The Terraform id where it is not the path. */
  readonly id?: string
  readonly importIds: readonly string[]
  readonly codec?: CodecRules
  /** How changes are sent: changed fields, changed fields with a mask, the whole, or not at all. */
  readonly update: 'PATCH' | 'PATCH-mask' | 'PUT' | 'none'
  /** Changes go to the collection, with the name in this parameter. */
  readonly nameInChanges?: string
  readonly timeoutMs?: number
  /** Last touch on what is sent. */
  encode?(body: Fields, context: MappingContext): Fields | Promise<Fields>
  /** Where creation takes another body than a change. */
  encodeCreation?(body: Fields, context: MappingContext): Fields
  /** First touch on what was answered; null for what Google only remembers. */
  decode?(answer: Fields, context: MappingContext): Fields | null
  /** A change wants the fingerprint of the version that it changes. */
  readonly needsFingerprint?: boolean
  /** Provider-wide labels are added, but not the one that says who made the resource. */
  readonly unattributed?: boolean
  /** Makes the changes that have calls of their own; gives the API's names of what it saw to. */
  updateSpecially?(change: SpecialChange): Promise<readonly string[]>
  /** What creation leaves to a second call; `prior` is the resource as it was created. */
  afterCreation?(change: SpecialChange): Promise<unknown>
  /** Waits for what a finished operation does not promise; a failure leaves the resource tainted. */
  settle?(fields: Fields, path: string, session: Session): Promise<void>
  /** Fields that only this provider can know, such as a generated name. */
  prepare?(planned: Fields): Fields
  /** Refuses a deletion before Google is asked. */
  guardDeletion?(state: Fields): void
}

/** A change in place, for resources with more than one way to be changed. */
export interface SpecialChange {
  readonly planned: Fields
  readonly prior: Fields
  readonly session: Session
  readonly path: string
  readonly change: Change
}

/** What every resource type is made of besides its calls. */
export interface ResourceBasis {
  readonly block: Block
  readonly rules: PlanRules
  validate(config: Fields): readonly Diagnostic[]
}

// What the real provider puts before a title when it names what it was reading.
const PRODUCTS: Readonly<Record<Api, string>> = {
  artifactRegistry: 'ArtifactRegistry',
  compute: 'Compute',
  iam: 'IAM',
  iamBeta: 'IAMBeta',
  resourceManager: 'ResourceManager',
  secretManager: 'SecretManager',
  serviceUsage: 'ServiceUsage',
  storage: 'Storage ',
}

const DEFAULT_TIMEOUT_MS = 20 * 60_000

/** A resource type whose behaviour follows from its mapping. */
export class RestResource implements ResourceType {
  readonly block: Block
  readonly rules: PlanRules
  readonly schemaVersion = 0
  readonly #basis: ResourceBasis
  readonly #mapping: RestMapping

  constructor(basis: ResourceBasis, mapping: RestMapping) {
    this.#basis = basis
    this.#mapping = mapping
    this.block = basis.block
    this.rules = basis.rules
  }

  validate(config: Fields): readonly Diagnostic[] {
    return this.#basis.validate(config)
  }

  customize(planned: Fields, prior: Fields | undefined, session: Session): Fields {
    if (!this.#mapping.unattributed) return planFromProvider(planned, prior, session)
    const labels = { ...session.labels, attribution: 'none' } as const
    return planFromProvider(planned, prior, { ...session, labels })
  }

  async create(planned: Fields, session: Session): Promise<Fields> {
    const fields = this.#mapping.prepare?.(planned) ?? planned
    const { api, collection } = this.#mapping
    const path = expand(collection, fields, session) + this.#creationQuery(fields, session)
    const encoded = await this.#encode(fields, session)
    const body = this.#mapping.encodeCreation?.(encoded, { fields, session }) ?? encoded
    const change = this.change(fields, 'create')
    await perform(session, { api, method: 'POST', path, body }, change)
    await this.#finishCreation(fields, session, change)
    return this.#settled(fields, session, 'created')
  }

  async #finishCreation(planned: Fields, session: Session, change: Change): Promise<void> {
    if (!this.#mapping.afterCreation) return
    const prior = (await this.read(planned, session)) ?? planned
    const path = this.path(planned, session)
    await this.#mapping.afterCreation({ planned, prior, session, path, change })
  }

  async read(state: Fields, session: Session): Promise<Fields | null> {
    const path = this.path(state, session)
    try {
      const answer = await session.client.request({ api: this.#mapping.api, method: 'GET', path })
      return this.#decode(answer, state, session)
    } catch (error) {
      if (isNotFound(error)) return null
      const { api, title, words } = this.#mapping
      const subject = words?.reading ?? PRODUCTS[api] + title
      const failure = `Error when reading or editing ${subject} "${path}"`
      return describeFailure(failure, Promise.reject(error))
    }
  }

  async update(planned: Fields, prior: Fields, session: Session): Promise<Fields> {
    const path = this.path(prior, session)
    const change = this.change(planned, 'update')
    const done = await this.#mapping.updateSpecially?.({ planned, prior, session, path, change })
    await this.#sendChanges({ planned, prior, session, path, change }, done ?? [])
    return this.#settled(planned, session, 'updated')
  }

  async delete(state: Fields, session: Session): Promise<void> {
    this.#mapping.guardDeletion?.(state)
    const path = this.path(state, session)
    const { api } = this.#mapping
    try {
      await perform(session, { api, method: 'DELETE', path }, this.change(state, 'delete'))
    } catch (error) {
      if (!isNotFound(error instanceof Error ? error.cause : error)) throw error
    }
  }

  import(id: string, session: Session): Fields {
    const found = parseId([this.#idTemplate(), ...this.#mapping.importIds], id)
    if (!found) {
      const forms = this.#mapping.importIds.join(', ')
      throw new ProviderError(
        `Import id "${id}" doesn't match any of the accepted formats: ${forms}`
      )
    }
    return { ...found, id: expand(this.#idTemplate(), found, session) }
  }

  /** Where the resource lives, relative to its API. */
  path(fields: Fields, session: Session): string {
    return expand(this.#idTemplate(), fields, session)
  }

  /** The words and the patience for one step. */
  change(fields: Fields, step: 'create' | 'update' | 'delete'): Change {
    const { title, timeoutMs, words } = this.#mapping
    const id = step === 'update' ? ` "${String(fields['id'])}"` : ''
    const failures = {
      create: `Error creating ${words?.creating ?? title}`,
      update: `Error updating ${words?.updating ?? title + id}`,
      delete: `Error when reading or editing ${title}`,
    }
    const activities = { create: 'Creating', update: 'Updating', delete: 'Deleting' }
    return {
      failure: failures[step],
      activity: `${activities[step]} ${title}`,
      ...(step === 'create' && { waitFailure: `Error waiting to create ${title}` }),
      timeoutMs: timeoutOf(fields, step, timeoutMs ?? DEFAULT_TIMEOUT_MS),
    }
  }

  async #sendChanges(
    { planned, prior, session, path, change }: SpecialChange,
    done: readonly string[]
  ): Promise<void> {
    const { api, update } = this.#mapping
    if (update === 'none') return
    const whole = await this.#encode(planned, session)
    const changed = without(changedFields(await this.#encode(prior, session), whole), done)
    if (Object.keys(changed).length === 0) return
    const fingerprint = await this.#fingerprint(path, session)
    if (update === 'PUT') {
      const body = { ...whole, ...fingerprint }
      await perform(session, { api, method: 'PUT', path: this.#target(path, []), body }, change)
      return
    }
    const body = { ...changed, ...fingerprint }
    const target = this.#target(path, Object.keys(changed))
    await perform(session, { api, method: 'PATCH', path: target, body }, change)
  }

  #target(path: string, changed: readonly string[]): string {
    const { nameInChanges, update } = this.#mapping
    if (update === 'PATCH-mask') return `${path}?updateMask=${changed.join(',')}`
    if (!nameInChanges) return path
    const end = path.lastIndexOf('/')
    return `${path.slice(0, end)}?${nameInChanges}=${path.slice(end + 1)}`
  }

  async #settled(fields: Fields, session: Session, done: string): Promise<Fields> {
    const state = await this.read(fields, session)
    if (!state) throw new ProviderError(`${this.#mapping.title} vanished while being ${done}.`)
    if (!this.#mapping.settle) return state
    try {
      await this.#mapping.settle(fields, this.path(state, session), session)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new IncompleteError(reason, state, error)
    }
    return (await this.read(fields, session)) ?? state
  }

  // A fresh one: the state's may be older than somebody else's last change.
  async #fingerprint(path: string, session: Session): Promise<Fields> {
    if (!this.#mapping.needsFingerprint) return {}
    const now = await session.client.request({ api: this.#mapping.api, method: 'GET', path })
    return { fingerprint: now['fingerprint'] ?? null }
  }

  async #encode(fields: Fields, session: Session): Promise<Fields> {
    const body = encodeFields(this.block, withMaps(this.block, this.#mapping.codec ?? {}), fields)
    return this.#mapping.encode?.(body, { fields, session }) ?? body
  }

  #decode(answer: Fields, state: Fields, session: Session): Fields | null {
    const { decode } = this.#mapping
    const body = decode ? decode(answer, { fields: state, session }) : answer
    if (body === null) return null
    const fields = readFields(this.block, this.#mapping.codec ?? {}, body, state)
    const scope = placeholders(this.#idTemplate()).filter((name) => name in fields)
    return {
      ...fields,
      ...Object.fromEntries(scope.map((name) => [name, resolve(name, state, session)])),
      id: expand(this.#mapping.id ?? this.#idTemplate(), state, session),
    }
  }

  #creationQuery(fields: Fields, session: Session): string {
    const { creationQuery, nameField = 'name', nameParameter } = this.#mapping
    if (creationQuery) return `?${expand(creationQuery, fields, session)}`
    return nameParameter ? `?${nameParameter}=${resolve(nameField, fields, session)}` : ''
  }

  #idTemplate(): string {
    return `${this.#mapping.collection}/{{${this.#mapping.nameField ?? 'name'}}}`
  }
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}
