import type { ManagedInstance } from '../../google/compute/group.ts'
import { renderDuration } from '../../lib/duration.ts'
import type { Log } from '../../ports.ts'
import type { BootReport } from '../rollout/boot-report.ts'
import type { Observation, RolloutPolicy } from '../rollout/observation.ts'
import { phaseOf } from './phase.ts'
import { StateBook } from './state-book.ts'

/** Beyond this many VMs a line for each would be read by nobody. */
const MAX_VMS_IN_LINES = 20
const BETWEEN_COUNTS_MS = 10_000

/** Tells what happens: a line for each VM whose state changed, or counts for a large group. */
export class Narrator {
  readonly #log: Log
  readonly #policy: RolloutPolicy
  readonly #startedAtMs: number
  readonly #states = new StateBook((instance, { reports }) =>
    renderState(instance, reports.get(instance.name))
  )
  #counts = ''
  #countedAtMs = Number.NEGATIVE_INFINITY

  constructor(log: Log, policy: RolloutPolicy, startedAtMs: number) {
    this.#log = log
    this.#policy = policy
    this.#startedAtMs = startedAtMs
  }

  /** Whether anything about the VMs is new since the last look. */
  tell(observation: Observation): boolean {
    const { instances, atMs } = observation
    const news = this.#states.update(observation)
    if (instances.length > MAX_VMS_IN_LINES) this.#tellCounts(observation)
    else
      for (const { vm, state } of news)
        this.#log.info(`${vm}  ${state ?? 'gone'}  ${this.#after(atMs)}`)
    return news.length > 0
  }

  /** The counts of a large group as they are at the end. */
  conclude(observation: Observation): void {
    if (observation.instances.length <= MAX_VMS_IN_LINES) return
    this.#countedAtMs = Number.NEGATIVE_INFINITY
    this.#tellCounts(observation)
  }

  #tellCounts(observation: Observation): void {
    const { instances, atMs } = observation
    if (atMs - this.#countedAtMs < BETWEEN_COUNTS_MS) return
    const counts = new Map<string, number>()
    for (const instance of instances) {
      const phase = phaseOf(instance, observation, this.#policy)
      counts.set(phase, (counts.get(phase) ?? 0) + 1)
    }
    const said = [...counts].map(([phase, count]) => `${count} ${phase}`).sort()
    const text = `${instances.length} VMs: ${said.join(', ')}`
    if (text === this.#counts) return
    this.#counts = text
    this.#countedAtMs = atMs
    this.#log.info(`${text}  ${this.#after(atMs)}`)
  }

  #after(atMs: number): string {
    return renderDuration(atMs - this.#startedAtMs)
  }
}

function renderState(instance: ManagedInstance, report: BootReport | undefined): string {
  const { versionName, currentAction, instanceStatus, healthStates } = instance
  const parts = [
    versionName || 'no release',
    currentAction === 'NONE' ? '' : currentAction.toLowerCase(),
    instanceStatus.toLowerCase(),
    report ? `${report.phase}${report.detail && ` (${shortDigest(report.detail)})`}` : '',
    healthStates.join(', ').toLowerCase(),
  ]
  return parts.filter((part) => part !== '').join('  ')
}

/** The digest of an image without the part that nobody compares by eye. */
function shortDigest(text: string): string {
  return text.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/g, '$1…')
}
