import { posix } from 'node:path'
import type { InstanceTemplate } from '../google/compute.ts'
import { asList, asNumber, asRecord, asText, type JsonRecord, parseJson } from '../lib/json.ts'

/** What a merge would do to the VMs. */
export interface RolloutPreview {
  readonly willRoll: boolean
  /** In words, each for itself; why not where it will not. */
  readonly because: readonly string[]
  readonly group: string
  readonly vms: number
  readonly strategy: 'surge' | 'recreate'
  /** How many rounds the group needs, as many VMs at a time as its policy lets it. */
  readonly steps: number
  /** The release that runs now; undefined when there is none. */
  readonly running?: string | undefined
}

export interface PreviewFacts {
  /** `terraform show -json` of the plan. */
  readonly plan: unknown
  readonly groupName: string
  /** The base template after the apply; undefined when the plan makes another one. */
  readonly baseTemplateName: string | undefined
  readonly running: RunningRelease | undefined
  /** How many files of the build context differ; undefined where nobody can tell. */
  readonly changedFiles: number | undefined
}

/** What a release's template says of itself. */
export interface RunningRelease {
  readonly id: string
  readonly baseTemplateName: string
  readonly vms: number
}

const GROUP_TYPES = new Set([
  'google_compute_region_instance_group_manager',
  'google_compute_instance_group_manager',
])

/** Pure. The image itself is not built for it: whether its files differ is taken for whether it does. */
export function previewRollout(facts: PreviewFacts): RolloutPreview {
  const { running, groupName } = facts
  const policy = groupPolicy(facts.plan, groupName)
  const vms = policy.size ?? running?.vms ?? 1
  const reasons = reasonsToRoll(facts)
  return {
    willRoll: reasons.length > 0,
    because: reasons.length > 0 ? reasons : ['the image and the base template stay the same'],
    group: groupName,
    vms,
    strategy: policy.surge > 0 ? 'surge' : 'recreate',
    steps: Math.ceil(vms / Math.max(policy.surge, policy.unavailable, 1)),
    running: running?.id,
  }
}

/** Whether there was an instance group before the plan. */
export function hasGroup(plan: unknown): boolean {
  return groupsOf(asRecord(asRecord(plan)['prior_state'])['values']).length > 0
}

/**
 * How many of these files of the repository the image is made of, without those that are known to
 * be left out; undefined where that cannot be told, as with a context outside of the repository, or
 * where a workflow may have other build arguments now.
 */
export function changedFilesOf(
  { context, dockerfile }: { readonly context: string; readonly dockerfile: string | undefined },
  files: readonly string[],
  leftOut: ReadonlySet<string> = new Set()
): number | undefined {
  const folder = posix.normalize(`${context}/`)
  if (posix.isAbsolute(folder) || folder.startsWith('../')) return undefined
  const own = dockerfile === undefined ? '' : posix.normalize(dockerfile)
  const isOfImage = (file: string): boolean =>
    !leftOut.has(file) && (folder === './' || file.startsWith(folder) || file === own)
  const count = files.filter(isOfImage).length
  const isUnclear = count === 0 && files.some((file) => file.startsWith('.github/workflows/'))
  return isUnclear ? undefined : count
}

/** The release of which a template was made. */
export function readRunning(
  release: string,
  { description }: Pick<InstanceTemplate, 'description'>,
  vms: number
): RunningRelease {
  const { base } = asRecord(parseJson(description))
  return { id: release, baseTemplateName: asText(base), vms }
}

function reasonsToRoll({
  running,
  baseTemplateName,
  changedFiles,
}: PreviewFacts): readonly string[] {
  if (running === undefined) return ['the first release']
  const reasons: string[] = []
  if (changedFiles === undefined) reasons.push('perhaps a new image')
  else if (changedFiles > 0) {
    reasons.push(
      `new image (${changedFiles} ${changedFiles === 1 ? 'file' : 'files'} of the build context)`
    )
  }
  if (baseTemplateName !== running.baseTemplateName) reasons.push('new base template')
  return reasons
}

interface GroupPolicy {
  readonly surge: number
  readonly unavailable: number
  /** Undefined where an autoscaler sets it. */
  readonly size: number | undefined
}

function groupPolicy(plan: unknown, groupName: string): GroupPolicy {
  const groups = groupsOf(asRecord(plan)['planned_values'])
  const values = groups.map((group) => asRecord(group['values']))
  const ours = values.find(({ name }) => name === groupName) ?? values[0] ?? {}
  const policy = asRecord(asList(ours['update_policy'])[0])
  return {
    surge: asNumber(policy['max_surge_fixed']) ?? 0,
    unavailable: asNumber(policy['max_unavailable_fixed']) ?? 0,
    size: asNumber(ours['target_size']),
  }
}

function groupsOf(state: unknown): readonly JsonRecord[] {
  const root = asRecord(asRecord(state)['root_module'])
  return resourcesOf(root).filter(({ type }) => GROUP_TYPES.has(asText(type)))
}

function resourcesOf(module: JsonRecord): readonly JsonRecord[] {
  const below = asList(module['child_modules']).flatMap((child) => resourcesOf(asRecord(child)))
  return [...asList(module['resources']).map(asRecord), ...below]
}
