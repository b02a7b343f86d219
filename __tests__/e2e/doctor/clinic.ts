import { systemClock } from '../../../src/adapters/clock.ts'
import { gaxiosHttp } from '../../../src/adapters/network/http.ts'
import { ok } from '../../../src/commands/doctor/check.ts'
import { type Examined, examine } from '../../../src/commands/doctor/examine.ts'
import { googleChecks } from '../../../src/commands/doctor/google/checks.ts'
import { GoogleClient } from '../../../src/google/client.ts'
import { resolveEndpoints } from '../../../src/google/endpoints.ts'
import { ObjectStore } from '../../../src/google/object-store.ts'
import { DEPLOYER, type Harness, startHarness } from '../../emulator/harness.ts'
import { aConfig } from '../../fakes/deploy-inputs.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { Rest } from './rest.ts'

export const BUCKET = 'mervis-demo-tfstate'
export const PROJECT_PATH = '/cloudresourcemanager/v1/projects/mervis-demo'
export const COMPUTE_PATH = '/compute/v1/projects/mervis-demo'
export const REPOSITORY_PATH =
  '/artifactregistry/v1/projects/mervis-demo/locations/europe-west1/repositories'
export const VM_ACCOUNT = 'mervis-machine@mervis-demo.iam.gserviceaccount.com'

/** As terraform/bootstrap turns them on. */
const APIS = [
  ...[
    'artifactregistry',
    'cloudbilling',
    'cloudresourcemanager',
    'compute',
    'iam',
    'iamcredentials',
  ],
  ...['iap', 'logging', 'secretmanager', 'serviceusage', 'storage', 'sts'],
]

/** A project that was set up, and the doctor looking at it by real requests. */
export class Clinic {
  readonly harness: Harness
  readonly rest: Rest

  private constructor(harness: Harness) {
    this.harness = harness
    this.rest = new Rest(harness)
  }

  static async open(): Promise<Clinic> {
    const clinic = new Clinic(await startHarness({ speed: 100 }))
    const serviceIds = APIS.map((api) => `${api}.googleapis.com`)
    await clinic.rest.post('/serviceusage/v1/projects/mervis-demo/services:batchEnable', {
      serviceIds,
    })
    await clinic.rest.post('/secretmanager/v1/projects/mervis-demo/secrets?secretId=api-key', {
      replication: { automatic: {} },
    })
    await clinic.addVersion()
    return clinic
  }

  addVersion(): Promise<unknown> {
    const data = Buffer.from('value').toString('base64')
    return this.rest.post('/secretmanager/v1/projects/mervis-demo/secrets/api-key:addVersion', {
      payload: { data },
    })
  }

  /** All checks of Google, as the job with these inputs sees them. */
  examine(inputs: Readonly<Record<string, string>> = {}): Promise<readonly Examined[]> {
    const { emulator } = this.harness
    const who = { member: DEPLOYER, token: emulator.accessToken() }
    return examineAs(who, emulator.environment, { secrets: 'API_KEY=api-key', ...inputs })
  }

  /** What the first deploy makes, as far as the doctor looks at it. */
  async deploy(): Promise<void> {
    const { rest } = this
    await rest.post('/iam/v1/projects/mervis-demo/serviceAccounts', { accountId: 'mervis-machine' })
    await rest.post(`${REPOSITORY_PATH}?repositoryId=mervis`, { format: 'DOCKER' })
    await rest.grant('/secretmanager/v1/projects/mervis-demo/secrets/api-key', {
      role: 'roles/secretmanager.secretAccessor',
      member: `serviceAccount:${VM_ACCOUNT}`,
    })
    await this.makeGroup('mervis')
    const attributes = {
      project: 'mervis-demo',
      secret_id: 'projects/mervis-demo/secrets/api-key',
      role: 'roles/secretmanager.secretAccessor',
    }
    const resources = [
      { type: 'google_compute_region_instance_group_manager', name: 'main' },
      {
        mode: 'managed',
        type: 'google_secret_manager_secret_iam_member',
        name: 'vm_accessor',
        instances: [{ attributes }],
      },
    ]
    const state = { version: 4, serial: 1, outputs: {}, resources }
    await rest.upload(BUCKET, 'mervis/default.tfstate', JSON.stringify(state))
  }

  async makeGroup(name: string): Promise<void> {
    const region = `${COMPUTE_PATH}/regions/europe-west1`
    const template = `projects/mervis-demo/regions/europe-west1/instanceTemplates/${name}-seed`
    await this.rest.post(`${region}/instanceTemplates`, {
      name: `${name}-seed`,
      properties: {
        machineType: 'e2-small',
        networkInterfaces: [{ network: 'global/networks/default' }],
      },
    })
    await this.rest.post(`${region}/instanceGroupManagers`, {
      name,
      targetSize: 1,
      versions: [{ instanceTemplate: template }],
      distributionPolicy: { targetShape: 'BALANCED' },
      updatePolicy: { instanceRedistributionType: 'NONE' },
    })
  }

  close(): Promise<void> {
    return this.harness.stop()
  }
}

/** Looks at Google as that member, by real requests to where the environment points. */
export function examineAs(
  { member, token }: { readonly member: string; readonly token: string },
  environment: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>>
): Promise<readonly Examined[]> {
  const config = aConfig(inputs)
  const { projectId, region, stateBucket } = config
  const { signal } = new AbortController()
  const tokens = { accessToken: async () => token }
  const ports = { http: gaxiosHttp(), tokens, clock: systemClock, log: new RecordingLog() }
  const endpoints = resolveEndpoints(region, environment)
  const google = new GoogleClient(ports, { endpoints, projectId, member, signal })
  const store = new ObjectStore(google, stateBucket)
  const identity = {
    id: 'google-identity',
    subject: 'Identity',
    title: 'The job is somebody',
    look: async () => ok('signed in'),
  }
  const checks = googleChecks({ google, store, clock: systemClock, member }, config)
  return examine([identity, ...checks], { clock: systemClock, limitMs: 10_000, signal })
}
