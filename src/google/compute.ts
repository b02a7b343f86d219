import { asList, asNumber, asRecord, asText, type JsonRecord, parseJson } from '../lib/json.ts'
import type { GoogleClient } from './client.ts'
import { type ChangeOutcome, changeCompute } from './operations.ts'

export interface InstanceTemplate {
  readonly name: string
  readonly selfLink: string
  readonly description: string
  readonly properties: JsonRecord
}

export interface GroupVersion {
  readonly name: string
  readonly instanceTemplate: string
}

export interface InstanceGroup {
  readonly fingerprint: string
  readonly targetSize: number
  readonly versions: readonly GroupVersion[]
  readonly isStable: boolean
  readonly isVersionTargetReached: boolean
  readonly hasHealthCheck: boolean
}

export interface ManagedInstance {
  readonly name: string
  /** Another one when a VM of the same name was recreated. */
  readonly id: string
  readonly zone: string
  readonly currentAction: string
  readonly instanceStatus: string
  /** The version it is meant to have; not proof of what runs. */
  readonly versionName: string
  readonly healthStates: readonly string[]
  readonly lastErrors: readonly string[]
}

export interface ComputeScope {
  readonly projectId: string
  readonly region: string
}

/** Instance templates, groups and instances of one project and region. */
export class Compute {
  readonly #google: GoogleClient
  readonly #projectId: string
  readonly #regionPath: string

  constructor(google: GoogleClient, scope: ComputeScope) {
    this.#google = google
    this.#projectId = scope.projectId
    this.#regionPath = `projects/${scope.projectId}/regions/${scope.region}`
  }

  async fetchTemplate(name: string): Promise<InstanceTemplate | undefined> {
    const answer = await this.#google.request({
      service: 'compute',
      method: 'GET',
      path: `${this.#regionPath}/instanceTemplates/${name}`,
      purpose: `read the instance template ${name}`,
      accept: [404],
    })
    if (answer.status === 404) return undefined
    const template = asRecord(answer.json)
    return {
      name,
      selfLink: asText(template['selfLink']),
      description: asText(template['description']),
      properties: asRecord(template['properties']),
    }
  }

  /** Creates a template; one of the same name that is already there is left as it is. */
  async ensureTemplate(template: Omit<InstanceTemplate, 'selfLink'>): Promise<void> {
    await changeCompute(this.#google, {
      method: 'POST',
      path: `${this.#regionPath}/instanceTemplates`,
      body: template,
      purpose: `create the instance template ${template.name}`,
      accept: [409],
    })
  }

  async fetchGroup(group: string): Promise<InstanceGroup> {
    const answer = await this.#google.request({
      service: 'compute',
      method: 'GET',
      path: this.#groupPath(group),
      purpose: `read the instance group ${group}`,
    })
    return readGroup(asRecord(answer.json))
  }

  /** All VMs of the group; most groups give them in one page, which is Google's default here. */
  async listManagedInstances(group: string): Promise<readonly ManagedInstance[]> {
    const instances: ManagedInstance[] = []
    let pageToken = ''
    do {
      const answer = await this.#google.request({
        service: 'compute',
        method: 'POST',
        path: `${this.#groupPath(group)}/listManagedInstances`,
        ...(pageToken !== '' && { query: { pageToken } }),
        purpose: `list the VMs of the instance group ${group}`,
      })
      const page = asRecord(answer.json)
      for (const item of asList(page['managedInstances'])) {
        instances.push(readManagedInstance(asRecord(item)))
      }
      pageToken = asText(page['nextPageToken'])
    } while (pageToken !== '')
    return instances
  }

  /**
   * Makes `version` the group's only one. A group that someone changed since `fingerprint` was read
   * refuses with 412, which is an answer here.
   */
  async patchVersion(
    group: string,
    version: GroupVersion,
    fingerprint: string
  ): Promise<ChangeOutcome> {
    return changeCompute(this.#google, {
      method: 'PATCH',
      path: this.#groupPath(group),
      body: { fingerprint, versions: [version] },
      purpose: `roll the instance group ${group} to release ${version.name}`,
      accept: [412],
    })
  }

  /** The JSON value of one guest attribute, or undefined while the VM has not written it. */
  async fetchGuestAttribute(
    instance: Pick<ManagedInstance, 'name' | 'zone'>,
    queryPath: string
  ): Promise<unknown> {
    const answer = await this.#google.request({
      service: 'compute',
      method: 'GET',
      path: `projects/${this.#projectId}/zones/${instance.zone}/instances/${instance.name}/getGuestAttributes`,
      query: { queryPath },
      purpose: `read what VM ${instance.name} reports`,
      accept: [404],
    })
    const items = asList(asRecord(asRecord(answer.json)['queryValue'])['items'])
    return parseJson(asText(asRecord(items[0])['value']))
  }

  /** The external address of a VM, else its internal one; undefined when the VM is gone. */
  async fetchAddress(
    instance: Pick<ManagedInstance, 'name' | 'zone'>
  ): Promise<string | undefined> {
    const answer = await this.#google.request({
      service: 'compute',
      method: 'GET',
      path: `projects/${this.#projectId}/zones/${instance.zone}/instances/${instance.name}`,
      purpose: `read the VM ${instance.name}`,
      accept: [404],
    })
    const card = asRecord(asList(asRecord(answer.json)['networkInterfaces'])[0])
    const external = asText(asRecord(asList(card['accessConfigs'])[0])['natIP'])
    return external || asText(card['networkIP']) || undefined
  }

  #groupPath(group: string): string {
    return `${this.#regionPath}/instanceGroupManagers/${group}`
  }
}

// A boolean that is missing reads as false: gcloud's own wait takes it for true and ends too early.
function readGroup(group: JsonRecord): InstanceGroup {
  const status = asRecord(group['status'])
  return {
    fingerprint: asText(group['fingerprint']),
    targetSize: asNumber(group['targetSize']) ?? 0,
    versions: asList(group['versions']).map((item) => {
      const version = asRecord(item)
      return {
        name: asText(version['name']),
        instanceTemplate: asText(version['instanceTemplate']),
      }
    }),
    isStable: status['isStable'] === true,
    isVersionTargetReached: asRecord(status['versionTarget'])['isReached'] === true,
    hasHealthCheck: asList(group['autoHealingPolicies']).some(
      (policy) => asText(asRecord(policy)['healthCheck']) !== ''
    ),
  }
}

function readManagedInstance(item: JsonRecord): ManagedInstance {
  const [, zone = '', name = ''] =
    /zones\/([^/]+)\/instances\/([^/]+)$/.exec(asText(item['instance'])) ?? []
  return {
    name: name || asText(item['name']),
    id: asText(item['id']),
    zone,
    currentAction: asText(item['currentAction']),
    instanceStatus: asText(item['instanceStatus']),
    versionName: asText(asRecord(item['version'])['name']),
    healthStates: asList(item['instanceHealth']).map((health) =>
      asText(asRecord(health)['detailedHealthState'])
    ),
    lastErrors: asList(asRecord(asRecord(item['lastAttempt'])['errors'])['errors']).map((error) => {
      const { code, message } = asRecord(error)
      return `${asText(code)}: ${asText(message)}`
    }),
  }
}
