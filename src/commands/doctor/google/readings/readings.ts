import type { GoogleClient } from '../../../../google/client.ts'
import { groupPath } from '../../../../google/compute/group-reference.ts'
import type { ObjectStore } from '../../../../google/object-store.ts'
import type { Config } from '../../../../inputs.ts'
import { asList, asRecord, asText, type JsonRecord } from '../../../../lib/json.ts'
import { once } from '../../../../lib/once.ts'
import { readLastOutputs } from '../../../../terraform/last-outputs.ts'
import { type EnabledApis, readEnabledApis } from './apis.ts'
import { find, heldIn, refuse, test } from './asking.ts'
import { type Names, namesOf } from './names.ts'

/** One binding of a policy: a role and who has it. */
export interface Binding {
  readonly role: string
  readonly members: readonly string[]
  readonly isConditional: boolean
}

/** What Google says, each asked at most once however many checks want it. They throw ActionError GCP_*. */
export interface Readings {
  /** `inaccessible`: Google does not tell a project that is not there from one that is not ours. */
  project(): Promise<JsonRecord | 'inaccessible'>
  billing(): Promise<JsonRecord>
  apis(): Promise<EnabledApis>
  /** Permissions in the whole project. */
  held(): Promise<ReadonlySet<string>>
  projectPolicy(): Promise<readonly Binding[]>
  bucket(): Promise<JsonRecord | undefined>
  bucketHeld(): Promise<ReadonlySet<string>>
  /** Undefined: nobody can know them before the first apply. */
  names(): Promise<Names | undefined>
  /** Whether there is a group by now; where nobody can tell, the first deploy is taken to be still to come. */
  isBuilt(): Promise<boolean>
  /** The instance group manager. */
  group(): Promise<JsonRecord | undefined>
  repository(): Promise<JsonRecord | undefined>
  region(): Promise<JsonRecord | undefined>
  /** Compute Engine's view of the project, with the quotas that hold everywhere. */
  computeProject(): Promise<JsonRecord>
  machineType(zone: string): Promise<JsonRecord | undefined>
}

/** What is asked in one request has to be known before the first check asks. */
export interface ReadingParts {
  readonly google: GoogleClient
  readonly store: ObjectStore
  readonly config: Config
  /** Short names, such as `compute`. */
  readonly apis: readonly string[]
  /** At most 100, which is what one request may ask. */
  readonly permissions: readonly string[]
  readonly bucketPermissions: readonly string[]
}

/** Nothing is asked before somebody wants to know it. */
export function readingsOf(parts: ReadingParts): Readings {
  const { google, store, config } = parts
  const { projectId, region, name } = config
  // A state that cannot be read is for another check to say; the names are as they would be without.
  const outputs = () => readLastOutputs(store, name).catch(() => ({}))
  const names = once(async () => namesOf(config, await outputs()))
  const group = once(async () => {
    const group = (await names())?.group ?? name
    const path = groupPath(group, config)
    return find(google, { service: 'compute', path, purpose: `read the instance group ${name}` })
  })
  return {
    ...projectReadings(parts),
    ...bucketReadings(parts),
    ...placeReadings(parts),
    names,
    group,
    isBuilt: () =>
      group().then(
        (found) => found !== undefined,
        () => false
      ),
    repository: once(async () => {
      const id = (await names())?.repository ?? name
      const path = `projects/${projectId}/locations/${region}/repositories/${id}`
      return find(google, {
        service: 'artifactregistry',
        path,
        purpose: `read the repository ${id}`,
      })
    }),
  }
}

function projectReadings({
  google,
  config: { projectId },
  apis,
  permissions,
}: ReadingParts): Pick<Readings, 'project' | 'billing' | 'apis' | 'held' | 'projectPolicy'> {
  const path = `projects/${projectId}`
  const service = 'cloudresourcemanager'
  return {
    project: once(() => readProject(google, projectId)),
    billing: once(async () => {
      const purpose = `read who pays for project ${projectId}`
      const question = { service: 'cloudbilling', path: `${path}/billingInfo`, purpose } as const
      return (await find(google, question)) ?? {}
    }),
    apis: once(() => readEnabledApis(google, projectId, apis)),
    // Whoever may see nothing of a project holds nothing in it: no project is no failure here.
    held: once(async () => {
      const purpose = `test the permissions in project ${projectId}`
      return (await test(google, { service, path, purpose }, permissions)) ?? new Set()
    }),
    projectPolicy: once(async () => {
      const answer = await google.request({
        service,
        method: 'POST',
        path: `${path}:getIamPolicy`,
        // Older versions leave out the bindings that have a condition.
        body: { options: { requestedPolicyVersion: 3 } },
        purpose: `read the policy of project ${projectId}`,
      })
      return readBindings(answer.json)
    }),
  }
}

/** Who has which role, conditions being Google's to judge. */
export function readBindings(policy: unknown): readonly Binding[] {
  return asList(asRecord(policy)['bindings']).map((item) => {
    const binding = asRecord(item)
    return {
      role: asText(binding['role']),
      members: asList(binding['members']).map(asText),
      isConditional: 'condition' in binding,
    }
  })
}

async function readProject(
  google: GoogleClient,
  projectId: string
): Promise<JsonRecord | 'inaccessible'> {
  const question = {
    service: 'cloudresourcemanager',
    path: `projects/${projectId}`,
    purpose: `read the project ${projectId}`,
  } as const
  const answer = await google.request({ ...question, method: 'GET', accept: [403, 404] })
  if (answer.status === 200) return asRecord(answer.json)
  // Only the API being off is another matter.
  return answer.text.includes('SERVICE_DISABLED')
    ? refuse(google, question, answer)
    : 'inaccessible'
}

function bucketReadings({
  google,
  config: { stateBucket },
  bucketPermissions,
}: ReadingParts): Pick<Readings, 'bucket' | 'bucketHeld'> {
  const path = `b/${stateBucket}`
  const purpose = `read the settings of the bucket ${stateBucket}`
  const wanted = bucketPermissions.map((permission) => `permissions=${permission}`).join('&')
  return {
    bucket: once(() => find(google, { service: 'storage', path, purpose })),
    bucketHeld: once(async () =>
      heldIn(
        await google.request({
          service: 'storage',
          method: 'GET',
          path: `${path}/iam/testPermissions?${wanted}`,
          purpose: `test the permissions on the bucket ${stateBucket}`,
        })
      )
    ),
  }
}

function placeReadings({
  google,
  config: { projectId, region, machineType },
}: ReadingParts): Pick<Readings, 'region' | 'computeProject' | 'machineType'> {
  const service = 'compute'
  const types = new Map<string, () => Promise<JsonRecord | undefined>>()
  const readType = (zone: string) => {
    const path = `projects/${projectId}/zones/${zone}/machineTypes/${machineType}`
    return once(() =>
      find(google, { service, path, purpose: `look for ${machineType} in ${zone}` })
    )
  }
  return {
    // Google calls a region that it does not know invalid, or not found.
    region: once(async () => {
      const path = `projects/${projectId}/regions/${region}`
      const purpose = `read the region ${region}`
      const answer = await google.request({
        service,
        method: 'GET',
        path,
        purpose,
        accept: [400, 404],
      })
      return answer.status === 200 ? asRecord(answer.json) : undefined
    }),
    computeProject: once(async () => {
      const purpose = `read the quotas of project ${projectId}`
      return (await find(google, { service, path: `projects/${projectId}`, purpose })) ?? {}
    }),
    machineType: (zone) => {
      const reading = types.get(zone) ?? readType(zone)
      types.set(zone, reading)
      return reading()
    },
  }
}
