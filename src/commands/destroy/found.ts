import { ActionError } from '../../errors.ts'
import type { ImagePackage } from '../../google/artifact-registry.ts'
import { groupName, groupPath } from '../../google/compute/group-reference.ts'
import { askUnlessOff } from '../../google/inspection/api-off.ts'
import { type InspectedGroup, inspectGroup } from '../../google/inspection/group.ts'
import { listOwnSecrets } from '../../google/removal/secrets.ts'
import { imageRepository, releaseTag } from '../../image/reference.ts'
import type { Config } from '../../inputs.ts'
import { asText } from '../../lib/json.ts'
import { packageIn, packageOf } from '../../release/prune/release-tags.ts'
import {
  namePattern,
  type ReleaseTemplate,
  readReleaseTemplate,
} from '../../release/prune/release-template.ts'
import {
  findGroup,
  type RecordedState,
  readStateFile,
  templateBelow,
} from '../../terraform/recorded/state-file.ts'
import { countHistory } from './history.ts'
import type { Story } from './story.ts'

/** A tag, and the image that it is of. */
export interface PlacedTag {
  readonly of: ImagePackage
  readonly tag: string
}

/** The group, with what it can be put on that terraform deletes after it. */
export interface FoundGroup {
  /** Name, or id. */
  readonly reference: string
  readonly group: InspectedGroup
  readonly vms: number
  /** Undefined where the configuration lets nobody know. */
  readonly template: string | undefined
}

/** What there is of the service. */
export interface Found {
  readonly state: RecordedState | undefined
  readonly group: FoundGroup | undefined
  readonly templates: readonly ReleaseTemplate[]
  /** Names of templates that are called like releases and are none of this action's. */
  readonly strangers: readonly string[]
  readonly tags: readonly PlacedTag[]
  /** Short ids. */
  readonly secrets: readonly string[]
  /** Versions of ledger and state that are to go. */
  readonly historyCount: number
}

/**
 * Looks for everything of the service, and for nothing of others: releases by name, label and
 * description, secrets by their labels, the group by terraform's own record.
 *
 * @throws ActionError GCP_*; DESTROY_FAILED for a group of ours that terraform does not know, and for
 * one that it knows in another region or project
 */
export async function findAll(story: Story): Promise<Found> {
  const { config, ports } = story
  const { name, projectId } = config
  const { google } = ports
  const ifOn = <T>(service: 'compute' | 'secretmanager', ask: () => Promise<T>, whenOff: T) =>
    askUnlessOff(google, { service, projectId, ask, whenOff })
  const state = readStateFile(ports.store, name)
  const listing = ifOn('compute', () => ports.compute.listTemplates(namePattern(name)), [])
  const finding = Promise.all([
    state,
    listing,
    state.then((known) => ifOn('compute', () => findLiveGroup(story, known), undefined)),
    ifOn('secretmanager', () => listOwnSecrets(google, { projectId, service: name }), []),
    config.deleteHistory ? countHistory(story) : 0,
  ])
  const [known, listed, group, secrets, historyCount] = await finding
  const templates = listed.flatMap((template) => readReleaseTemplate(name, template) ?? [])
  const own = new Set(templates.map((template) => template.name))
  const strangers = listed.map((template) => template.name).filter((found) => !own.has(found))
  const tags = await findTags(story, known, templates)
  return { state: known, group, templates, strangers, tags, secrets, historyCount }
}

async function findLiveGroup(
  { config, ports }: Story,
  state: RecordedState | undefined
): Promise<FoundGroup | undefined> {
  const recorded = state && findGroup(state, asText(state.outputs['group_name']))
  const reference = asText(recorded?.attributes['id']) || config.name
  if (recorded !== undefined) refuseElsewhere(config, reference)
  const group = await inspectGroup(ports.google, config, reference)
  if (group === undefined) return undefined
  if (state === undefined || recorded === undefined) {
    if (isOurs(config.name, group)) throw unknownToTerraform(config, group)
    return undefined
  }
  const vms = (await ports.compute.listManagedInstances(reference)).length
  const base = asText(state.outputs['base_template_name']) || undefined
  return { reference, group, vms, template: templateBelow(state, recorded) ?? base }
}

// The releases lie where the inputs say: with a wrong region they would stay, and be called gone.
function refuseElsewhere(config: Config, recorded: string): void {
  const { name, projectId, region, stateBucket } = config
  const path = groupPath(recorded, config)
  const [, project = '', place = ''] = /^projects\/([^/]+)\/[^/]+\/([^/]+)\//.exec(path) ?? []
  // A zone is called like its region, and a letter.
  if (project === projectId && place.replace(/-[a-z]$/, '') === region) return
  throw new ActionError(
    'DESTROY_FAILED',
    `This job names ${region} of project ${projectId}, but the state gs://${stateBucket}/${name}/default.tfstate is of ${path}. Nothing was changed.`,
    {
      hint: 'Give the inputs "project_id" and "region" as the deploy did, or the right "state_bucket".',
    }
  )
}

/** A group that only bears the service's name is somebody else's. */
function isOurs(service: string, { versions }: InspectedGroup): boolean {
  const ours = new RegExp(`^${service}-(seed|base-[0-9]+|[0-9a-f]{12})$`)
  return versions.some(({ instanceTemplate }) => ours.test(groupName(instanceTemplate)))
}

// Whoever went on would leave VMs behind that cost money, and call everything gone.
function unknownToTerraform(
  { name, projectId, region, stateBucket }: Config,
  group: InspectedGroup
): ActionError {
  return new ActionError(
    'DESTROY_FAILED',
    `The instance group ${group.name} runs releases of ${name}, but terraform's state gs://${stateBucket}/${name}/default.tfstate does not know it. Nothing was changed.`,
    {
      hint: `Put back the state that knew it (gcloud storage ls --all-versions gs://${stateBucket}/${name}/default.tfstate), or delete the group by hand: gcloud compute instance-groups managed delete ${group.name} --region ${region} --project ${projectId}`,
    }
  )
}

/** `release-<id>`, and what somebody pinned: the image itself is to go. */
const RELEASE_TAG = /^release-[0-9a-f]{12}(-pinned)?$/

async function findTags(
  { config, ports, context }: Story,
  state: RecordedState | undefined,
  templates: readonly ReleaseTemplate[]
): Promise<readonly PlacedTag[]> {
  const { name, projectId } = config
  // Without either nothing was ever deployed, or all of it is gone.
  if (state === undefined && templates.length === 0) return []
  const place = { host: context.registryHost, projectId }
  const repositoryId = asText(state?.outputs['repository_id']) || name
  const own = packageIn(imageRepository(place.host, { projectId, repositoryId, name }), place)
  const listed = own === undefined ? [] : await ports.artifacts.listTags(own)
  const tags = listed.map((tag) => tag.name).filter((tag) => RELEASE_TAG.test(tag))
  // An image that was deployed from elsewhere in the project has its tag there.
  const elsewhere = templates.flatMap(({ id, image }) => {
    const of = packageOf(image, place)
    const isOwn = of?.repositoryId === own?.repositoryId && of?.image === own?.image
    return of === undefined || isOwn ? [] : [{ of, tag: releaseTag(id) }]
  })
  return [...(own ? tags.map((tag) => ({ of: own, tag })) : []), ...elsewhere]
}
