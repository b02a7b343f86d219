import { isAvailable, isSettled, membersOf } from './availability.ts'
import { emptiestZone } from './capacity.ts'
import { change, type Draft, newName, rebuild, remove } from './draft.ts'
import type { CurrentAction, DisruptiveAction, Instance, Version } from './model.ts'
import { type Assignment, assignVersions } from './versions.ts'

/** Moves the group towards its size and, if proactive, towards its versions: one round. */
export function converge(draft: Draft): void {
  if (draft.deleting) for (const instance of membersOf(draft.instances)) remove(draft, instance)
  else convergeTo(draft, adoptHarmlessChanges(draft))
}

function convergeTo(draft: Draft, assignment: Assignment): void {
  const outdated = draft.spec.update.proactive ? replaceable(draft, assignment) : []
  const shifting = draft.spec.versions.length > 1 && assignment.excess.length > 0
  // Between two versions the surplus must wait until its successors are available.
  if (outdated.length === 0 && !shifting) {
    settleSize(draft, assignment)
  } else if (isInPlace(draft, outdated)) {
    updateInPlace(draft, outdated, assignment.wanted)
  } else {
    grow(draft, assignment, draft.spec.update.maxSurge)
    shrink(draft, [...outdated, ...assignment.excess])
  }
}

const DISRUPTION: Readonly<Record<DisruptiveAction, number>> = {
  NONE: 0,
  REFRESH: 1,
  RESTART: 2,
  REPLACE: 3,
}

/** A changed template always needs a replacement; a changed version name only what was asked. */
function neededAction(draft: Draft, instance: Instance, wanted: Version): DisruptiveAction {
  const templateChanged = instance.version.template !== wanted.template
  return templateChanged ? 'REPLACE' : draft.spec.update.minimalAction
}

/** Where the VM need not be touched the new version is simply taken on. */
function adoptHarmlessChanges(draft: Draft): Assignment {
  const before = assignVersions(draft.spec, draft.instances)
  const harmless = before.stale.filter(
    (instance) => DISRUPTION[neededAction(draft, instance, before.wanted)] <= DISRUPTION.REFRESH
  )
  if (harmless.length === 0 || !draft.spec.update.proactive) return before
  for (const instance of harmless) change(draft, instance, { version: before.wanted })
  return assignVersions(draft.spec, draft.instances)
}

function replaceable(draft: Draft, { stale, wanted }: Assignment): readonly Instance[] {
  const allowed = DISRUPTION[draft.spec.update.mostDisruptiveAllowedAction]
  return stale.filter((instance) => DISRUPTION[neededAction(draft, instance, wanted)] <= allowed)
}

/** No update under way: create what is missing, delete what is too much. */
function settleSize(draft: Draft, assignment: Assignment): void {
  const members = membersOf(draft.instances)
  const surplus = members.length - draft.spec.targetSize
  if (surplus <= 0) grow(draft, assignment, 0)
  else dropSurplus(draft, assignment, surplus)
}

function dropSurplus(draft: Draft, assignment: Assignment, surplus: number): void {
  const candidates = [...assignment.stale, ...assignment.excess, ...assignment.kept]
  // A stable sort: within equals the order stale, excess, kept stays.
  candidates.sort((one, other) => Number(isAvailable(one)) - Number(isAvailable(other)))
  for (const instance of candidates.slice(0, surplus)) remove(draft, instance)
}

/**
 * Creates what is missing of the wanted versions. VMs on their way out still count, so the group
 * never holds more than its size and surge, and without surge the old VM is gone before the new.
 */
function grow(draft: Draft, assignment: Assignment, surge: number): void {
  const { targetSize, update } = draft.spec
  const onTarget = update.proactive ? assignment.kept : membersOf(draft.instances)
  const room = targetSize + surge - draft.instances.length
  const count = Math.min(targetSize - onTarget.length, room)
  for (let created = 0; created < count; created++) addInstance(draft)
}

function addInstance(draft: Draft): void {
  const { kept, wanted } = assignVersions(draft.spec, draft.instances)
  const zone = emptiestZone(draft.spec.zones, kept)
  if (!zone) return
  draft.instances.push({
    name: newName(draft),
    zone,
    version: wanted,
    action: 'CREATING',
    vm: undefined,
    bornAt: draft.now,
    served: false,
    failedAttempts: 0,
    retryAt: draft.now,
    lastError: undefined,
  })
}

/** Deletes outdated instances as far as availability allows, those without use first. */
function shrink(draft: Draft, outdated: readonly Instance[]): void {
  const useless = outdated.filter((instance) => !isAvailable(instance))
  const useful = outdated.filter(isAvailable)
  for (const instance of useless) if (mayDropUseless(draft, instance)) remove(draft, instance)
  for (const instance of useful) {
    // What does not let one go lets none go; a thousand VMs are counted once for it, not each time.
    if (settledCount(draft) - 1 < floor(draft)) break
    remove(draft, instance)
  }
}

function floor(draft: Draft): number {
  return draft.spec.targetSize - draft.spec.update.maxUnavailable
}

function settledCount(draft: Draft): number {
  return draft.instances.filter((one) => isSettled(one, draft.now, draft.pace.settleMs)).length
}

/**
 * An instance that serves nobody can go without harm, but with surge a healthy replacement comes
 * first: an old VM under repair must not make way for a release that never becomes healthy. One
 * that has never served has no such claim, and nothing may stay where the new ones have no room.
 */
function mayDropUseless(draft: Draft, instance: Instance): boolean {
  const { targetSize, update } = draft.spec
  if (update.maxSurge === 0 || !instance.served) return true
  if (settledCount(draft) >= floor(draft)) return true
  const surplus = membersOf(draft.instances).length - targetSize
  const { kept } = assignVersions(draft.spec, draft.instances)
  return surplus > 0 && kept.every(isAvailable)
}

function isInPlace(draft: Draft, outdated: readonly Instance[]): boolean {
  const { update } = draft.spec
  if (outdated.length === 0) return false
  if (update.replacementMethod === 'RECREATE') return true
  const { wanted } = assignVersions(draft.spec, draft.instances)
  return outdated.every((instance) => neededAction(draft, instance, wanted) === 'RESTART')
}

/** RECREATE and RESTART keep the name; both take the VM away for a while. */
function updateInPlace(draft: Draft, outdated: readonly Instance[], wanted: Version): void {
  const restart = outdated.every((one) => neededAction(draft, one, wanted) === 'RESTART')
  const action: CurrentAction = restart ? 'RESTARTING' : 'RECREATING'
  for (const instance of outdated) {
    const { wanted: version } = assignVersions(draft.spec, draft.instances)
    if (!isAvailable(instance) || settledCount(draft) - 1 >= floor(draft)) {
      rebuild(draft, instance, { action, version })
    }
  }
  grow(draft, assignVersions(draft.spec, draft.instances), 0)
}
