import { asList, asRecord, asText, type JsonRecord, parseJson } from '../lib/json.ts'
import type { GoogleAnswer, GoogleClient, GoogleRequest } from './client.ts'
import { type Deletion, deleteResource } from './compute/deletion.ts'
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
import {
  type ListedTemplate,
  readListedTemplate,
  TEMPLATE_LIST_FIELDS,
} from './compute/template-list.ts'
import { type ChangeOutcome, changeCompute } from './operations.ts'

export interface InstanceTemplate {
  readonly name: string
  readonly selfLink: string
  readonly description: string
  readonly properties: JsonRecord
}

/**
 * Exactly what is read of them: a thousand VMs fill a quarter of a megabyte so, and twice as much
 * otherwise (https://cloud.google.com/compute/docs/api/how-tos/performance).
 */
const INSTANCE_FIELDS =
  'nextPageToken,managedInstances(name,instance,id,currentAction,instanceStatus,version/name,' +
  'instanceHealth/detailedHealthState,' +
  'lastAttempt/errors/errors(code,message,errorDetails/errorInfo))'
const USED_FIELDS = 'nextPageToken,managedInstances/version/instanceTemplate'
const ERROR_FIELDS =
  'nextPageToken,items(error,timestamp,instanceActionDetails(instance,version/name))'
/** The most that Google gives at once. */
const ERRORS_PER_PAGE = '500'
/**
 * In which order they come is nowhere said, so the newest may stand on the last page. Where a
 * thousand VMs have failed more than once each, the rest says nothing that these do not say.
 */
const MAX_ERROR_PAGES = 4

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
    return readTemplate(name.slice(name.lastIndexOf('/') + 1), asRecord(answer.json))
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

  /** The region's templates whose whole name matches `pattern` (RE2). */
  async listTemplates(pattern: string): Promise<readonly ListedTemplate[]> {
    const { projectId, region } = this.#scope
    const templates: ListedTemplate[] = []
    const pages = this.#pages({
      method: 'GET',
      path: `projects/${projectId}/regions/${region}/instanceTemplates`,
      query: {
        filter: `name eq "${pattern}"`,
        fields: TEMPLATE_LIST_FIELDS,
        prettyPrint: 'false',
      },
      purpose: `list the instance templates of ${region}`,
    })
    for await (const page of pages) {
      for (const item of asList(page['items'])) templates.push(readListedTemplate(asRecord(item)))
    }
    return templates
  }

  /**
   * The region's templates whose whole name matches `pattern` (RE2), of their properties the metadata
   * alone. The scripts in it fill pages: for what is asked seldom.
   */
  async listTemplateMetadata(pattern: string): Promise<readonly InstanceTemplate[]> {
    const { projectId, region } = this.#scope
    const templates: InstanceTemplate[] = []
    const pages = this.#pages({
      method: 'GET',
      path: `projects/${projectId}/regions/${region}/instanceTemplates`,
      query: {
        filter: `name eq "${pattern}"`,
        fields: 'nextPageToken,items(name,selfLink,description,properties/metadata/items)',
        prettyPrint: 'false',
      },
      purpose: `list the secrets that releases in ${region} name`,
    })
    for await (const page of pages) {
      for (const item of asList(page['items']).map(asRecord))
        templates.push(readTemplate(asText(item['name']), item))
    }
    return templates
  }

  /** Deletes a template; one that a group or a VM of it uses is refused by Google, and stays. */
  async deleteTemplate(name: string): Promise<Deletion> {
    const path = templatePath(name, this.#scope)
    return deleteResource(this.#google, { path, purpose: `delete the instance template ${name}` })
  }

  async fetchGroup(group: string): Promise<InstanceGroup> {
    return readGroup(asRecord((await this.#askForGroup(group)).json))
  }

  /** Undefined where there is no such group (yet). */
  async findGroup(group: string): Promise<InstanceGroup | undefined> {
    const answer = await this.#askForGroup(group, [404])
    return answer.status === 404 ? undefined : readGroup(asRecord(answer.json))
  }

  #askForGroup(group: string, accept: readonly number[] = []): Promise<GoogleAnswer> {
    return this.#google.request({
      service: 'compute',
      method: 'GET',
      path: groupPath(group, this.#scope),
      purpose: `read the instance group ${groupName(group)}`,
      accept,
    })
  }

  /** All VMs of the group; most groups give them in one page, which is Google's default here. */
  async listManagedInstances(group: string): Promise<readonly ManagedInstance[]> {
    const instances: ManagedInstance[] = []
    const pages = this.#pages({
      method: 'POST',
      path: `${groupPath(group, this.#scope)}/listManagedInstances`,
      query: { fields: INSTANCE_FIELDS, prettyPrint: 'false' },
      purpose: `list the VMs of the instance group ${groupName(group)}`,
    })
    for await (const page of pages) {
      for (const item of asList(page['managedInstances']))
        instances.push(readManagedInstance(asRecord(item)))
    }
    return instances
  }

  /** Links of the templates that VMs of the group are made of, or are about to be. */
  async listUsedTemplates(group: string): Promise<readonly string[]> {
    const links: string[] = []
    const pages = this.#pages({
      method: 'POST',
      path: `${groupPath(group, this.#scope)}/listManagedInstances`,
      query: { fields: USED_FIELDS, prettyPrint: 'false' },
      purpose: `list the templates that VMs of the instance group ${groupName(group)} use`,
    })
    for await (const page of pages) {
      for (const item of asList(page['managedInstances']))
        links.push(asText(asRecord(asRecord(item)['version'])['instanceTemplate']))
    }
    return links
  }

  /**
   * What the group could not do lately, as far as 2,000 entries tell it; it goes on trying, so an old
   * error may be overcome by now.
   */
  async listErrors(group: string): Promise<readonly GroupError[]> {
    const errors: GroupError[] = []
    const pages = this.#pages({
      method: 'GET',
      path: `${groupPath(group, this.#scope)}/listErrors`,
      query: { fields: ERROR_FIELDS, prettyPrint: 'false', maxResults: ERRORS_PER_PAGE },
      purpose: `list the errors of the instance group ${groupName(group)}`,
    })
    let count = 0
    for await (const page of pages) {
      for (const item of asList(page['items'])) errors.push(readGroupError(asRecord(item)))
      count += 1
      if (count === MAX_ERROR_PAGES) break
    }
    return errors
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

  /** Page after page of a list, each asked for only when it is wanted. */
  async *#pages(list: Omit<GoogleRequest, 'service'>): AsyncGenerator<JsonRecord> {
    let pageToken = ''
    do {
      const query = { ...list.query, ...(pageToken !== '' && { pageToken }) }
      const answer = await this.#google.request({ ...list, service: 'compute', query })
      const page = asRecord(answer.json)
      yield page
      pageToken = asText(page['nextPageToken'])
    } while (pageToken !== '')
  }
}

function readTemplate(name: string, template: JsonRecord): InstanceTemplate {
  return {
    name,
    selfLink: asText(template['selfLink']),
    description: asText(template['description']),
    properties: asRecord(template['properties']),
  }
}
