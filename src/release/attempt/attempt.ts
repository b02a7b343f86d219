import { ActionError, describeError } from '../../errors.ts'
import { groupName } from '../../google/compute/group-reference.ts'
import type { Compute } from '../../google/compute.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import type { Clock } from '../../ports.ts'
import { releasesBelowPush } from '../choice/lineage.ts'
import { rolloutFailure } from '../failure.ts'
import { isDeployLocked, withDeployLock } from '../ledger/deploy-lock.ts'
import type { Ledger, LedgerEntry } from '../ledger/ledger.ts'
import { LedgerFile } from '../ledger/ledger-file.ts'
import { moveGroup } from '../move.ts'
import type { Provenance, Release } from '../release.ts'
import type { RolloutPolicy } from '../rollout/observation.ts'
import { watchUntilVerdict } from '../watch.ts'
import { adopt } from './adoption.ts'
import type { Attempted } from './attempted.ts'
import { endUnwatched } from './put-back.ts'
import { describeRunning } from './running.ts'
import { asUnchanged, findSettled } from './settled.ts'
import { extended, headline, takeBack } from './take-back.ts'
import { Trail } from './trail.ts'
import type { WayBackPorts } from './way-back.ts'

export interface AttemptPorts extends WayBackPorts {
  readonly clock: Clock
  /** Clients for what must still be done after a cancel, and for some seconds can be. */
  readonly lasting: {
    readonly store: ObjectStore
    readonly compute: Compute
    readonly signal: AbortSignal
  }
}

export interface AttemptOptions {
  readonly group: string
  /** Folder of the service in the state bucket. */
  readonly prefix: string
  readonly release: Release
  readonly policy: RolloutPolicy
  readonly kind: 'deploy' | 'rollback'
  readonly provenance: Provenance
  /** Random id of the run. */
  readonly holder: string
  readonly autoRollback: boolean
  readonly signal: AbortSignal
  /**
   * Told under the lock what was tried so far, and the release that the group is on; what it throws
   * ends the attempt before it has begun.
   */
  readonly guard?: ((ledger: Ledger, groupIsOn: string) => void) | undefined
  /** Decides the jitter of pauses. */
  readonly random?: () => number
  /** Where the attempt leaves its track, for whoever tells of one that failed. */
  readonly trail?: Trail | undefined
}

/**
 * Brings a release, whose template exists, onto the group, and returns when it is verified. One
 * attempt at a time, told in the ledger from its beginning to its end; a bad release is taken back
 * to the last verified one, and so is one that a cancel leaves on its way.
 *
 * @throws ActionError ROLLOUT_*, with `outcome` rolled_back when the way back was verified; DEPLOY_LOCKED, DEPLOY_LOCK_LOST, LEDGER_*, GCP_*
 */
export async function attemptRelease(
  ports: AttemptPorts,
  options: AttemptOptions
): Promise<Attempted> {
  const { store, signal } = ports.lasting
  const { prefix, holder, provenance, random = Math.random, trail = new Trail() } = options
  const file = new LedgerFile({ store, clock: ports.clock }, { prefix, signal, random })
  const [settled, isLocked] = await Promise.all([
    findSettled(ports, options, file),
    isDeployLocked(store, prefix),
  ])
  // A lock is another run that may be about to move the group, or what is left of a dead one.
  if (settled && !isLocked) return asUnchanged(settled, ports)
  const { runUrl, actor } = provenance
  const lock = { prefix, owner: { holder, runUrl, actor }, signal: options.signal, random }
  return withDeployLock({ store, clock: ports.clock, log: ports.log }, lock, async (either) => {
    const settledByNow = isLocked ? await findSettled(ports, options, file) : undefined
    if (settledByNow) return asUnchanged(settledByNow, ports)
    return underLock({ ports, options, file, trail, signal: either })
  })
}

interface Story {
  readonly ports: AttemptPorts
  readonly options: AttemptOptions
  readonly file: LedgerFile
  readonly trail: Trail
  /** Aborts on a cancel, and when the deploy lock is lost. */
  readonly signal: AbortSignal
}

/** How an attempt ended that was watched to its end. */
type Ended = { readonly attempted: Attempted } | { readonly failure: ActionError }

async function underLock(story: Story): Promise<Attempted> {
  const { options } = story
  let begun: Begun | undefined
  let ended: Ended
  try {
    begun = await begin(story)
    ended = await roll(story, begun)
  } catch (error) {
    if (options.signal.aborted) await stop(story, begun?.attempt, error)
    else if (!story.signal.aborted) await breakOff(story, begun?.attempt, error)
    // A run that lost its lock touches nothing more: the next one adopts the attempt.
    throw error
  }
  if ('failure' in ended) throw ended.failure
  return ended.attempted
}

interface Begun {
  /** Its number in the ledger. */
  readonly attempt: number
  /** The release that the group was on before it; empty when there was none. */
  readonly previousRelease: string
  readonly wayBack: string
  /** Whether the attempt is one that a dead run began. */
  readonly isContinued: boolean
}

/** Settles what dead runs left open, and opens the attempt that this run makes. */
async function begin({ ports, options, file }: Story): Promise<Begun> {
  const { group, release, policy, kind, provenance, holder } = options
  const [ledger, { versions }] = await Promise.all([file.read(), ports.compute.fetchGroup(group)])
  const groupIsOn = versions[0]?.name ?? ''
  options.guard?.(ledger, groupIsOn)
  const [below] = releasesBelowPush(ledger, release.id)
  const wayBack = below?.release ?? ''
  const { continued, closed } = adopt(ledger, { groupIsOn, release: release.id })
  for (const { entry, closing } of closed) {
    await file.close(entry.attempt, closing)
    ports.log.warning(
      `Attempt ${entry.attempt}, release ${entry.release} (${entry.runUrl}): ${closing.reason}.`
    )
  }
  if (continued) {
    ports.log.info(
      `Going on with attempt ${continued.attempt}, which ${continued.runUrl} left open.`
    )
    const { attempt, previous } = continued
    return { attempt, previousRelease: previous ?? '', wayBack, isContinued: true }
  }
  const attempt = await file.open({
    kind,
    release: release.id,
    template: release.template.name,
    image: policy.image,
    previous: groupIsOn || null,
    commit: provenance.commit,
    ref: provenance.ref,
    actor: provenance.actor,
    runUrl: provenance.runUrl,
    holder,
  })
  return { attempt, previousRelease: groupIsOn, wayBack, isContinued: false }
}

async function roll(story: Story, begun: Begun): Promise<Ended> {
  const { ports, options, file, trail, signal } = story
  const { group, policy, release, kind } = options
  const templateLink = await linkOf(ports.compute, release, group)
  const { attempt, previousRelease, wayBack, isContinued } = begun
  const sinceMs = ports.clock.now()
  trail.note({ previousRelease })
  const { compute } = ports.lasting
  const destination = { release: release.id, templateLink }
  const { wasPatched } = await moveGroup({ compute, signal }, group, destination)
  const { verdict, observation, timeline } = await watchUntilVerdict(ports, {
    group,
    policy,
    signal,
    ...(wasPatched && { sinceMs }),
    timeline: trail.begin('forth', policy, sinceMs),
  })
  if (verdict.kind === 'verified') {
    await file.close(attempt, { outcome: 'verified' })
    const wasRolled = wasPatched || isContinued
    return { attempted: { wasRolled, previousRelease, wayBack, observation, timeline } }
  }
  trail.note({ verdict })
  const failure = rolloutFailure(verdict, { group, policy, kind })
  if (verdict.kind === 'failed' && options.autoRollback) {
    const failed = { attempt, group, policy, kind, file, signal, trail, failure, observation }
    return { failure: await takeBack(ports, failed) }
  }
  await file.close(attempt, { outcome: 'failed', reason: headline(failure) })
  const text = describeRunning(group, observation)
  trail.note({ ending: text })
  return { failure: extended(failure, { text }) }
}

/** Whoever pruned while this run waited for its lock may have taken an old release for done with. */
async function linkOf(compute: Compute, { template }: Release, group: string): Promise<string> {
  const standing = await compute.fetchTemplate(template.name)
  if (standing) return standing.selfLink
  await compute.ensureTemplate(template)
  const made = await compute.fetchTemplate(template.name)
  if (made) return made.selfLink
  throw new ActionError(
    'GCP_UNEXPECTED_ANSWER',
    `The instance template ${template.name} is gone, so ${groupName(group)} was left as it was.`,
    { hint: 'Somebody may have deleted it: run the job again, which makes it anew.' }
  )
}

/** By how much a PATCH may outlive the patience of the client, which then had another answer. */
const LATE_MS = 5_000

/** After a cancel, with the clients that still work for some seconds. */
async function stop(
  { ports, options, file, trail }: Story,
  attempt: number | undefined,
  cause: unknown
): Promise<void> {
  const { clock, log } = ports
  const { compute, signal } = ports.lasting
  const why = 'the run was cancelled'
  // Where nothing but the cancel ended it, a move that was under way has been waited for.
  const lateMs = cause === options.signal.reason ? 0 : LATE_MS
  await endUnwatched(
    { compute, file, clock, log },
    { ...ourAttempt(options, attempt), why, outcome: 'interrupted', lateMs, signal }
  )
    .then((left) => noteEnding(trail, left))
    .catch((error: unknown) => {
      log.warning(`What the cancel cut short is left to the post step: ${describeError(error)}`)
    })
}

/** The group could not be read or changed any more: what is left to try is one step back. */
async function breakOff(
  { ports, options, file, trail, signal }: Story,
  attempt: number | undefined,
  cause: unknown
): Promise<void> {
  const { compute, clock, log } = ports
  const why = `it could not be watched to its end (${describeError(cause).split('\n', 1)[0]})`
  await endUnwatched(
    { compute, file, clock, log },
    { ...ourAttempt(options, attempt), why, outcome: 'failed', lateMs: LATE_MS, signal }
  )
    .then((left) => noteEnding(trail, left))
    .catch((error: unknown) => {
      log.warning(
        `The group was left as it is, and the next run settles it: ${describeError(error)}`
      )
    })
}

function noteEnding(trail: Trail, left: string | undefined): void {
  if (left !== undefined) trail.note({ ending: `${left[0]?.toUpperCase()}${left.slice(1)}.` })
}

// An entry that was written although the answer was lost is known by its holder only.
function ourAttempt({ group, holder }: AttemptOptions, attempt: number | undefined) {
  const isOurs = (entry: LedgerEntry): boolean =>
    attempt === undefined ? entry.holder === holder : entry.attempt === attempt
  return { group, isOurs }
}
