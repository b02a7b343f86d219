import type {
  GuestAttribute,
  HealthProbe,
  MachineSpec,
  ProbeResult,
} from '../../../emulator/machines/machine.ts'
import type { Guest, HostOptions } from '../../../emulator/machines/virtual-machine.ts'
import { roughly } from '../../../emulator/machines/virtual-machine.ts'

/** How an image behaves on the VMs that run it. */
export interface ImagePlan {
  readonly pullMs: number
  readonly startMs: number
  /**
   * `serves`; `exits` at once, and the startup script says so; `hangs`: never ready and never
   * failed; `sick`: ready, but the health check is never content.
   */
  readonly end: 'serves' | 'exits' | 'hangs' | 'sick'
  /** It serves this long, then its container exits and never comes up again, which nobody reports. */
  readonly exitsAfterMs?: number
}

/** The truth about a VM, which no API view can blur. */
export interface Insides {
  readonly id: string
  readonly name: string
  /** The image that the VM has booted into, and made ready; empty before that. */
  readonly booted: string
  /** The container runs and answers. */
  readonly isServing: boolean
}

export interface GuestParts {
  readonly host: HostOptions
  readonly planOf: (image: string) => ImagePlan
  /** Told whenever the insides may have changed. */
  readonly changed: () => void
}

const BOOTING_MS = 2_000
const STOPPING_MS = 2_000
/** After this many equal probe results in a row no threshold is ahead: one more changes nothing. */
const TELLING_PROBES = 12

/** What runs inside a simulated VM: the phases of the startup script, then the image's own plan. */
export class PlannedGuest implements Guest {
  readonly #spec: MachineSpec
  readonly #parts: GuestParts
  readonly #image: string
  readonly #plan: ImagePlan
  #report: GuestAttribute | undefined
  #isBooted = false
  #running = false
  #answers = false
  #flapsUntilMs = 0
  #cancel = () => {}
  #lastProbe: ProbeResult | undefined
  #equalProbes = 0

  constructor(spec: MachineSpec, parts: GuestParts) {
    this.#spec = spec
    this.#parts = parts
    this.#image = spec.metadata['app-image'] ?? ''
    this.#plan = parts.planOf(this.#image)
  }

  get insides(): Insides {
    const { id, name } = this.#spec
    const booted = this.#isBooted ? this.#image : ''
    return { id, name, booted, isServing: this.#running && this.#answers }
  }

  /** The app answers nothing for a while, although its container runs. */
  flap(durationMs: number): void {
    this.#flapsUntilMs = this.#parts.host.clock.now() + durationMs
  }

  address(): string {
    return '10.0.0.1'
  }

  attach(done: (problem?: string) => void): void {
    done()
  }

  boot(): void {
    this.#say('booting')
    this.#after(BOOTING_MS, () => {
      if (this.#image === '') this.#say('ready', 'no release yet')
      else this.#pull()
    })
  }

  announcePreemption(): void {}

  shutDown(done: () => void): void {
    this.#cancel()
    this.#say('stopping')
    this.#answers = false
    this.#parts.changed()
    this.#after(STOPPING_MS, () => {
      this.#running = false
      this.#parts.changed()
      done()
    })
  }

  destroy(done: () => void): void {
    this.#cancel()
    this.#stop()
    done()
  }

  guestAttributes(): readonly GuestAttribute[] {
    return this.#report ? [this.#report] : []
  }

  serialOutput(): string {
    return ''
  }

  probe(_check: HealthProbe, report: (result: ProbeResult) => void): void {
    const result = this.#probeResult()
    this.#equalProbes = result === this.#lastProbe ? this.#equalProbes + 1 : 1
    this.#lastProbe = result
    // The group model would only count on; leaving it alone halves the cost of a run.
    if (this.#equalProbes <= TELLING_PROBES) report(result)
  }

  #probeResult(): ProbeResult {
    if (!this.#running || !this.#answers) return 'timeout'
    if (this.#flapsUntilMs > this.#parts.host.clock.now()) return 'timeout'
    return this.#plan.end === 'sick' ? 'unhealthy' : 'healthy'
  }

  #pull(): void {
    this.#say('pulling', this.#image)
    this.#after(this.#plan.pullMs, () => {
      this.#say('starting')
      this.#after(this.#plan.startMs, () => this.#start())
    })
  }

  #start(): void {
    const { end, exitsAfterMs } = this.#plan
    if (end === 'exits') this.#say('failed', 'container exited with code 1')
    if (end === 'hangs' || end === 'exits') return
    this.#isBooted = true
    this.#running = true
    this.#answers = true
    this.#say('ready')
    this.#parts.changed()
    if (exitsAfterMs === undefined) return
    // Then the startup script has ended: only a health check can tell.
    this.#after(exitsAfterMs, () => this.#stop())
  }

  #stop(): void {
    this.#running = false
    this.#answers = false
    this.#parts.changed()
  }

  #say(phase: string, detail = ''): void {
    const release = this.#spec.metadata['app-release'] ?? ''
    const value = JSON.stringify({ phase, detail, release, image: this.#image, at: '' })
    this.#report = { namespace: 'deploy', key: 'boot', value }
  }

  #after(durationMs: number, task: () => void): void {
    this.#cancel = this.#parts.host.clock.after(roughly(this.#parts.host, durationMs), task)
  }
}
