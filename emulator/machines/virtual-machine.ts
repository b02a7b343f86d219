import type { Clock } from '../clock.ts'
import type {
  GuestAttribute,
  HealthProbe,
  Machine,
  MachineObserver,
  MachineSpec,
  MachineStatus,
  ProbeResult,
} from './machine.ts'

/** What runs inside a VM, as its host sees it. Callbacks are called exactly once. */
export interface Guest {
  address(): string | undefined
  /** Connects the VM: address and metadata server. Nothing runs yet. `problem`: it cannot be. */
  attach(done: (problem?: string) => void): void
  boot(): void
  /** The notice that comes before a preemption. */
  announcePreemption(): void
  /** ACPI soft off; `done` when the guest has shut itself down. */
  shutDown(done: () => void): void
  /** Power cut and removal of whatever is left. Safe in every state. */
  destroy(done: () => void): void
  guestAttributes(): readonly GuestAttribute[]
  serialOutput(): string
  probe(check: HealthProbe, report: (result: ProbeResult) => void): void
}

/** Time and luck of the hypervisor. */
export interface HostOptions {
  readonly clock: Clock
  /** In [0, 1); seeded, so that a run can be repeated. */
  readonly random: () => number
  /** Between soft and hard power-off, as it passes here. */
  readonly graceMs: number
}

const PROVISIONING_MS = 4_000
const STAGING_MS = 6_000

/** A duration of the cloud with ±20 % of luck in it. */
export function roughly(options: HostOptions, durationMs: number): number {
  return options.clock.scaled(durationMs * (0.8 + 0.4 * options.random()))
}

/** The life of one VM, from PROVISIONING to gone, around whatever runs inside it. */
export class VirtualMachine implements Machine {
  readonly #spec: MachineSpec
  readonly #observe: MachineObserver
  readonly #guest: Guest
  readonly #options: HostOptions
  readonly #gone = Promise.withResolvers<void>()
  #status: MachineStatus | 'GONE' = 'PROVISIONING'
  #ending: 'STOP' | 'DELETE' | undefined
  #destroying = false
  #noticed = false
  #problem: string | undefined
  #cancel = () => {}

  constructor(
    spec: MachineSpec,
    observe: MachineObserver,
    parts: { readonly guest: Guest; readonly host: HostOptions }
  ) {
    this.#spec = spec
    this.#observe = observe
    this.#guest = parts.guest
    this.#options = parts.host
    this.#after(roughly(parts.host, PROVISIONING_MS), () => this.#stage())
  }

  /** Resolves when nothing of the VM is left. */
  get gone(): Promise<void> {
    return this.#gone.promise
  }

  address(): string | undefined {
    return this.#guest.address()
  }

  guestAttributes(): readonly GuestAttribute[] {
    return this.#guest.guestAttributes()
  }

  serialOutput(): string {
    return this.#guest.serialOutput()
  }

  probe(check: HealthProbe, report: (result: ProbeResult) => void): void {
    this.#guest.probe(check, report)
  }

  preempt(): void {
    if (this.#ending || this.#noticed) return
    this.#noticed = true
    this.#guest.announcePreemption()
    const { preemptionNoticeMs, terminationAction } = this.#spec
    // A VM that does not run yet has nobody to take notice.
    if (preemptionNoticeMs === 0 || this.#status !== 'RUNNING') this.#end(terminationAction)
    else {
      const noticeMs = this.#options.clock.scaled(preemptionNoticeMs)
      this.#after(noticeMs, () => this.#end(terminationAction))
    }
  }

  delete(): void {
    if (this.#ending === 'DELETE') return
    const stopped = this.#status === 'TERMINATED'
    const stopping = this.#ending === 'STOP' && !stopped
    // A preemption that is under way goes on; only its result changes.
    if (stopping) this.#ending = 'DELETE'
    else if (stopped) this.#destroyAs('DELETE')
    else this.#end('DELETE')
  }

  /** Power cut, without shutdown: the emulator itself is going away. */
  destroy(): Promise<void> {
    this.#destroyAs('DELETE')
    return this.gone
  }

  #stage(): void {
    this.#report('STAGING')
    this.#after(roughly(this.#options, STAGING_MS), () => {
      this.#guest.attach((problem) => {
        if (problem === undefined) this.#run()
        else this.#giveUp(problem)
      })
    })
  }

  /** A VM without a network would be of use to nobody: the group shall try again. */
  #giveUp(problem: string): void {
    if (this.#ending) return
    this.#problem = problem
    this.#destroyAs('DELETE')
  }

  #run(): void {
    if (this.#ending) return
    this.#report('RUNNING')
    this.#guest.boot()
  }

  #end(how: 'STOP' | 'DELETE'): void {
    this.#cancel()
    this.#ending = how
    if (this.#status !== 'RUNNING') {
      this.#destroyAs(how)
      return
    }
    this.#report('STOPPING')
    this.#after(this.#options.graceMs, () => this.#destroyAs(this.#ending ?? how))
    this.#guest.shutDown(() => this.#destroyAs(this.#ending ?? how))
  }

  #destroyAs(how: 'STOP' | 'DELETE'): void {
    this.#ending = how
    if (this.#destroying) return
    this.#destroying = true
    this.#cancel()
    this.#guest.destroy(() => {
      this.#destroying = false
      this.#finish()
    })
  }

  #finish(): void {
    const gone = this.#ending === 'DELETE'
    this.#report(gone ? 'GONE' : 'TERMINATED')
    if (gone) this.#gone.resolve()
  }

  #report(status: MachineStatus | 'GONE'): void {
    if (this.#status === status || this.#status === 'GONE') return
    this.#status = status
    this.#observe(status, this.#problem)
  }

  #after(delayMs: number, task: () => void): void {
    this.#cancel = this.#options.clock.after(delayMs, task)
  }
}
