import type { ManagedInstance } from '../../google/compute/group.ts'
import { identityOf, isBootFailure } from './boot-failure.ts'
import type { Observation, RolloutPolicy } from './observation.ts'
import { currentProblems, type Problem, problemKey } from './problems.ts'
import { isOnRelease, type Survey } from './readiness.ts'
import { type Histories, noteHistories } from './recreations.ts'

/** What decisions carry from one observation to the next; its size is that of the group. */
export interface Memory {
  readonly startedAtMs: number
  /** Ids of the VMs that were ready at some time: one that becomes so for the first time is progress. */
  readonly everReady: ReadonlySet<string>
  readonly lastProgressAtMs: number
  /** Since when everything holds without a break. */
  readonly holdsSinceMs: number | undefined
  readonly holdsCount: number
  /** How often everything has come to hold; each time but the last one it broke again. */
  readonly holdsBegun: number
  /** The VMs of the last look, if everything held: one that was replaced in between is a break. */
  readonly holdingIds: ReadonlySet<string>
  /** How many observations in a row found the group on another version. */
  readonly strangeCount: number
  /** VMs that said in this observation that they cannot run the release. */
  readonly failing: ReadonlySet<string>
  /** Those of them that said so in the one before, too. */
  readonly failed: ReadonlySet<string>
  /** Errors that the first look found, and that have not gone since; undefined before that look. */
  readonly inherited: ReadonlySet<string> | undefined
  /** Since when some VM of the release cannot be made while nothing else moves. */
  readonly stuckSinceMs: number | undefined
  /** Since when there was no capacity for some VM of the release. */
  readonly shortSinceMs: number | undefined
  readonly histories: Histories
}

/** Spot VMs may be lost and come back; beyond this many newly ready ones it is no progress any more. */
const READY_VMS_PER_TARGET = 3
/** After so many holds that broke, one more is no progress either: an app that dies and dies again. */
const HOLDS_THAT_COUNT = 3

/** `startedAtMs`: from when on errors are this rollout's own, if that is not now. */
export function initialMemory(atMs: number, startedAtMs = atMs): Memory {
  return {
    startedAtMs,
    everReady: new Set(),
    lastProgressAtMs: atMs,
    holdsSinceMs: undefined,
    holdsCount: 0,
    holdsBegun: 0,
    holdingIds: new Set(),
    strangeCount: 0,
    failing: new Set(),
    failed: new Set(),
    inherited: undefined,
    stuckSinceMs: undefined,
    shortSinceMs: undefined,
    histories: new Map(),
  }
}

/** The memory after one more look. */
export function remember(memory: Memory, { observation, policy, survey }: Look): Memory {
  const { atMs, group, instances } = observation
  const unready = new Set(survey.unready.map(({ instance }) => instance))
  const problems = currentProblems(survey.unready, policy)
  const everReady = withReady(memory.everReady, { observation, unready })
  const failing = new Set(
    instances.filter((vm) => isBootFailure(vm, observation, policy)).map(identityOf)
  )
  const holds = unready.size === 0 && survey.groupWide.length === 0
  const hold = rememberHold(memory, observation, holds)
  const isProgress =
    everReady !== memory.everReady || (holds && hold.holdsBegun <= HOLDS_THAT_COUNT)
  const isStuck = problems.length > 0 && !isMoving(instances, { unready, problems, policy })
  const isShort = problems.some(({ cause }) => cause === 'capacity')
  return {
    startedAtMs: memory.startedAtMs,
    everReady,
    // Time in which everything holds counts: min_ready may be longer than the deadline.
    lastProgressAtMs: isProgress ? atMs : memory.lastProgressAtMs,
    ...hold,
    strangeCount: isOnRelease(group, policy) ? 0 : memory.strangeCount + 1,
    failing,
    failed: new Set([...failing].filter((id) => memory.failing.has(id))),
    inherited: stillInherited(memory.inherited, problems),
    stuckSinceMs: isStuck ? (memory.stuckSinceMs ?? atMs) : undefined,
    shortSinceMs: isShort ? (memory.shortSinceMs ?? atMs) : undefined,
    histories: noteHistories(memory.histories, observation, policy.release),
  }
}

/** One observation with what was found in it. */
export interface Look {
  readonly observation: Observation
  readonly policy: RolloutPolicy
  readonly survey: Survey
}

type Hold = Pick<Memory, 'holdsSinceMs' | 'holdsCount' | 'holdsBegun' | 'holdingIds'>

const NO_HOLD = { holdsSinceMs: undefined, holdsCount: 0, holdingIds: new Set<string>() }

function rememberHold(memory: Memory, { atMs, instances }: Observation, holds: boolean): Hold {
  const { holdsBegun } = memory
  if (!holds) return { ...NO_HOLD, holdsBegun }
  const holdingIds = new Set(instances.map(identityOf))
  // A VM may be lost and come back between two looks. One that has left the group may do so.
  const isUnbroken = instances.every((instance) => memory.holdingIds.has(identityOf(instance)))
  const goesOn = memory.holdsSinceMs !== undefined && isUnbroken
  return {
    holdsSinceMs: goesOn ? memory.holdsSinceMs : atMs,
    holdsCount: goesOn ? memory.holdsCount + 1 : 1,
    holdsBegun: goesOn ? holdsBegun : holdsBegun + 1,
    holdingIds,
  }
}

/** The same set when nothing was added. An image that dies again and again adds only so much. */
function withReady(
  before: ReadonlySet<string>,
  {
    observation,
    unready,
  }: { readonly observation: Observation; readonly unready: ReadonlySet<ManagedInstance> }
): ReadonlySet<string> {
  const { group, instances } = observation
  const limit = READY_VMS_PER_TARGET * Math.max(group.targetSize, 1)
  const added = instances
    .filter((instance) => !unready.has(instance))
    .map(identityOf)
    .filter((id) => !before.has(id))
    .slice(0, Math.max(0, limit - before.size))
  return added.length === 0 ? before : new Set([...before, ...added])
}

interface Motion {
  readonly unready: ReadonlySet<ManagedInstance>
  readonly problems: readonly Problem[]
  readonly policy: RolloutPolicy
}

/** Whether anything is under way that may make room: a VM that leaves, or one that comes up. */
function isMoving(
  instances: readonly ManagedInstance[],
  { unready, problems, policy }: Motion
): boolean {
  const refused = new Set(problems.map(({ vm }) => vm))
  return instances.some((instance) => {
    const { name, currentAction, versionName } = instance
    if (currentAction === 'DELETING' || currentAction === 'ABANDONING') return true
    return versionName === policy.release && unready.has(instance) && !refused.has(name)
  })
}

// The errors of the first look may be left from an earlier attempt, whose cause was mended since.
function stillInherited(
  before: ReadonlySet<string> | undefined,
  problems: readonly Problem[]
): ReadonlySet<string> {
  if (before?.size === 0) return before
  const keys = problems.map(problemKey)
  return new Set(before ? keys.filter((key) => before.has(key)) : keys)
}
