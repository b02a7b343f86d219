import { asList, asNumber, asRecord, asText } from '../lib/json.ts'
import { type Count, exactly, type Machines, readDisk, readMachines } from './machines.ts'
import { blockOf, lastSegment, type Resource, regionOf } from './plan-resources.ts'
import type { References } from './references.ts'

const GROUP = /^google_compute_(?:region_)?instance_group_manager$/
const TEMPLATE = /^google_compute_(?:region_)?instance_template$/
const INSTANCE = /^google_compute_instance$/
const AUTOSCALER = /^google_compute_(?:region_)?autoscaler$/

/** The VMs of one instance or of one managed group; undefined when the plan does not tell them. */
export interface Fleet {
  readonly owner: string
  readonly machines: Machines | undefined
}

/** Everything that makes VMs. */
export function fleetsOf(resources: readonly Resource[], references: References): readonly Fleet[] {
  const ofType = (type: RegExp) => resources.filter((resource) => type.test(resource.type))
  const groups = ofType(GROUP)
  const parts = { groups, templates: ofType(TEMPLATE), autoscalers: ofType(AUTOSCALER), references }
  return [
    ...groups.map((group) => ({ owner: group.address, machines: ofGroup(group, parts) })),
    ...ofType(INSTANCE).map((one) => ({ owner: one.address, machines: ofInstance(one) })),
  ]
}

/** What a group is put together from. */
interface GroupParts {
  readonly groups: readonly Resource[]
  readonly templates: readonly Resource[]
  readonly autoscalers: readonly Resource[]
  readonly references: References
}

function ofInstance({ values }: Resource): Machines {
  const boot = blockOf(values, 'boot_disk')
  const { size, type } = blockOf(boot, 'initialize_params')
  const scratch = asList(values['scratch_disk']).map(() => readDisk('local-ssd', undefined))
  // As below: a disk that exists already is billed where it was made.
  const disks = asText(boot['source']) ? scratch : [readDisk(type, size), ...scratch]
  return { ...readMachines(values, disks), count: exactly(1), region: regionOf(values) }
}

function ofGroup(group: Resource, parts: GroupParts): Machines | undefined {
  const { version, instance_flexibility_policy: flexibility } = group.values
  // Several templates or machine types at once: how many VMs get which, Google decides.
  if (asList(version).length > 1 || asList(flexibility).length > 0) return undefined
  const count = sizeOf(group, parts)
  const template = templateOf(group, parts)
  if (!count || !template) return undefined
  const disks = asList(template.values['disk'])
    .map(asRecord)
    // A disk that exists already is billed where it was made.
    .filter(({ source }) => !asText(source))
    .map(({ type, disk_type: kind, disk_size_gb: size }) =>
      type === 'SCRATCH' ? readDisk('local-ssd', undefined) : readDisk(kind, size)
    )
  return { ...readMachines(template.values, disks), count, region: regionOf(group.values) }
}

/** An autoscaler's bounds, else the size that is written down. */
function sizeOf(group: Resource, parts: GroupParts): Count | undefined {
  const autoscaler = parts.autoscalers.find((one) => isTarget(group, one, parts))
  if (!autoscaler) {
    const size = wholeNumber(group.values['target_size'])
    return size === undefined ? undefined : exactly(size)
  }
  const policy = blockOf(autoscaler.values, 'autoscaling_policy')
  const least = wholeNumber(policy['min_replicas'])
  const most = wholeNumber(policy['max_replicas'])
  return least === undefined || most === undefined ? undefined : { least, most }
}

function wholeNumber(value: unknown): number | undefined {
  const number = asNumber(value) ?? -1
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

/** By value where it is known, which it is not before the group exists; then as it is written. */
function isTarget(group: Resource, autoscaler: Resource, parts: GroupParts): boolean {
  const id = asText(group.values['id'])
  const target = asText(autoscaler.values['target'])
  // Google gives an address back for the id that it was given.
  if (target !== '' && id !== '') return `/${target}`.endsWith(`/${id}`)
  if (parts.references.ofArgument(autoscaler, ['target']) !== group.configAddress) return false
  const namesakes = parts.groups.filter((one) => one.configAddress === group.configAddress)
  return namesakes.length === 1 || autoscaler.keys === group.keys
}

/**
 * The template of the VMs. The group that releases roll on runs copies of the base template,
 * whatever template its state shows; those are the action's own and in no plan.
 */
function templateOf(group: Resource, { templates, references }: GroupParts): Resource | undefined {
  const isReleased = references.ofOutput('group_name') === group.configAddress
  const base = isReleased ? references.ofOutput('base_template_name') : undefined
  const configAddress = base ?? references.ofArgument(group, ['version', 'instance_template'])
  const declared = templates.filter((template) => template.configAddress === configAddress)
  if (declared.length === 1) return declared[0]
  const named = lastSegment(blockOf(group.values, 'version')['instance_template'])
  return (
    declared.find(({ keys }) => keys === group.keys) ??
    templates.find(({ values }) => named !== '' && values['name'] === named)
  )
}
