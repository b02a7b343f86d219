import type { Blobs } from '../../../../../emulator/registry/blobs.ts'
import { releaseTag } from '../../../../../src/image/reference.ts'
import { asList, asRecord, asText, parseJson } from '../../../../../src/lib/json.ts'
import {
  EMPTY_LEDGER,
  type Ledger,
  type LedgerEntry,
} from '../../../../../src/release/ledger/ledger.ts'
import { parseLedger, renderLedger } from '../../../../../src/release/ledger/ledger-format.ts'
import { makeRelease, type Release } from '../../../../../src/release/release.ts'
import { BUCKET, GROUP, PROJECT, REGION } from '../../../../simulation/world/cloud.ts'
import type { Denial, Fault } from '../../../../simulation/world/faults.ts'
import {
  BASE_TEMPLATE_NAME,
  furnish,
  LEDGER_NAME,
  LOCK_NAME,
  PROVENANCE,
  templateBody,
} from '../../../../simulation/world/furnish.ts'
import type { ImagePlan } from '../../../../simulation/world/guest.ts'
import { Job, type Sent } from '../../../../simulation/world/job.ts'
import { Timeline } from '../../../../simulation/world/timeline.ts'
import { IMAGE_PATH, PruneCloud } from './prune-cloud.ts'

export const REGION_PATH = `/projects/${PROJECT.id}/regions/${REGION}`
export const HOUR_MS = 3_600_000
const START_MS = Date.UTC(2026, 10, 23)
const HEALTH = { intervalSec: 5, healthyThreshold: 1, unhealthyThreshold: 2, initialDelaySec: 60 }

/** A change of the cloud that just took effect. */
export type OnEffect = (sent: Sent, status: number, holder: string) => void

export interface JobTroubles {
  readonly faults?: readonly Fault[]
  readonly denial?: Denial | undefined
}

/** A service with a past: releases, their templates, tags and the ledger, on one virtual time. */
export class PruneWorld {
  readonly timeline = new Timeline(START_MS)
  readonly cloud: PruneCloud
  readonly jobs: Job[] = []
  readonly #seed: number
  #touched = false

  constructor(seed: number, blobs: Blobs, planOf: (image: string) => ImagePlan = () => SERVES) {
    this.#seed = seed
    const { timeline } = this
    this.cloud = new PruneCloud({ timeline, seed, planOf, changed: () => {} }, blobs)
  }

  /** The group on the base template, its one VM running. */
  async furnish(size = 1): Promise<void> {
    await furnish(this.cloud, {
      size,
      zones: 1,
      groupAs: 'name',
      strategy: 'surge',
      health: HEALTH,
      isRepaired: true,
      isReleased: false,
      earlier: [],
    })
    await this.pass(120_000)
  }

  /** The release that an image makes on a base; another machine type is another base. */
  releaseOf(image: string, { name = GROUP, machineType = 'e2-small' } = {}): Release {
    const { properties } = asRecord(templateBody(BASE_TEMPLATE_NAME, undefined))
    const base = {
      name: BASE_TEMPLATE_NAME,
      selfLink: '',
      description: '',
      properties: { ...asRecord(properties), machineType },
    }
    return makeRelease({ name, base, image, secretLines: undefined, provenance: PROVENANCE })
  }

  /** Makes a release as an earlier run did: pushed, tagged, with its template. */
  async addRelease(number: number, more: { readonly isTagged?: boolean } = {}): Promise<Release> {
    const image = this.cloud.push(number)
    const release = this.releaseOf(image)
    if (more.isTagged ?? true) this.tag(releaseTag(release.id), image)
    await this.addTemplate(release.template)
    return release
  }

  async addTemplate(template: object): Promise<void> {
    await this.ask('POST', `${REGION_PATH}/instanceTemplates`, template)
  }

  tag(tag: string, image: string): void {
    this.cloud.images.tag(IMAGE_PATH, tag, image.slice(image.indexOf('@') + 1))
  }

  async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const text = body === undefined ? '' : JSON.stringify(body)
    const asked = { method, path, query: new URLSearchParams(), headers: {}, body: text }
    const answer = await this.cloud.ask('compute', asked)
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.body}`)
    return parseJson(answer.body)
  }

  /** Puts the group on a release, as an earlier run did. */
  async rollTo({ id, template }: Release): Promise<void> {
    const instanceTemplate = `${REGION_PATH.slice(1)}/instanceTemplates/${template.name}`
    const versions = [{ name: id, instanceTemplate }]
    await this.ask('PATCH', `${REGION_PATH}/instanceGroupManagers/${GROUP}`, { versions })
    await this.pass(300_000)
  }

  get ledger(): Ledger {
    const object = this.cloud.store.find(BUCKET, LEDGER_NAME)
    return object ? parseLedger(object.data.toString(), LEDGER_NAME) : EMPTY_LEDGER
  }

  /** Adds an entry past all rules, as a history has it. */
  addEntry({ id, template }: Release, how: Partial<LedgerEntry>): void {
    const { entries } = this.ledger
    const at = new Date(this.timeline.now()).toISOString()
    const outcome = how.outcome === undefined ? 'verified' : how.outcome
    const entry: LedgerEntry = {
      ...PROVENANCE,
      attempt: entries.length + 1,
      kind: 'deploy',
      release: id,
      template: template.name,
      image: asText(asRecord(parseJson(template.description))['image']),
      previous: null,
      holder: 'run-0',
      startedAt: at,
      finishedAt: outcome === null ? null : at,
      rolledBackTo: null,
      reason: null,
      more: {},
      ...how,
      outcome,
    }
    const data = Buffer.from(renderLedger({ entries: [...entries, entry], more: {} }))
    const object = { data, contentType: 'application/json', fields: {} }
    this.cloud.store.put(BUCKET, LEDGER_NAME, object, {})
  }

  /** What stands in the deploy lock; empty while nobody holds it. */
  get lockText(): string {
    return this.cloud.store.find(BUCKET, LOCK_NAME)?.data.toString() ?? ''
  }

  get isLocked(): boolean {
    return this.lockText !== ''
  }

  /** Names of all instance templates of the region. */
  async templates(): Promise<readonly string[]> {
    const list = asRecord(await this.ask('GET', `${REGION_PATH}/instanceTemplates`))
    return asList(list['items'])
      .map((item) => asText(asRecord(item)['name']))
      .sort()
  }

  /** Names of the templates that the group or a VM of it refers to, seen from the inside. */
  usedTemplates(): ReadonlySet<string> {
    const { group } = this.cloud.record.runner
    const links = [...group.spec.versions, ...group.instances.map(({ version }) => version)]
    return new Set(links.map(({ template }) => template.slice(template.lastIndexOf('/') + 1)))
  }

  get groupIsOn(): string {
    return this.cloud.record.runner.group.spec.versions[0]?.name ?? ''
  }

  /** A new job; `effect` is told of every change that it makes. */
  job({ faults = [], denial }: JobTroubles = {}, effect: OnEffect = () => {}): Job {
    const { timeline, cloud } = this
    const holder = `run-${this.jobs.length + 1}`
    const job = new Job({
      timeline,
      cloud,
      faults,
      denial,
      asked: undefined,
      seed: this.#seed * 1_000 + this.jobs.length,
      touched: () => {
        this.#touched = true
      },
      effect: (sent, status) => effect(sent, status, holder),
    })
    this.jobs.push(job)
    this.#touched = true
    return job
  }

  /** Lets time pass until the work of a job is over, or for ever if its runner died. */
  async play<T>(work: Promise<T>, job: Job): Promise<T | undefined> {
    let isOver = false
    const ended = Promise.race([work, job.death.then(() => undefined)]).finally(() => {
      isOver = true
    })
    ended.catch(() => undefined)
    if (!(await this.run(() => isOver, this.timeline.now() + 3 * HOUR_MS))) {
      throw new Error('it never ends')
    }
    return ended
  }

  /** Time in which nobody asks for anything. */
  async pass(durationMs: number): Promise<void> {
    const untilMs = this.timeline.now() + durationMs
    this.timeline.after(durationMs, () => {})
    await this.run(() => false, untilMs)
  }

  /** Lets time pass until `isDone` or `untilMs`; says whether it was done. */
  async run(isDone: () => boolean, untilMs: number): Promise<boolean> {
    this.#touched = true
    for (;;) {
      while (this.#touched) {
        this.#touched = false
        await settled()
      }
      if (this.jobs.some(({ isBusy }) => isBusy)) await settled()
      if (isDone()) return true
      if (!this.timeline.step(untilMs)) return false
    }
  }

  stop(): Promise<void> {
    return this.cloud.stop()
  }
}

const SERVES: ImagePlan = { pullMs: 1_000, startMs: 1_000, end: 'serves' }

/** When no microtask is left. */
function settled(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.nextTick(resolve)
  return promise
}
