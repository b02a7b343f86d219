import type { SecretsResult } from '../../../src/commands/secrets/result.ts'
import { secrets } from '../../../src/commands/secrets.ts'
import { asList, asRecord, asText, type JsonRecord } from '../../../src/lib/json.ts'
import { prepareRelease } from '../../../src/release/prepare.ts'
import { aConfig } from '../../fakes/deploy-inputs.ts'
import type { CloudVm } from '../../fakes/fake-cloud.ts'
import { SecretsWorld } from '../secrets/secrets-world.ts'
import { DIGEST, IMAGE, IMAGE_ID, OUTPUTS } from './stage.ts'

const COMMIT = 'c0ffee00'.repeat(5)

/** A service on two VMs, and runs of the command "secrets" beside it. */
export class SecretsStage {
  readonly world = new SecretsWorld()
  /** What the post step was told. */
  readonly handovers: string[] = []

  constructor() {
    const { cloud } = this.world
    const outputs = Object.entries(OUTPUTS).map(([name, value]) => [name, { value }])
    cloud.bucket.put(
      'mervis/default.tfstate',
      JSON.stringify({ outputs: Object.fromEntries(outputs) })
    )
    cloud.templates.set('mervis-base-1', { properties: { metadata: { items: [] } } })
    cloud.manifests.set('src-1', { digest: DIGEST, config: IMAGE_ID })
    cloud.onRoll = (release) => {
      cloud.vms = ['mervis-a', 'mervis-b'].map((name) => this.#vm(name, release))
    }
  }

  /** Puts the group on a release that names what is newest of these secrets, as a deploy does. */
  async deployed(inputs: Readonly<Record<string, string>>): Promise<string> {
    const { cloud } = this.world
    const { secrets: references } = aConfig(inputs)
    const provenance = {
      commit: COMMIT,
      ref: 'refs/heads/main',
      runUrl: 'https://run',
      actor: 'eve',
    }
    const { id } = await prepareRelease(this.world.ports(), {
      name: 'mervis',
      baseTemplateName: 'mervis-base-1',
      image: IMAGE,
      secrets: references,
      provenance,
    })
    const instanceTemplate = asText(cloud.templates.get(`mervis-${id}`)?.['selfLink'])
    cloud.set({ versions: [{ name: id, instanceTemplate }], targetSize: 2 })
    cloud.onRoll(id)
    return id
  }

  run(inputs: Readonly<Record<string, string>>): Promise<SecretsResult> {
    const { signal } = new AbortController()
    const handover = {
      begin: (group: string) => this.handovers.push(`begin ${group}`),
      end: () => this.handovers.push('end'),
    }
    const ports = { ...this.world.ports(), handover }
    const config = aConfig({ command: 'secrets', min_ready: '0s', ...inputs })
    const context = { actor: 'ada', runUrl: 'https://github.com/m/m/actions/runs/7', signal }
    return this.world.clock.play(secrets(config, ports, { ...context, holder: 'this-run' }))
  }

  /** A metadata item of a release's template. */
  metadataOf(release: string, key: string): string {
    const properties = asRecord(this.world.cloud.templates.get(`mervis-${release}`)?.['properties'])
    const items = asList(asRecord(properties['metadata'])['items']).map(asRecord)
    return asText(items.find((item) => item['key'] === key)?.['value'])
  }

  descriptionOf(release: string): JsonRecord {
    return JSON.parse(asText(this.world.cloud.templates.get(`mervis-${release}`)?.['description']))
  }

  #vm(name: string, release: string): CloudVm {
    const image = this.metadataOf(release, 'app-image')
    const report = { phase: 'ready', detail: '', release, image }
    return { name, id: `${name}-${release}`, version: release, health: 'HEALTHY', report }
  }
}
