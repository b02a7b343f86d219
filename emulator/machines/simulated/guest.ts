import type { GuestAttribute, HealthProbe, MachineSpec, ProbeResult } from '../machine.ts'
import { type Guest, type HostOptions, roughly } from '../virtual-machine.ts'
import { type AppBehaviour, behaviourOf } from './behaviour.ts'

/** What a simulated guest does to the world outside itself; every callback is called once. */
export interface Effects {
  address(): string | undefined
  attach(done: (problem?: string) => void): void
  /** Reads the secrets and looks for the image; `done` gets what is wrong, if anything. */
  fetch(what: 'secrets' | 'image', done: (problem: string | undefined) => void): void
  serve(behaviour: AppBehaviour, done: (problem: string | undefined) => void): void
  write(attribute: GuestAttribute): void
  guestAttributes(): readonly GuestAttribute[]
  announcePreemption(): void
  probe(check: HealthProbe, report: (result: ProbeResult) => void): void
  /** The app takes no more requests; the VM still has its address. */
  hush(done: () => void): void
  /** Power cut: neither app nor address nor connection is left. */
  detach(done: () => void): void
}

type Phase = 'booting' | 'secrets' | 'pulling' | 'starting' | 'ready' | 'failed' | 'stopping'

const BOOTING_MS = 2_000
const SECRETS_MS = 1_000
const PULLING_MS = 8_000
const STARTING_MS = 3_000
const STOPPING_MS = 2_000

/** A guest that acts out what the startup script does, phase by phase, on the clock. */
export class SimulatedGuest implements Guest {
  readonly #spec: MachineSpec
  readonly #effects: Effects
  readonly #host: HostOptions
  #log = ''
  #off = false
  #cancel = () => {}

  constructor(spec: MachineSpec, parts: { readonly effects: Effects; readonly host: HostOptions }) {
    this.#spec = spec
    this.#effects = parts.effects
    this.#host = parts.host
  }

  address(): string | undefined {
    return this.#effects.address()
  }

  attach(done: (problem?: string) => void): void {
    this.#effects.attach(done)
  }

  boot(): void {
    this.#report('booting')
    this.#after(BOOTING_MS, () => {
      if (this.#metadata('app-image') === '') this.#report('ready', 'no release yet')
      else this.#readSecrets()
    })
  }

  announcePreemption(): void {
    this.#effects.announcePreemption()
  }

  shutDown(done: () => void): void {
    this.#cancel()
    this.#report('stopping')
    // The app stops accepting at once; the rest of the shutdown takes its time.
    this.#effects.hush(() => this.#after(STOPPING_MS, done))
  }

  destroy(done: () => void): void {
    this.#off = true
    this.#cancel()
    this.#effects.detach(done)
  }

  guestAttributes(): readonly GuestAttribute[] {
    return this.#effects.guestAttributes()
  }

  serialOutput(): string {
    return this.#log
  }

  probe(check: HealthProbe, report: (result: ProbeResult) => void): void {
    this.#effects.probe(check, report)
  }

  #readSecrets(): void {
    if (this.#metadata('app-secrets').trim() === '') {
      this.#pull()
      return
    }
    this.#report('secrets')
    this.#after(SECRETS_MS, () => {
      this.#effects.fetch('secrets', (problem) => this.#proceed(problem, () => this.#pull()))
    })
  }

  #pull(): void {
    this.#report('pulling', this.#metadata('app-image'))
    this.#after(PULLING_MS, () => {
      this.#effects.fetch('image', (problem) => this.#proceed(problem, () => this.#start()))
    })
  }

  #start(): void {
    const behaviour = behaviourOf(this.#spec)
    this.#report('starting')
    this.#after(STARTING_MS, () => {
      if (behaviour === 'crash') this.#report('failed', 'container exited with code 1')
      else this.#effects.serve(behaviour, (problem) => this.#proceed(problem, () => this.#ready()))
    })
  }

  #ready(): void {
    this.#report('ready')
  }

  #proceed(problem: string | undefined, next: () => void): void {
    if (this.#off) return
    if (problem === undefined) next()
    else this.#report('failed', problem)
  }

  #report(phase: Phase, detail = ''): void {
    const at = new Date(this.#host.clock.now()).toISOString()
    this.#log += `${at} ${this.#spec.name} startup-script: ${phase}${detail && `: ${detail}`}\n`
    if (this.#metadata('enable-guest-attributes').toUpperCase() !== 'TRUE') return
    const value = JSON.stringify({
      phase,
      detail,
      release: this.#metadata('app-release'),
      image: this.#metadata('app-image'),
      at,
      ...(phase === 'failed' && { log: this.#log.slice(-500) }),
    })
    this.#effects.write({ namespace: 'deploy', key: 'boot', value })
  }

  #metadata(key: string): string {
    return this.#spec.metadata[key] ?? ''
  }

  #after(durationMs: number, task: () => void): void {
    this.#cancel = this.#host.clock.after(roughly(this.#host, durationMs), task)
  }
}
