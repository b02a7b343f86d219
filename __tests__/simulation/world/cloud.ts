import { type Compute, createCompute } from '../../../emulator/google/compute/compute.ts'
import type { GroupRecord } from '../../../emulator/google/compute/groups/registry.ts'
import { Federation } from '../../../emulator/google/federation/pools.ts'
import { Access } from '../../../emulator/google/iam/access.ts'
import { Policies } from '../../../emulator/google/iam/policies.ts'
import { createStorage, type Storage } from '../../../emulator/google/storage/storage.ts'
import { ObjectStore } from '../../../emulator/google/storage/store.ts'
import { createMachines } from '../../../emulator/machines/fleet.ts'
import type { HttpResponse } from '../../../src/ports.ts'
import { luckOf, mix } from '../luck.ts'
import { type ImagePlan, type Insides, PlannedGuest } from './guest.ts'
import { type Asked, ask, RouteFinder } from './in-process.ts'
import type { Timeline } from './timeline.ts'

export const PROJECT = { id: 'demo', number: '123456789012' } as const
export const REGION = 'europe-west3'
export const BUCKET = 'demo-tfstate'
export const GROUP = 'mervis'
/** Folder of the service in the state bucket. */
export const PREFIX = 'mervis'

const GRACE_MS = 30_000
const computeFinder = new RouteFinder()
const objectFinder = new RouteFinder()
const uploadFinder = new RouteFinder()

export type Service = 'compute' | 'storage' | 'upload' | 'registry'

/** The registry has every image: what is in it is another test's subject. */
const MANIFEST = {
  status: 200,
  headers: { 'docker-content-digest': 'sha256:0', 'content-type': 'application/json' },
  body: '{}',
}

export interface CloudParts {
  readonly timeline: Timeline
  readonly seed: number
  readonly planOf: (image: string) => ImagePlan
  readonly changed: () => void
}

/** The emulated cloud of one run: its real group model and object store, VMs that follow plans. */
export class Cloud {
  readonly compute: Compute
  readonly store: ObjectStore
  readonly #storage: Storage
  readonly #guests = new Map<string, PlannedGuest>()
  readonly #changed: () => void

  constructor({ timeline, seed, planOf, changed }: CloudParts) {
    const { next } = luckOf(mix(seed, 1))
    const host = { clock: timeline, random: next, graceMs: GRACE_MS }
    this.#changed = changed
    const machines = createMachines(host, (spec) => {
      const guest = new PlannedGuest(spec, { host, planOf, changed })
      this.#guests.set(spec.id, guest)
      return guest
    })
    this.compute = createCompute({
      clock: timeline,
      projectId: PROJECT.id,
      projectNumber: PROJECT.number,
      baseUrl: () => 'http://cloud',
      machines,
      seed: seed % 1_000_000,
    })
    this.store = new ObjectStore(timeline)
    this.store.createBucket(BUCKET, {})
    this.#storage = createStorage({
      ...permissions(),
      store: this.store,
      url: () => 'http://cloud',
    })
  }

  /** Answers one request as it reaches the cloud. */
  ask(service: Service, asked: Asked): Promise<HttpResponse> {
    if (service === 'registry') return Promise.resolve(MANIFEST)
    if (service === 'compute') return ask(computeFinder, this.compute.routes.routes, asked)
    if (service === 'storage') return ask(objectFinder, this.#storage.json.routes, asked)
    return ask(uploadFinder, this.#storage.upload.routes, asked)
  }

  get record(): GroupRecord {
    const record = this.compute.groups().find(({ name }) => name === GROUP)
    if (record === undefined) throw new Error('The group is gone.')
    return record
  }

  /** The insides of every VM that exists, also of those on their way out. */
  insides(): readonly Insides[] {
    return this.record.runner.hosted().flatMap(({ id }) => this.#guests.get(id)?.insides ?? [])
  }

  /** The app of one VM answers nothing for a while. */
  flap(id: string, durationMs: number): void {
    this.#guests.get(id)?.flap(durationMs)
    this.#changed()
  }

  async stop(): Promise<void> {
    await this.compute.stop()
  }
}

/** Who may do what is another test's subject; the routes only want to be given it. */
function permissions() {
  const project = PROJECT
  const policies = new Policies(project)
  const access = new Access({ project, policies, federation: new Federation() })
  return { project, policies, access }
}
