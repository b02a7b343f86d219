import type { Clock } from '../../clock.ts'
import { createMachines, seededRandom } from '../fleet.ts'
import type { GuestAttribute, HealthProbe, MachineFactory, ProbeResult } from '../machine.ts'
import type { AppBehaviour } from './behaviour.ts'
import { type Effects, SimulatedGuest } from './guest.ts'

const GRACE_MS = 30_000

/**
 * VMs without sockets or files, entirely on the clock: thousands of rollouts a minute on a
 * VirtualClock, and the same seed gives the same run.
 */
export function createMemoryMachines(options: {
  readonly clock: Clock
  readonly seed: number
}): MachineFactory {
  const { clock } = options
  const host = { clock, random: seededRandom(options.seed), graceMs: clock.scaled(GRACE_MS) }
  let count = 1
  return createMachines(host, (spec) => {
    const effects = new MemoryEffects(`10.132.${Math.floor(count / 250)}.${2 + (count % 250)}`)
    count++
    return new SimulatedGuest(spec, { effects, host })
  })
}

class MemoryEffects implements Effects {
  readonly #address: string
  readonly #attributes = new Map<string, GuestAttribute>()
  #app: AppBehaviour = 'silent'

  constructor(address: string) {
    this.#address = address
  }

  address(): string {
    return this.#address
  }

  attach(done: () => void): void {
    done()
  }

  fetch(_what: 'secrets' | 'image', done: (problem: string | undefined) => void): void {
    done(undefined)
  }

  serve(behaviour: AppBehaviour, done: (problem: string | undefined) => void): void {
    this.#app = behaviour
    done(undefined)
  }

  write(attribute: GuestAttribute): void {
    this.#attributes.set(`${attribute.namespace}/${attribute.key}`, attribute)
  }

  guestAttributes(): readonly GuestAttribute[] {
    return [...this.#attributes.values()]
  }

  announcePreemption(): void {}

  probe(_check: HealthProbe, report: (result: ProbeResult) => void): void {
    if (this.#app === 'healthy') report('healthy')
    else report(this.#app === 'unhealthy' ? 'unhealthy' : 'timeout')
  }

  hush(done: () => void): void {
    this.#app = 'silent'
    done()
  }

  detach(done: () => void): void {
    this.#app = 'silent'
    done()
  }
}
