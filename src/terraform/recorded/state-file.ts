import { ActionError } from '../../errors.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import { asList, asRecord, asText, isRecord, type JsonRecord, parseJson } from '../../lib/json.ts'
import { stateName } from '../last-outputs.ts'
import { outputValues } from '../plan.ts'

/** One resource as the last apply, or the last refresh, wrote it down. */
export interface RecordedResource {
  /** `module.compute.google_x.main`, without index. */
  readonly address: string
  readonly type: string
  readonly attributes: JsonRecord
  /** Addresses of what it was made of. */
  readonly dependencies: readonly string[]
}

/** What terraform remembers of a service. */
export interface RecordedState {
  readonly outputs: JsonRecord
  /** Without data sources, which are nothing of one's own. */
  readonly resources: readonly RecordedResource[]
}

/**
 * Terraform's memory, read without terraform, once. Undefined where it never applied anything.
 *
 * @throws ActionError TERRAFORM_FAILED for a state that is none; GCP_* as `ObjectStore.read` does
 */
export async function readStateFile(
  store: ObjectStore,
  prefix: string
): Promise<RecordedState | undefined> {
  const name = stateName(prefix)
  const found = await store.read(name)
  if (found === undefined) return undefined
  const state = parseJson(found.text)
  if (!isRecord(state)) throw damaged(store.url(name))
  const { outputs, resources } = state
  return {
    outputs: outputValues(asRecord(outputs)),
    resources: asList(resources).map(asRecord).filter(isManaged).flatMap(readResource),
  }
}

const GROUP_TYPES: ReadonlySet<string> = new Set([
  'google_compute_region_instance_group_manager',
  'google_compute_instance_group_manager',
])

/** The recorded group of that name or id; the only one there is where no output names one. */
export function findGroup(
  { resources }: RecordedState,
  reference: string
): RecordedResource | undefined {
  const groups = resources.filter(({ type }) => GROUP_TYPES.has(type))
  if (reference === '') return groups.length === 1 ? groups[0] : undefined
  const name = reference.slice(reference.lastIndexOf('/') + 1)
  return groups.find(({ attributes }) => attributes['name'] === name)
}

/** The id of the template that terraform itself put the group on: what is destroyed only after it. */
export function templateBelow(
  { resources }: RecordedState,
  group: RecordedResource
): string | undefined {
  const below = resources.find(
    ({ type, address }) =>
      type.endsWith('_instance_template') && group.dependencies.includes(address)
  )
  return asText(below?.attributes['id']) || undefined
}

function isManaged({ mode }: JsonRecord): boolean {
  return mode === 'managed'
}

function readResource(resource: JsonRecord): readonly RecordedResource[] {
  const type = asText(resource['type'])
  const module = asText(resource['module'])
  const address = `${module && `${module}.`}${type}.${asText(resource['name'])}`
  return asList(resource['instances'])
    .map(asRecord)
    .map((instance) => ({
      address,
      type,
      attributes: asRecord(instance['attributes']),
      dependencies: asList(instance['dependencies']).map(asText),
    }))
}

function damaged(url: string): ActionError {
  return new ActionError('TERRAFORM_FAILED', `The state ${url} is no JSON object.`, {
    hint: `Put back an earlier version: \`gcloud storage ls --all-versions ${url}\` lists them, \`gcloud storage cp ${url}#GENERATION ${url}\` restores one.`,
  })
}
