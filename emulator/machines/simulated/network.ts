import { createServer, type Server } from 'node:http'
import { Addresses } from '../address.ts'
import { createMachines, seededRandom } from '../fleet.ts'
import type {
  GuestAttribute,
  HealthProbe,
  MachineFactory,
  MachineSpec,
  ProbeResult,
} from '../machine.ts'
import { Presence, type Surroundings } from '../presence.ts'
import { probeAddress } from '../probe.ts'
import type { AppBehaviour } from './behaviour.ts'
import { findImage, readSecrets } from './fetch.ts'
import { type Effects, SimulatedGuest } from './guest.ts'

const GRACE_MS = 30_000

/** Simulated VMs that are on the network: metadata server, tokens, and an app that answers HTTP. */
export function createSimulatedMachines(
  options: Omit<Surroundings, 'addresses'> & { readonly seed: number }
): MachineFactory {
  const cloud = { ...options, addresses: new Addresses() }
  const { clock } = options
  const host = { clock, random: seededRandom(options.seed), graceMs: clock.scaled(GRACE_MS) }
  return createMachines(host, (spec) => {
    return new SimulatedGuest(spec, { effects: new NetworkEffects(spec, cloud), host })
  })
}

class NetworkEffects implements Effects {
  readonly #spec: MachineSpec
  readonly #cloud: Surroundings
  readonly #presence: Presence
  #app: Server | undefined

  constructor(spec: MachineSpec, cloud: Surroundings) {
    this.#spec = spec
    this.#cloud = cloud
    this.#presence = new Presence(spec, cloud)
  }

  address(): string | undefined {
    return this.#presence.address
  }

  attach(done: (problem?: string) => void): void {
    void this.#presence.open().then(
      () => done(),
      (error: unknown) => done(String(error))
    )
  }

  fetch(what: 'secrets' | 'image', done: (problem: string | undefined) => void): void {
    const access = {
      baseUrl: this.#cloud.baseUrl(),
      token: this.#presence.token() ?? '',
      project: this.#cloud.project.id,
    }
    const { metadata } = this.#spec
    const answer =
      what === 'image'
        ? findImage(metadata['app-image'] ?? '', access)
        : readSecrets(metadata['app-secrets'] ?? '', access)
    void answer.catch((error: unknown) => `${what}: ${error}`).then(done)
  }

  serve(behaviour: AppBehaviour, done: (problem: string | undefined) => void): void {
    const port = Number(this.#spec.metadata['app-port'] ?? '')
    const address = this.#presence.address
    // An app without a port (a bot) and a silent one have nothing to listen on.
    if (!port || !address || behaviour === 'silent') {
      done(undefined)
      return
    }
    const app = createServer((_, response) => {
      const status = behaviour === 'healthy' ? 200 : 503
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(`${JSON.stringify(this.#selfPortrait())}\n`)
    })
    this.#app = app
    const fail = (error: unknown) => done(`container failed to start: ${error}`)
    app.once('error', fail)
    try {
      app.listen({ host: address, port }, () => done(undefined))
    } catch (error) {
      // A number that is no port.
      fail(error)
    }
  }

  write(attribute: GuestAttribute): void {
    this.#presence.guestAttributes.write(attribute)
  }

  guestAttributes(): readonly GuestAttribute[] {
    return this.#presence.guestAttributes.list()
  }

  announcePreemption(): void {
    this.#presence.announcePreemption()
  }

  probe(check: HealthProbe, report: (result: ProbeResult) => void): void {
    const address = this.#presence.address
    if (address) probeAddress(address, check, report)
    else report('timeout')
  }

  hush(done: () => void): void {
    if (!this.#app) {
      done()
      return
    }
    this.#app.close(() => done())
    this.#app.closeIdleConnections()
  }

  detach(done: () => void): void {
    // A client that never sends its request would keep the app open for a minute.
    this.#app?.close()
    this.#app?.closeAllConnections()
    void this.#presence.close().then(done)
  }

  #selfPortrait(): unknown {
    const { metadata, name } = this.#spec
    return {
      service: metadata['created-by']?.split('/').at(-1) ?? name,
      release: metadata['app-release'] ?? '',
      image: metadata['app-image'] ?? '',
      vm: name,
    }
  }
}
