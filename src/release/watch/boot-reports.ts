import type { ManagedInstance } from '../../google/compute/group.ts'
import type { Compute } from '../../google/compute.ts'
import type { Clock } from '../../ports.ts'
import { BOOT_REPORT_PATH, type BootReport, readBootReport } from '../rollout/boot-report.ts'

/**
 * Guest attributes allow 10 queries a minute per VM
 * (https://cloud.google.com/compute/docs/metadata/manage-guest-attributes). A VM is asked when
 * something about it changed, then at growing intervals, and never beyond this budget.
 */
const ASKS_PER_MINUTE = 10
const MINUTE_MS = 60_000
/** Between one ask and the next while nothing changes; the last one goes on. */
const PAUSES_MS = [2_000, 4_000, 8_000, 12_000]
/** The same once the group says that the VM is well, so that only its own word is missing. */
const LAST_PAUSES_MS = [1_000, 1_000, 2_000, 4_000, 8_000, 12_000]
const MAX_ASKED_AT_ONCE = 10

/** What was asked of one VM. */
interface Asked {
  /** A VM that is recreated keeps its name but not its id; what the old one said must not count. */
  readonly id: string
  readonly atMs: number
  readonly signature: string
  /** How often it was asked since that last changed. */
  readonly quietAsks: number
}

/** What the VMs of one group said last, asked for as rarely as may be. */
export class BootReports {
  readonly #compute: Compute
  readonly #clock: Clock
  readonly #asked = new Map<string, Asked>()
  readonly #reports = new Map<string, BootReport>()
  /** Asks of the last minute by VM id; they count for the budget whatever became of the VM since. */
  readonly #spent = new Map<string, readonly number[]>()
  #hasBacklog = false

  constructor(compute: Compute, clock: Clock) {
    this.#compute = compute
    this.#clock = clock
  }

  /** By VM name. */
  get latest(): ReadonlyMap<string, BootReport> {
    return this.#reports
  }

  /** Whether VMs whose turn had come were left for the next time. */
  get hasBacklog(): boolean {
    return this.#hasBacklog
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
    const now = this.#clock.now()
    for (const [id, times] of this.#spent) {
      if (now - (times.at(-1) ?? 0) >= MINUTE_MS) this.#spent.delete(id)
    }
  }

  /** Asks those of `instances` whose turn it is, at most 10 at once, the longest unasked first. */
  async ask(instances: readonly ManagedInstance[]): Promise<void> {
    const due = instances
      .filter((instance) => this.#isDue(instance))
      .sort((a, b) => this.#lastAskedAtMs(a) - this.#lastAskedAtMs(b))
    this.#hasBacklog = due.length > MAX_ASKED_AT_ONCE
    await Promise.all(due.slice(0, MAX_ASKED_AT_ONCE).map((instance) => this.#askOne(instance)))
  }

  #isDue(instance: ManagedInstance): boolean {
    if (instance.instanceStatus !== 'RUNNING') return false
    if (this.#spentBy(instance).length >= ASKS_PER_MINUTE) return false
    const asked = this.#asked.get(instance.name)
    if (!asked) return true
    const pausesMs = isWell(instance) ? LAST_PAUSES_MS : PAUSES_MS
    const hasNews = asked.signature !== signatureOf(instance)
    const quietAsks = hasNews ? 1 : Math.min(asked.quietAsks, pausesMs.length)
    return this.#clock.now() - asked.atMs >= (pausesMs[quietAsks - 1] ?? 0)
  }

  #lastAskedAtMs({ name }: ManagedInstance): number {
    return this.#asked.get(name)?.atMs ?? 0
  }

  #spentBy({ id }: ManagedInstance): readonly number[] {
    const now = this.#clock.now()
    return (this.#spent.get(id) ?? []).filter((atMs) => now - atMs < MINUTE_MS)
  }

  async #askOne(instance: ManagedInstance): Promise<void> {
    const atMs = this.#clock.now()
    const before = this.#asked.get(instance.name)
    const signature = signatureOf(instance)
    const quietAsks = before?.signature === signature ? before.quietAsks + 1 : 1
    this.#asked.set(instance.name, { id: instance.id, atMs, signature, quietAsks })
    this.#spent.set(instance.id, [...this.#spentBy(instance), atMs])
    const report = readBootReport(
      await this.#compute.fetchGuestAttribute(instance, BOOT_REPORT_PATH)
    )
    if (report) this.#reports.set(instance.name, report)
  }
}

/** Whether the group has nothing more to wait for on this VM. */
function isWell({ currentAction, healthStates }: ManagedInstance): boolean {
  return currentAction === 'NONE' && healthStates.every((state) => state === 'HEALTHY')
}

/** What the group's own list says of a VM: when it changes, the VM may have something to tell. */
function signatureOf({ currentAction, instanceStatus, healthStates }: ManagedInstance): string {
  return `${currentAction} ${instanceStatus} ${healthStates.join()}`
}
