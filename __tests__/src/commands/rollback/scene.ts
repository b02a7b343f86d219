import type { RollbackResult } from '../../../../src/commands/rollback/result.ts'
import { rollback } from '../../../../src/commands/rollback.ts'
import type { Ledger } from '../../../../src/release/ledger/ledger.ts'
import { parseLedger, renderLedger } from '../../../../src/release/ledger/ledger-format.ts'
import { aConfig } from '../../../fakes/deploy-inputs.ts'
import { FakeCloud } from '../../../fakes/fake-cloud.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'
import { Timeline } from '../../../fakes/timeline.ts'
import { digestOf, idOf, story } from '../../release/choice/history.ts'

export const LINK = 'https://www.googleapis.com/compute/v1/projects/mervis-demo/t'
const REGISTRY = 'europe-west1-docker.pkg.dev'
const LEDGER = 'mervis/releases.json'

export interface SceneOptions {
  /** As `story` reads it. */
  readonly past?: string
  /** The release that the group is on, by its letter; empty for none. */
  readonly current?: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** A rollback with everything real but the ports; the group rolls at once when it is told to. */
export class Scene {
  readonly clock = new Timeline()
  readonly cloud = new FakeCloud(this.clock)
  readonly log = new RecordingLog()
  /** What the post step was told. */
  readonly handovers: string[] = []
  /** What GitHub was told. */
  readonly announced: string[] = []
  /** What the page of the run shows. */
  readonly pages: string[] = []
  /** Releases, by letter, whose VMs never serve. */
  readonly broken = new Set<string>()
  readonly #options: SceneOptions

  constructor(options: SceneOptions = {}) {
    this.#options = options
    const { past = 'a b c', current = 'c' } = options
    const { cloud } = this
    const outputs = {
      group_name: 'mervis',
      base_template_name: 'mervis-base-1',
      repository_id: 'mervis',
      vm_service_account: 'vm@mervis-demo.iam.gserviceaccount.com',
      port: 8080,
    }
    const told = Object.entries(outputs).map(([name, value]) => [name, { value }])
    cloud.bucket.put(
      'mervis/default.tfstate',
      JSON.stringify({ outputs: Object.fromEntries(told) })
    )
    if (past !== '') this.write(story(past))
    for (const letter of new Set(past.match(/[a-f]/g))) this.makeRelease(letter)
    const template = current === '' ? 'mervis-base-1' : `mervis-${idOf(current)}`
    const version = {
      ...(current && { name: idOf(current) }),
      instanceTemplate: `${LINK}/${template}`,
    }
    cloud.set({ versions: [version] })
    cloud.onRoll = (release) => this.#roll(release)
    this.#roll(idOf(current))
  }

  /** Template and image of a release, by its letter. */
  makeRelease(letter: string, metadata: Readonly<Record<string, string>> = {}): void {
    const id = idOf(letter)
    const items = Object.entries(metadata).map(([key, value]) => ({ key, value }))
    const name = `mervis-${id}`
    this.cloud.templates.set(name, {
      name,
      selfLink: `${LINK}/${name}`,
      properties: { machineType: 'e2-small', labels: { release: id }, metadata: { items } },
    })
    this.cloud.manifests.set(`release-${id}`, { digest: digestOf(letter), config: id })
  }

  run(release = '', more: Readonly<Record<string, string>> = {}): Promise<RollbackResult> {
    return this.clock.play(this.#run({ command: 'rollback', release, ...more }))
  }

  get ledger(): Ledger {
    return parseLedger(this.cloud.bucket.text(LEDGER) ?? '', LEDGER)
  }

  write(ledger: Ledger): void {
    this.cloud.bucket.put(LEDGER, renderLedger(ledger))
  }

  #run(inputs: Readonly<Record<string, string>>): Promise<RollbackResult> {
    const { signal = new AbortController().signal } = this.#options
    const ports = {
      ...this.cloud.clients(signal),
      clock: this.clock,
      log: this.log,
      lasting: { ...this.cloud.clients(), signal: new AbortController().signal },
      announcement: {
        begun: ({ release }: { release?: string }) => this.announced.push(`begun ${release}`),
        succeeded: async ({ description }: { description: string }) =>
          void this.announced.push(description),
        failed: async ({ description }: { description: string }) =>
          void this.announced.push(description),
      },
      summarize: async (markdown: string) => void this.pages.push(markdown),
      handover: {
        begin: (group: string) => this.handovers.push(`begin ${group}`),
        end: () => this.handovers.push('end'),
      },
    }
    return rollback(aConfig({ ...this.#options.inputs, ...inputs }), ports, {
      actor: 'grace',
      runUrl: 'https://github.com/m/m/actions/runs/911',
      sourceUrl: 'https://github.com/m/m',
      holder: 'this-run',
      registryHost: REGISTRY,
      signal,
    })
  }

  #roll(release: string): void {
    const letter = release[0] ?? ''
    const image = `${REGISTRY}/p/r/i@${digestOf(letter)}`
    const isBroken = this.broken.has(letter)
    const detail = isBroken ? 'container exited with 1' : ''
    const report = { phase: isBroken ? 'failed' : 'ready', detail, release, image }
    const health = isBroken ? 'UNHEALTHY' : 'HEALTHY'
    this.cloud.vms = [{ name: `mervis-${letter}`, version: release, health, report }]
  }
}
