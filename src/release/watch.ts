import { ActionError } from '../errors.ts'
import type { Compute, ManagedInstance } from '../google/compute.ts'
import { renderDuration } from '../lib/duration.ts'
import type { Clock, Log } from '../ports.ts'
import { BOOT_REPORT_PATH, type BootReport, readBootReport } from './boot-report.ts'
import { decide, initialMemory, isReady, type Observation, type RolloutPolicy } from './rollout.ts'

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
/**
 * Guest attributes allow 10 queries a minute per VM: a VM is asked when something about it changed,
 * then after 2, 4, 8 and at most 10 s.
 */
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 10_000
const MAX_ASKED_AT_ONCE = 10

interface Asked {
  readonly atMs: number
  readonly signature: string
  readonly pauseMs: number
}

/** Observes one group, and remembers what its VMs said so that they are asked as rarely as may be. */
export class GroupWatch {
  readonly #ports: WatchPorts
  readonly #options: WatchOptions
  readonly #asked = new Map<string, Asked>()
  readonly #reports = new Map<string, BootReport>()
  readonly #said = new Map<string, string>()
  readonly #startedAtMs: number

  constructor(ports: WatchPorts, options: WatchOptions) {
    this.#ports = ports
    this.#options = options
    this.#startedAtMs = ports.clock.now()
  }

  async observe(): Promise<Observation> {
    const { compute, clock } = this.#ports
    const [group, instances] = await Promise.all([
      compute.fetchGroup(this.#options.group),
      compute.listManagedInstances(this.#options.group),
    ])
    this.#forgetAllBut(instances)
    const { policy } = this.#options
    const unready = instances.filter(
      (instance) => !isReady(instance, this.#reports.get(instance.name), { group, policy })
    )
    await Promise.all(this.#worthAsking(unready).map((instance) => this.#ask(instance)))
    const observation = { atMs: clock.now(), group, instances, reports: this.#reports }
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
      if (decision.verdict.kind === 'failed') throw this.#failure(decision.verdict)
      this.#ports.log.debug(`Waiting: ${decision.verdict.reason}`)
      await clock.sleep(POLL_MS, this.#options.signal)
    }
  }

  #worthAsking(instances: readonly ManagedInstance[]): readonly ManagedInstance[] {
    const now = this.#ports.clock.now()
    return instances
      .filter((instance) => {
        if (instance.versionName !== this.#options.policy.release) return false
        if (instance.instanceStatus !== 'RUNNING') return false
        const last = this.#asked.get(instance.name)
        return last?.signature !== signatureOf(instance) || now - last.atMs >= last.pauseMs
      })
      .slice(0, MAX_ASKED_AT_ONCE)
  }

  async #ask(instance: ManagedInstance): Promise<void> {
    const { compute, clock } = this.#ports
    const signature = signatureOf(instance)
    const last = this.#asked.get(instance.name)
    const pauseMs =
      last?.signature === signature ? Math.min(last.pauseMs * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS
    this.#asked.set(instance.name, { atMs: clock.now(), signature, pauseMs })
    const report = readBootReport(await compute.fetchGuestAttribute(instance, BOOT_REPORT_PATH))
    if (report) this.#reports.set(instance.name, report)
  }

  // A VM that is recreated keeps its name: what the old one said must not count for the new one.
  #forgetAllBut(instances: readonly ManagedInstance[]): void {
    const alive = new Set(
      instances.filter((vm) => vm.instanceStatus === 'RUNNING').map((vm) => vm.name)
    )
    for (const known of [this.#asked, this.#reports]) {
      for (const name of known.keys()) if (!alive.has(name)) known.delete(name)
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

  #failure(verdict: {
    readonly reason: string
    readonly evidence: readonly string[]
  }): ActionError {
    const { policy, group } = this.#options
    const timedOut = verdict.reason === 'no progress within the deadline'
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

function signatureOf(instance: ManagedInstance): string {
  return `${instance.currentAction} ${instance.instanceStatus} ${instance.healthStates.join()}`
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
