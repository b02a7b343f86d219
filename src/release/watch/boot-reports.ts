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
/** Without a health check a VM boots for long before it has something to tell. */
const SILENT_PAUSES_MS = [12_000]
/** The same where nothing is missing but its word: the whole budget, evenly. */
const ONLY_WORD_PAUSES_MS = [MINUTE_MS / ASKS_PER_MINUTE]
/** Where that word is about to be said: an app without HEALTHCHECK counts as ready after 10 s. */
const LAST_PAUSES_MS = [3_000, 3_000, 4_000, 6_000]
const MAX_ASKED_AT_ONCE = 10
/** All VMs together: what Google's quota leaves for one user among others. */
const ASKS_PER_SECOND = 10
/** The most that a look at a thousand VMs, which are looked at less often, is made to cost. */
const MAX_ASKED_IN_A_LOOK = 15

/** What was asked of one VM. */
interface Asked {
  /** The very object, as long as nothing about the VM has changed (see Roster). */
  readonly instance: ManagedInstance
  readonly pausesMs: readonly number[]
  readonly atMs: number
  /** How often it was asked since one of them last changed. */
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
  #snapshot: ReadonlyMap<string, BootReport> | undefined
  /** VMs that were to be asked the last time, be it their turn or not. */
  #waiting: readonly ManagedInstance[] = []
  #isLastWord = false
  #askedAtMs: number

  constructor(compute: Compute, clock: Clock) {
    this.#compute = compute
    this.#clock = clock
    this.#askedAtMs = clock.now()
  }

  /** By VM name, as of now: later words do not change it. */
  get latest(): ReadonlyMap<string, BootReport> {
    this.#snapshot ??= new Map(this.#reports)
    return this.#snapshot
  }

  /** Whether VMs whose turn had come were left for the next time. */
  get hasBacklog(): boolean {
    return this.#hasBacklog
  }

  /** Drops what was said by VMs that are gone, not running, or other ones by now. */
  forgetAllBut(find: (name: string) => ManagedInstance | undefined): void {
    for (const [name, asked] of this.#asked) {
      const instance = find(name)
      // A VM that is recreated keeps its name but not its id; what the old one said must not count.
      const isSame = instance?.id === asked.instance.id
      if (isSame && instance.instanceStatus === 'RUNNING') continue
      this.#asked.delete(name)
      if (this.#reports.delete(name)) this.#snapshot = undefined
    }
    const now = this.#clock.now()
    for (const [id, times] of this.#spent) {
      if (now - (times.at(-1) ?? 0) >= MINUTE_MS) this.#spent.delete(id)
    }
  }

  /**
   * Asks those of `instances` whose turn it is, at most 10 at once, the longest unasked first.
   * `isLastWord`: nothing but their words is missing, so that somebody waits for them.
   */
  async ask(instances: readonly ManagedInstance[], isLastWord: boolean): Promise<void> {
    const now = this.#clock.now()
    this.#isLastWord = isLastWord
    this.#waiting = instances
    const due = instances
      .filter((instance) => this.#dueAtMs(instance) <= now)
      .sort((a, b) => this.#lastAskedAtMs(a) - this.#lastAskedAtMs(b))
    const count = Math.min(this.#countAt(now), due.length)
    this.#hasBacklog = due.length > count
    for (let from = 0; from < count; from += MAX_ASKED_AT_ONCE) {
      const wave = due.slice(from, Math.min(count, from + MAX_ASKED_AT_ONCE))
      await Promise.all(wave.map((instance) => this.#askOne(instance)))
    }
  }

  /** Until the next of the words that are all that is missing may be asked for. */
  get lastWordInMs(): number | undefined {
    if (!this.#isLastWord || this.#waiting.length === 0) return undefined
    if (this.#hasBacklog) return 0
    const nextAtMs = this.#waiting.reduce(
      (earliest, instance) => Math.min(earliest, this.#dueAtMs(instance)),
      Number.POSITIVE_INFINITY
    )
    return nextAtMs - this.#clock.now()
  }

  /** How many may be asked now: as many as the time since the last look allows. */
  #countAt(now: number): number {
    const earned = Math.floor(((now - this.#askedAtMs) * ASKS_PER_SECOND) / 1_000)
    this.#askedAtMs = now
    return Math.min(MAX_ASKED_IN_A_LOOK, Math.max(MAX_ASKED_AT_ONCE, earned))
  }

  #dueAtMs(instance: ManagedInstance): number {
    if (instance.instanceStatus !== 'RUNNING') return Number.POSITIVE_INFINITY
    const spent = this.#spent.get(instance.id) ?? []
    const freeAtMs = (spent.at(-ASKS_PER_MINUTE) ?? Number.NEGATIVE_INFINITY) + MINUTE_MS
    const asked = this.#asked.get(instance.name)
    if (!asked) return freeAtMs
    const pausesMs = this.#pausesOf(instance)
    const hasNews = !isQuiet(asked, instance, pausesMs)
    const quietAsks = hasNews ? 1 : Math.min(asked.quietAsks, pausesMs.length)
    return Math.max(freeAtMs, asked.atMs + (pausesMs[quietAsks - 1] ?? 0))
  }

  #lastAskedAtMs({ name }: ManagedInstance): number {
    return this.#asked.get(name)?.atMs ?? 0
  }

  async #askOne(instance: ManagedInstance): Promise<void> {
    const atMs = this.#clock.now()
    const { name, id } = instance
    const before = this.#asked.get(name)
    const pausesMs = this.#pausesOf(instance)
    const quietAsks = before && isQuiet(before, instance, pausesMs) ? before.quietAsks + 1 : 1
    this.#asked.set(name, { instance, pausesMs, atMs, quietAsks })
    const spent = this.#spent.get(id) ?? []
    this.#spent.set(id, [...spent.slice(1 - ASKS_PER_MINUTE), atMs])
    const report = readBootReport(
      await this.#compute.fetchGuestAttribute(instance, BOOT_REPORT_PATH)
    )
    if (report) this.#take(name, report)
  }

  /** The same words are the same report, so that nobody takes them for news. */
  #take(name: string, report: BootReport): void {
    const before = this.#reports.get(name)
    if (before && isSameReport(before, report)) return
    this.#reports.set(name, report)
    this.#snapshot = undefined
  }

  #pausesOf({ name, healthStates }: ManagedInstance): readonly number[] {
    const isSilent = healthStates.length === 0
    if (!this.#isLastWord) return isSilent ? SILENT_PAUSES_MS : PAUSES_MS
    const isFar = isSilent && this.#reports.get(name)?.phase !== 'starting'
    return isFar ? ONLY_WORD_PAUSES_MS : LAST_PAUSES_MS
  }
}

/** Otherwise the VM may have something to tell, or is wanted to tell it sooner. */
function isQuiet(asked: Asked, instance: ManagedInstance, pausesMs: readonly number[]): boolean {
  return asked.instance === instance && asked.pausesMs === pausesMs
}

function isSameReport(one: BootReport, other: BootReport): boolean {
  return (
    one.phase === other.phase &&
    one.detail === other.detail &&
    one.release === other.release &&
    one.image === other.image &&
    one.log === other.log
  )
}
