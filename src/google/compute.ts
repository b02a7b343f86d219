import { asList, asRecord, asText, type JsonRecord, parseJson } from '../lib/json.ts'
import type { GoogleClient } from './client.ts'
import {
  type GroupError,
  type GroupVersion,
  type InstanceGroup,
  type ManagedInstance,
  readGroup,
  readGroupError,
  readManagedInstance,
} from './compute/group.ts'
import { type ComputeScope, groupName, groupPath, templatePath } from './compute/group-reference.ts'
import { type ChangeOutcome, changeCompute } from './operations.ts'

export interface InstanceTemplate {
  readonly name: string
  readonly selfLink: string
  readonly description: string
  readonly properties: JsonRecord
}

// Google gives 500 at most, which is far more than a verdict needs.
const MAX_ERRORS = '500'

/**
 * Instance templates, groups and instances of one project. A template or group that is given by its
 * plain name is one of the region; ids and URLs may name zonal groups and global templates too.
 */
export class Compute {
  readonly #google: GoogleClient
  readonly #scope: ComputeScope

  constructor(google: GoogleClient, scope: ComputeScope) {
    this.#google = google
    this.#scope = scope
  }

  async fetchTemplate(name: string): Promise<InstanceTemplate | undefined> {
    const answer = await this.#google.request({
      service: 'compute',
      method: 'GET',
      path: templatePath(name, this.#scope),
      purpose: `read the instance template ${name}`,
      accept: [404],
    })
    if (answer.status === 404) return undefined
    const template = asRecord(answer.json)
    return {
      name: name.slice(name.lastIndexOf('/') + 1),
      selfLink: asText(template['selfLink']),
      description: asText(template['description']),
      properties: asRecord(template['properties']),
    }
  }

  /** Creates a template; one of the same name that is already there is left as it is. */
  async ensureTemplate(template: Omit<InstanceTemplate, 'selfLink'>): Promise<void> {
    const { projectId, region } = this.#scope
    await changeCompute(this.#google, {
      method: 'POST',
      path: `projects/${projectId}/regions/${region}/instanceTemplates`,
      body: template,
      purpose: `create the instance template ${template.name}`,
      accept: [409],
    })
  }

  async fetchGroup(group: string): Promise<InstanceGroup> {
    const answer = await this.#google.request({
      service: 'compute',
      method: 'GET',
      path: groupPath(group, this.#scope),
      purpose: `read the instance group ${groupName(group)}`,
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
        path: `${groupPath(group, this.#scope)}/listManagedInstances`,
        ...(pageToken !== '' && { query: { pageToken } }),
        purpose: `list the VMs of the instance group ${groupName(group)}`,
      })
      const page = asRecord(answer.json)
      for (const item of asList(page['managedInstances'])) {
        instances.push(readManagedInstance(asRecord(item)))
      }
      pageToken = asText(page['nextPageToken'])
    } while (pageToken !== '')
    return instances
  }

  /** What the group could not do lately; it goes on trying, so an old error may be overcome by now. */
  async listErrors(group: string): Promise<readonly GroupError[]> {
    const answer = await this.#google.request({
      service: 'compute',
      method: 'GET',
      path: `${groupPath(group, this.#scope)}/listErrors`,
      query: { maxResults: MAX_ERRORS },
      purpose: `list the errors of the instance group ${groupName(group)}`,
    })
    return asList(asRecord(answer.json)['items']).map((item) => readGroupError(asRecord(item)))
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
      path: groupPath(group, this.#scope),
      body: { fingerprint, versions: [version] },
      purpose: `roll the instance group ${groupName(group)} to release ${version.name}`,
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
      path: `projects/${this.#scope.projectId}/zones/${instance.zone}/instances/${instance.name}/getGuestAttributes`,
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
      path: `projects/${this.#scope.projectId}/zones/${instance.zone}/instances/${instance.name}`,
      purpose: `read the VM ${instance.name}`,
      accept: [404],
    })
    const card = asRecord(asList(asRecord(answer.json)['networkInterfaces'])[0])
    const external = asText(asRecord(asList(card['accessConfigs'])[0])['natIP'])
    return external || asText(card['networkIP']) || undefined
  }
}
