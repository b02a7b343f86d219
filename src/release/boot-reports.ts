import type { Compute, ManagedInstance } from '../google/compute.ts'
import type { Clock } from '../ports.ts'
import { BOOT_REPORT_PATH, type BootReport, readBootReport } from './boot-report.ts'

/**
 * Guest attributes allow 10 queries a minute per VM
 * (https://cloud.google.com/compute/docs/metadata/manage-guest-attributes). A VM is asked when
 * something about it changed, then at growing intervals, and never beyond this budget.
 */
const ASKS_PER_MINUTE = 9
const MINUTE_MS = 60_000
/** Between one ask and the next while nothing changes; the last one goes on. */
const PAUSES_MS = [1_000, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000]
const MAX_ASKED_AT_ONCE = 10

/** What was asked of one VM. */
interface Asked {
  /** A VM that is recreated keeps its name but not its id; what the old one said must not count. */
  readonly id: string
  readonly signature: string
  /** How often it was asked since that last changed. */
  readonly quietAsks: number
  /** Those of the last minute, oldest first. */
  readonly timesMs: readonly number[]
}

/** What the VMs of one group said last, asked for as rarely as may be. */
export class BootReports {
  readonly #compute: Compute
  readonly #clock: Clock
  readonly #asked = new Map<string, Asked>()
  readonly #reports = new Map<string, BootReport>()

  constructor(compute: Compute, clock: Clock) {
    this.#compute = compute
    this.#clock = clock
  }

  /** By VM name. */
  get latest(): ReadonlyMap<string, BootReport> {
    return this.#reports
  }

  /** Drops what was said by VMs that are gone, not running, or other ones by now. */
  forgetAllBut(instances: readonly ManagedInstance[]): void {
    const running = instances.filter((instance) => instance.instanceStatus === 'RUNNING')
    const ids = new Map(running.map(({ name, id }) => [name, id]))
    for (const [name, { id }] of this.#asked) {
      if (ids.get(name) === id) continue
      this.#asked.delete(name)
      this.#reports.delete(name)
    }
  }

  /** Asks those of `instances` whose turn it is, at most 10 at once, the longest unasked first. */
  async ask(instances: readonly ManagedInstance[]): Promise<void> {
    const due = instances
      .filter((instance) => this.#isDue(instance))
      .sort((a, b) => this.#lastAskedAtMs(a) - this.#lastAskedAtMs(b))
    await Promise.all(due.slice(0, MAX_ASKED_AT_ONCE).map((instance) => this.#askOne(instance)))
  }

  #isDue(instance: ManagedInstance): boolean {
    if (instance.instanceStatus !== 'RUNNING') return false
    const asked = this.#asked.get(instance.name)
    if (!asked) return true
    const now = this.#clock.now()
    if (asked.timesMs.filter((at) => now - at < MINUTE_MS).length >= ASKS_PER_MINUTE) return false
    const hasNews = asked.signature !== signatureOf(instance)
    const pauseMs = PAUSES_MS.at(hasNews ? 0 : Math.min(asked.quietAsks, PAUSES_MS.length) - 1)
    return now - this.#lastAskedAtMs(instance) >= (pauseMs ?? 0)
  }

  #lastAskedAtMs({ name }: ManagedInstance): number {
    return this.#asked.get(name)?.timesMs.at(-1) ?? 0
  }

  async #askOne(instance: ManagedInstance): Promise<void> {
    const now = this.#clock.now()
    const before = this.#asked.get(instance.name)
    const signature = signatureOf(instance)
    this.#asked.set(instance.name, {
      id: instance.id,
      signature,
      quietAsks: before?.signature === signature ? before.quietAsks + 1 : 1,
      timesMs: [...(before?.timesMs ?? []).filter((at) => now - at < MINUTE_MS), now],
    })
    const value = await this.#compute.fetchGuestAttribute(instance, BOOT_REPORT_PATH)
    const report = readBootReport(value)
    if (report) this.#reports.set(instance.name, report)
  }
}

/** What the group's own list says of a VM: when it changes, the VM may have something to tell. */
function signatureOf({ currentAction, instanceStatus, healthStates }: ManagedInstance): string {
  return `${currentAction} ${instanceStatus} ${healthStates.join()}`
}
