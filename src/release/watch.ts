import { ActionError } from '../errors.ts'
import type { Compute, ManagedInstance } from '../google/compute.ts'
import { renderDuration } from '../lib/duration.ts'
import type { Clock, Log } from '../ports.ts'
import type { BootReport } from './boot-report.ts'
import { BootReports } from './boot-reports.ts'
import {
  decide,
  initialMemory,
  isReady,
  type Observation,
  type RolloutPolicy,
  type Verdict,
} from './rollout.ts'

export interface WatchPorts {
  readonly compute: Compute
  readonly clock: Clock
  readonly log: Log
}

export interface WatchOptions {
  readonly group: string
  readonly policy: RolloutPolicy
  readonly signal: AbortSignal
}

const POLL_MS = 1_000
/** Observes one group, and remembers what its VMs said so that they are asked as rarely as may be. */
export class GroupWatch {
  readonly #ports: WatchPorts
  readonly #options: WatchOptions
  readonly #reports: BootReports
  readonly #said = new Map<string, string>()
  readonly #startedAtMs: number

  constructor(ports: WatchPorts, options: WatchOptions) {
    this.#ports = ports
    this.#options = options
    this.#reports = new BootReports(ports.compute, ports.clock)
    this.#startedAtMs = ports.clock.now()
  }

  async observe(): Promise<Observation> {
    const { compute, clock } = this.#ports
    const [group, instances] = await Promise.all([
      compute.fetchGroup(this.#options.group),
      compute.listManagedInstances(this.#options.group),
    ])
    const { policy } = this.#options
    this.#reports.forgetAllBut(instances)
    // Only VMs that matter for the verdict are asked: those of our version that are not ready yet.
    const unready = instances.filter(
      (instance) =>
        instance.versionName === policy.release &&
        !isReady(instance, this.#reports.latest.get(instance.name), { group, policy })
    )
    await this.#reports.ask(unready)
    const reports = new Map(this.#reports.latest)
    const observation = { atMs: clock.now(), group, instances, reports }
    this.#sayChanges(observation)
    return observation
  }

  /**
   * Waits until the rollout is verified.
   *
   * @throws ActionError ROLLOUT_FAILED, ROLLOUT_TIMED_OUT with what each VM last said
   */
  async untilVerified(): Promise<Observation> {
    const { clock } = this.#ports
    let memory = initialMemory(clock.now())
    for (;;) {
      const observation = await this.observe()
      const decision = decide(memory, observation, this.#options.policy)
      memory = decision.memory
      if (decision.verdict.kind === 'verified') return observation
      if (decision.verdict.kind !== 'wait') throw this.#failure(decision.verdict)
      this.#ports.log.debug(`Waiting: ${decision.verdict.reason}`)
      await clock.sleep(POLL_MS, this.#options.signal)
    }
  }

  /** One line for each VM whose state changed. */
  #sayChanges({ instances, reports, atMs }: Observation): void {
    const after = renderDuration(atMs - this.#startedAtMs)
    for (const instance of instances) {
      const state = renderState(instance, reports.get(instance.name))
      if (this.#said.get(instance.name) === state) continue
      this.#said.set(instance.name, state)
      this.#ports.log.info(`${instance.name}  ${state}  ${after}`)
    }
    const present = new Set(instances.map((instance) => instance.name))
    for (const name of this.#said.keys()) {
      if (present.has(name)) continue
      this.#said.delete(name)
      this.#ports.log.info(`${name}  gone  ${after}`)
    }
  }

  #failure(verdict: Exclude<Verdict, { kind: 'wait' | 'verified' }>): ActionError {
    const { policy, group } = this.#options
    const timedOut = verdict.kind === 'timed-out'
    return new ActionError(
      timedOut ? 'ROLLOUT_TIMED_OUT' : 'ROLLOUT_FAILED',
      [
        timedOut
          ? `Release ${policy.release} made no progress on ${group} for ${renderDuration(policy.progressDeadlineMs)}.`
          : `Release ${policy.release} failed on ${group}: ${verdict.reason}`,
        ...verdict.evidence.map((line) => `  ${line}`),
      ].join('\n'),
      {
        hint: 'VMs of the release before it keep serving as long as the strategy is "surge". Fix the cause and push again.',
      }
    )
  }
}

function renderState(instance: ManagedInstance, report: BootReport | undefined): string {
  const health = instance.healthStates.join(', ').toLowerCase()
  const boot = report ? `${report.phase}${report.detail && ` (${report.detail})`}` : ''
  const action = instance.currentAction === 'NONE' ? '' : instance.currentAction.toLowerCase()
  const parts = [
    instance.versionName || 'base',
    action,
    instance.instanceStatus.toLowerCase(),
    boot,
    health,
  ]
  return parts.filter((part) => part !== '').join('  ')
}
