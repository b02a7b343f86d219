import { GoogleError } from '../errors.ts'
import type { Project } from '../project.ts'
import { entityNotFound, isObject, type JsonObject, objectOf, textOf, textsOf } from '../route.ts'
import { isCondition, isExpression } from './condition.ts'
import type { Federation } from './pools.ts'

const ID = /^[a-z0-9][a-z0-9-]{2,30}[a-z0-9]$/

/** Workload identity pools and their providers as IAM's API knows them; keeps the federation in step. */
export class IdentityPools {
  readonly #project: Project
  readonly #federation: Federation
  readonly #resources = new Map<string, JsonObject>()

  constructor(project: Project, federation: Federation) {
    this.#project = project
    this.#federation = federation
  }

  /** `projects/NUMBER/locations/global/workloadIdentityPools/POOL[/providers/PROVIDER]`. */
  nameOf(pool: string, provider?: string): string {
    const parent = `projects/${this.#project.number}/locations/global/workloadIdentityPools/${pool}`
    return provider === undefined ? parent : `${parent}/providers/${provider}`
  }

  /** @throws GoogleError 404 */
  get(name: string): JsonObject {
    const resource = this.#resources.get(name)
    if (resource) return resource
    throw entityNotFound()
  }

  /** The pools, or the providers of one pool. */
  list(pool?: string): readonly JsonObject[] {
    const prefix = pool === undefined ? this.nameOf('') : `${this.nameOf(pool)}/providers/`
    const names = [...this.#resources.keys()].filter(
      (name) => name.startsWith(prefix) && !name.slice(prefix.length).includes('/')
    )
    return names.sort().map((name) => this.get(name))
  }

  /** @throws GoogleError 400 for a bad id or provider, 409 when the id is, or was lately, in use. */
  create(name: string, fields: JsonObject): JsonObject {
    const id = name.slice(name.lastIndexOf('/') + 1)
    if (!ID.test(id)) throw new GoogleError(400, `Invalid id "${id}": 4 to 32 of [a-z0-9-].`)
    const parent = /^(.*)\/providers\//.exec(name)?.[1]
    if (parent !== undefined) this.get(parent)
    if (this.#resources.has(name)) throw new GoogleError(409, 'Requested entity already exists')
    return this.#save({ ...fields, name, state: 'ACTIVE' })
  }

  update(name: string, fields: JsonObject): JsonObject {
    return this.#save({ ...this.get(name), ...fields })
  }

  /** A deleted one can be brought back for 30 days; its id stays taken so long. */
  setDeleted(name: string, deleted: boolean): JsonObject {
    return this.#save({ ...this.get(name), state: deleted ? 'DELETED' : 'ACTIVE' })
  }

  #save(resource: JsonObject): JsonObject {
    const name = String(resource['name'])
    if (name.includes('/providers/')) checkProvider(resource)
    this.#resources.set(name, resource)
    for (const [other, fields] of this.#resources) {
      if (other.includes('/providers/')) this.#admitBy(other, fields)
    }
    return resource
  }

  #admitBy(name: string, fields: JsonObject): void {
    const pool = this.#resources.get(name.replace(/\/providers\/.*$/, ''))
    const usable = [pool, fields].every(
      (resource) => resource?.['state'] === 'ACTIVE' && resource['disabled'] !== true
    )
    this.#federation.add({
      name,
      issuer: textOf(objectOf(fields, 'oidc'), 'issuerUri') ?? '',
      audiences: textsOf(objectOf(fields, 'oidc'), 'allowedAudiences'),
      mapping: mappingOf(fields),
      condition: textOf(fields, 'attributeCondition') ?? '',
      disabled: !usable,
    })
  }
}

function mappingOf(fields: JsonObject): Readonly<Record<string, string>> {
  const entries = Object.entries(objectOf(fields, 'attributeMapping'))
  return Object.fromEntries(entries.map(([target, source]) => [target, String(source)]))
}

function checkProvider(fields: JsonObject): void {
  if (!isObject(fields['oidc'])) throw new GoogleError(400, 'The provider must have an OIDC part.')
  const mapping = mappingOf(fields)
  if (!mapping['google.subject']) {
    throw new GoogleError(400, 'The attribute mapping must have an entry for google.subject.')
  }
  const wrong = Object.entries(mapping).find(([, source]) => !isExpression(source))
  if (wrong) throw new GoogleError(400, `Invalid mapping for ${wrong[0]}: ${wrong[1]}`)
  // Anybody on GitHub could come in otherwise, so Google insists on a condition for its issuer.
  const condition = textOf(fields, 'attributeCondition') ?? ''
  if (!isCondition(condition)) {
    throw new GoogleError(
      400,
      "The attribute condition must reference one of the provider's claims. For more information, see https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines#conditions"
    )
  }
}
