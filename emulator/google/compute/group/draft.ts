import type { Autoscaling } from '../autoscaler/model.ts'
import type {
  CurrentAction,
  Group,
  GroupCommand,
  GroupError,
  GroupSpec,
  Instance,
  InstanceError,
  Pace,
  Version,
  Vm,
} from './model.ts'

/** One step's working copy of a group; it never leaves the step, so the model stays pure. */
export interface Draft {
  readonly now: number
  readonly pace: Pace
  spec: GroupSpec
  instances: Instance[]
  errors: GroupError[]
  stockoutZones: readonly string[]
  quotaExceeded: boolean
  autoscaling: Autoscaling
  deleting: boolean
  seed: number
  readonly commands: GroupCommand[]
}

/** Google keeps listErrors for a limited time; a bounded list is close enough. */
const ERRORS_KEPT = 100

/** The working copy of `group` at `now`. */
export function openDraft(group: Group, now: number): Draft {
  const { spec, pace, deleting, seed, faults, autoscaling } = group
  const { instances, errors } = { instances: [...group.instances], errors: [...group.errors] }
  const copy = { now, pace, spec, instances, errors, autoscaling, deleting, seed }
  return { ...copy, ...faults, commands: [] }
}

/** The group that a draft has become. */
export function closeDraft(draft: Draft): Group {
  const { spec, pace, instances, autoscaling, deleting, seed } = draft
  const { stockoutZones, quotaExceeded } = draft
  const errors = draft.errors.slice(-ERRORS_KEPT)
  const faults = { stockoutZones, quotaExceeded }
  return { spec, pace, instances, errors, autoscaling, deleting, seed, faults }
}

/** A number in [0, 1) from the group's own seed (mulberry32), so that every run can be repeated. */
export function random(draft: Draft): number {
  draft.seed = (draft.seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(draft.seed ^ (draft.seed >>> 15), 1 | draft.seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** `base-xxxx`, not in use in the group. */
export function newName(draft: Draft): string {
  const taken = new Set(draft.instances.map((instance) => instance.name))
  for (;;) {
    const suffix = Array.from({ length: 4 }, () => LETTERS[Math.floor(random(draft) * 36)])
    const name = `${draft.spec.baseInstanceName}-${suffix.join('')}`
    if (!taken.has(name)) return name
  }
}

/** A 19-digit VM id, as Google's are. */
export function newId(draft: Draft): string {
  const digits = Array.from({ length: 18 }, () => Math.floor(random(draft) * 10))
  return `${1 + Math.floor(random(draft) * 8)}${digits.join('')}`
}

/** Changes one instance in place of the old value. */
export function change(draft: Draft, instance: Instance, patch: Partial<Instance>): Instance {
  const changed = { ...instance, ...patch }
  draft.instances = draft.instances.map((other) => (other.name === instance.name ? changed : other))
  return changed
}

/** Changes the VM of an instance that has one. */
export function changeVm(draft: Draft, instance: Instance, patch: Partial<Vm>): Instance {
  if (!instance.vm) return instance
  return change(draft, instance, { vm: { ...instance.vm, ...patch } })
}

/** Gives an instance another action (and version); its present VM, if any, is asked to go first. */
export function rebuild(
  draft: Draft,
  instance: Instance,
  plan: { readonly action: CurrentAction; readonly version: Version }
): void {
  const served = instance.served && instance.version === plan.version
  doom(draft, change(draft, instance, { ...plan, served, retryAt: draft.now, failedAttempts: 0 }))
}

/** Has an instance's VM deleted, once: after draining, where there are requests to be finished. */
export function doom(draft: Draft, instance: Instance): void {
  if (!instance.vm || instance.vm.doomed) return
  const drainingMs = instance.vm.status === 'RUNNING' ? draft.spec.drainingMs : 0
  changeVm(draft, instance, { doomed: true, deleteAt: draft.now + drainingMs })
}

/** Asks for the deletions that are due. A VM that was stopped meanwhile has nothing left to finish. */
export function deleteDrained(draft: Draft): void {
  for (const instance of draft.instances) {
    const { vm, name } = instance
    if (vm?.deleteAt === undefined) continue
    if (vm.deleteAt > draft.now && vm.status === 'RUNNING') continue
    draft.commands.push({ kind: 'delete', name, id: vm.id })
    changeVm(draft, instance, { deleteAt: undefined })
  }
}

/** Takes an instance out of the group: it stays listed as DELETING until its VM is gone. */
export function remove(draft: Draft, instance: Instance): void {
  if (instance.action === 'DELETING') return
  doom(draft, change(draft, instance, { action: 'DELETING' }))
}

/** Notes a failed attempt on the instance and in the group's error list. */
export function fail(draft: Draft, instance: Instance, error: InstanceError): Instance {
  const { name, zone, action, version } = instance
  draft.errors.push({ at: draft.now, error, instance: name, zone, action, version })
  const failedAttempts = instance.failedAttempts + 1
  const pauseMs = Math.min(draft.pace.retryLimitMs, draft.pace.retryMs * 2 ** (failedAttempts - 1))
  return change(draft, instance, {
    lastError: error,
    failedAttempts,
    retryAt: draft.now + pauseMs,
  })
}
