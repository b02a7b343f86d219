import type { InstanceGroup, ManagedInstance } from '../google/compute/group.ts'
import type { Compute } from '../google/compute.ts'
import type { Clock, Log } from '../ports.ts'
import { isPassing } from './passing.ts'
import { initialMemory, type Memory } from './rollout/memory.ts'
import type { FinalVerdict, Observation, RolloutPolicy, Waiting } from './rollout/observation.ts'
import { isOnRelease, isReady } from './rollout/readiness.ts'
import { decide } from './rollout.ts'
import { BootReports } from './watch/boot-reports.ts'
import { Narrator } from './watch/narrator.ts'
import { pauseAfter } from './watch/pace.ts'
import { Roster } from './watch/roster.ts'
import { Timeline, type TimelineEntry } from './watch/timeline.ts'

export interface WatchPorts {
  readonly compute: Compute
  readonly clock: Clock
  readonly log: Log
}

export interface WatchOptions {
  /** Name of a regional group, or id or URL of any. */
  readonly group: string
  readonly policy: RolloutPolicy
  readonly signal: AbortSignal
  /** When this rollout began, if earlier than the watch: errors since then are its own. */
  readonly sinceMs?: number | undefined
  /** Where each look is noted, for whoever wants to tell of a watch that did not come to its end. */
  readonly timeline?: Timeline | undefined
}

export interface Watched {
  readonly verdict: FinalVerdict
  /** The look that the verdict was given on. */
  readonly observation: Observation
  readonly timeline: readonly TimelineEntry[]
}

/**
 * Watches the group until it is verified to run the policy's release, or until that has failed or
 * is no longer wanted: all three are returned. The same for the way forth and the way back.
 *
 * @throws the signal's reason, and errors of the API that do not pass by themselves
 */
export function watchUntilVerdict(ports: WatchPorts, options: WatchOptions): Promise<Watched> {
  return new GroupWatch(ports, options).untilVerdict()
}

/** Between two readings of the group itself while its VMs show that it cannot be done. */
const GROUP_EVERY_MS = 10_000
/** Nothing having changed for so long, the group's own list of errors may say why. */
const ERRORS_AFTER_MS = 60_000
const ERRORS_EVERY_MS = 30_000
const PAUSE_AFTER_FAULT_MS = 5_000

/** Observes one group, and remembers what its VMs said so that they are asked as rarely as may be. */
export class GroupWatch {
  readonly #ports: WatchPorts
  readonly #options: WatchOptions
  readonly #roster = new Roster()
  readonly #reports: BootReports
  readonly #narrator: Narrator
  readonly #timeline: Timeline
  readonly #startedAtMs: number
  #last: Observation | undefined
  #groupAtMs = 0
  #errorsAtMs = 0
  #changedAtMs: number
  #isOutageSaid = false

  constructor(ports: WatchPorts, options: WatchOptions) {
    this.#ports = ports
    this.#options = options
    this.#startedAtMs = ports.clock.now()
    this.#changedAtMs = this.#startedAtMs
    this.#reports = new BootReports(ports.compute, ports.clock)
    this.#narrator = new Narrator(ports.log, options.policy, this.#startedAtMs)
    this.#timeline = options.timeline ?? new Timeline(options.policy)
  }

  /** One look: the VMs, what those say that matter, and the group where it may be done. */
  async observe(): Promise<Observation> {
    const { clock } = this.#ports
    const [instances, known] = await Promise.all([
      this.#list(),
      this.#isGroupDue() ? this.#fetchGroup() : this.#last?.group,
    ])
    const group = known ?? (await this.#fetchGroup())
    await this.#askReports(instances, group)
    const seen = {
      atMs: clock.now(),
      group,
      instances,
      reports: this.#reports.latest,
      errors: this.#last?.errors ?? [],
    }
    // Only the group itself can say that it is done, and only now: not some looks ago.
    const isStale = group === this.#last?.group && this.#isEachReady(seen)
    const observation = isStale
      ? { ...seen, group: await this.#fetchGroup(), atMs: clock.now() }
      : seen
    this.#take(observation)
    return observation
  }

  async untilVerdict(): Promise<Watched> {
    const { clock, log } = this.#ports
    const { policy, signal } = this.#options
    let memory = initialMemory(clock.now(), this.#options.sinceMs ?? this.#startedAtMs)
    for (;;) {
      const observation = await this.#look(memory)
      if (observation === undefined) {
        await clock.sleep(PAUSE_AFTER_FAULT_MS, signal)
        continue
      }
      const decision = decide(memory, observation, policy)
      memory = decision.memory
      const { verdict } = decision
      if (verdict.kind !== 'wait') {
        this.#narrator.conclude(observation)
        return { verdict, observation, timeline: this.#timeline.entries }
      }
      log.debug(`Waiting: ${verdict.reason}`)
      await clock.sleep(this.#pauseAfter(observation, verdict), signal)
    }
  }

  /** Undefined when the look failed for a reason that will pass, and there is time to wait for that. */
  async #look(memory: Memory): Promise<Observation | undefined> {
    const { clock, log } = this.#ports
    const { policy, signal } = this.#options
    try {
      if (this.#isErrorsDue(memory)) await this.#fetchErrors()
      const observation = await this.observe()
      this.#isOutageSaid = false
      return observation
    } catch (error) {
      signal.throwIfAborted()
      const sinceProgressMs = clock.now() - memory.lastProgressAtMs
      if (!isPassing(error) || sinceProgressMs >= policy.progressDeadlineMs) throw error
      const reason = error instanceof Error ? error.message : String(error)
      if (!this.#isOutageSaid)
        log.warning(`${reason} The group goes on by itself; it will be looked at again.`)
      this.#isOutageSaid = true
      return undefined
    }
  }

  /** What Google listed is forgotten here, before anything else is waited for. */
  async #list(): Promise<readonly ManagedInstance[]> {
    return this.#roster.take(await this.#ports.compute.listManagedInstances(this.#options.group))
  }

  #isGroupDue(): boolean {
    const last = this.#last
    if (last === undefined || !isOnRelease(last.group, this.#options.policy)) return true
    return this.#ports.clock.now() - this.#groupAtMs >= GROUP_EVERY_MS || this.#isEachReady(last)
  }

  async #fetchGroup(): Promise<InstanceGroup> {
    const group = await this.#ports.compute.fetchGroup(this.#options.group)
    this.#groupAtMs = this.#ports.clock.now()
    return group
  }

  #isEachReady(observation: Observation): boolean {
    const { group, instances, reports } = observation
    const context = { group, policy: this.#options.policy }
    return instances.every((instance) => isReady(instance, reports.get(instance.name), context))
  }

  /** Only VMs that matter for the verdict are asked: those of our version that are not ready yet. */
  async #askReports(instances: readonly ManagedInstance[], group: InstanceGroup): Promise<void> {
    const { policy } = this.#options
    this.#reports.forgetAllBut((name) => this.#roster.find(name))
    const { latest } = this.#reports
    const isLastWord = instances.every((instance) => lacksNothingElse(instance, policy))
    await this.#reports.ask(
      instances.filter(
        (instance) =>
          instance.versionName === policy.release &&
          !isReady(instance, latest.get(instance.name), { group, policy })
      ),
      isLastWord
    )
  }

  // An error that was there at the start may be an old one: only the list knows when it was met.
  #isErrorsDue({ inherited }: Memory): boolean {
    const now = this.#ports.clock.now()
    if (now - this.#errorsAtMs < ERRORS_EVERY_MS) return false
    const { progressDeadlineMs } = this.#options.policy
    const quietMs = Math.min(ERRORS_AFTER_MS, progressDeadlineMs / 2)
    return (inherited?.size ?? 0) > 0 || now - this.#changedAtMs >= quietMs
  }

  async #fetchErrors(): Promise<void> {
    if (this.#last === undefined) return
    const errors = await this.#ports.compute.listErrors(this.#options.group)
    this.#errorsAtMs = this.#ports.clock.now()
    this.#last = { ...this.#last, errors }
  }

  #take(observation: Observation): void {
    const isNews = this.#narrator.tell(observation)
    if (isNews || !isSameGroup(observation.group, this.#last?.group))
      this.#changedAtMs = observation.atMs
    this.#timeline.note(observation)
    this.#last = observation
  }

  #pauseAfter(observation: Observation, waiting: Waiting): number {
    const sinceChangeMs = observation.atMs - this.#changedAtMs
    const { hasBacklog, lastWordInMs } = this.#reports
    const calm = { sinceChangeMs, hasBacklog, lastWordInMs }
    return pauseAfter(observation, this.#options.policy, { waiting, calm })
  }
}

/** Whether this VM is where it should be as far as the group can tell. */
function lacksNothingElse(instance: ManagedInstance, { release }: RolloutPolicy): boolean {
  const { currentAction, instanceStatus, versionName, healthStates } = instance
  return (
    versionName === release &&
    currentAction === 'NONE' &&
    instanceStatus === 'RUNNING' &&
    healthStates.every((state) => state === 'HEALTHY')
  )
}

function isSameGroup(one: InstanceGroup, other: InstanceGroup | undefined): boolean {
  return (
    one.targetSize === other?.targetSize &&
    one.isStable === other.isStable &&
    one.isVersionTargetReached === other.isVersionTargetReached &&
    one.fingerprint === other.fingerprint
  )
}
