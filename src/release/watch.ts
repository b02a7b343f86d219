import type { Compute, ManagedInstance } from '../google/compute.ts'
import { renderDuration } from '../lib/duration.ts'
import type { Clock, Log } from '../ports.ts'
import type { BootReport } from './boot-report.ts'
import { BootReports } from './boot-reports.ts'
import { rolloutFailure } from './failure.ts'
import { decide, initialMemory, isReady, type Observation, type RolloutPolicy } from './rollout.ts'
import { Troubles } from './troubles.ts'

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
  readonly #troubles = new Troubles()
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
    const ours = instances.filter((instance) => instance.versionName === policy.release)
    this.#troubles.note(ours)
    // Only VMs that matter for the verdict are asked: those of our version that are not ready yet.
    const unready = ours.filter(
      (instance) => !isReady(instance, this.#reports.latest.get(instance.name), { group, policy })
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
   * @throws ActionError ROLLOUT_FAILED, ROLLOUT_TIMED_OUT, ROLLOUT_SUPERSEDED with what each VM last said
   */
  async untilVerified(): Promise<Observation> {
    const { clock } = this.#ports
    let memory = initialMemory(clock.now())
    for (;;) {
      const observation = await this.observe()
      const decision = decide(memory, observation, this.#options.policy)
      memory = decision.memory
      if (decision.verdict.kind === 'verified') return observation
      if (decision.verdict.kind !== 'wait') {
        // A VM that says itself why it failed leaves nothing to guess at.
        const troubles = decision.verdict.kind === 'timed-out' ? this.#troubles.describe() : []
        throw rolloutFailure(decision.verdict, { ...this.#options, troubles })
      }
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
}

function renderState(instance: ManagedInstance, report: BootReport | undefined): string {
  const health = instance.healthStates.join(', ').toLowerCase()
  const boot = report ? `${report.phase}${report.detail && ` (${report.detail})`}` : ''
  const action = instance.currentAction === 'NONE' ? '' : instance.currentAction.toLowerCase()
  const parts = [
    instance.versionName || 'no release',
    action,
    instance.instanceStatus.toLowerCase(),
    boot,
    health,
  ]
  return parts.filter((part) => part !== '').join('  ')
}
