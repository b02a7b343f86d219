import { OWNER } from '../../emulator/google/birth.ts'
import type { Emulator } from '../../emulator/start.ts'

export const PROJECT = 'mervis-demo'
export const REGION = 'europe-west3'
export const SERVICE = 'web'
const BUCKET = `${PROJECT}-tfstate`
const REGION_PATH = `/compute/v1/projects/${PROJECT}/regions/${REGION}`
const IMAGE = `${PROJECT}/${SERVICE}/${SERVICE}`
const ZONES = ['a', 'b', 'c'].map((letter) => `projects/${PROJECT}/zones/${REGION}-${letter}`)

/** Two releases of one service, as their template and the ledger have them. */
export const RELEASES = ['a1a1a1a1a1a1', 'b2b2b2b2b2b2'] as const

/**
 * Leaves in the emulator what two deploys would have: infrastructure in the state, templates, images,
 * ledger, and a group on the newer release. Terraform and Docker are not needed for that.
 */
export async function furnish(emulator: Emulator, vms: number): Promise<void> {
  for (const api of ['compute', 'artifactregistry', 'secretmanager']) {
    emulator.cloud.services.set(`${api}.googleapis.com`, true)
  }
  await ask(
    emulator,
    'POST',
    `/artifactregistry/v1/projects/${PROJECT}/locations/${REGION}/repositories?repositoryId=${SERVICE}`,
    { format: 'DOCKER' }
  )
  const images = RELEASES.map((release) => pushImage(emulator, release))
  for (const [index, release] of RELEASES.entries()) {
    const template = templateOf(release, images[index] ?? '', emulator.identities.deployerEmail)
    await ask(emulator, 'POST', `${REGION_PATH}/instanceTemplates`, template)
  }
  await ask(emulator, 'POST', `/compute/v1/projects/${PROJECT}/global/healthChecks`, {
    name: SERVICE,
    checkIntervalSec: 10,
    httpHealthCheck: { port: 8080, requestPath: '/healthz' },
  })
  await ask(emulator, 'POST', `${REGION_PATH}/instanceGroupManagers`, groupOf(vms))
  put(emulator, 'default.tfstate', stateOf(emulator))
  put(emulator, 'releases.json', ledgerOf(images))
}

/** How many VMs of the group serve the release. */
export function countServing({ compute }: Emulator, release: string): number {
  const machines = compute.control.machines()
  return machines.filter(({ version, health }) => version === release && health === 'HEALTHY')
    .length
}

async function ask(
  { url, accessToken }: Emulator,
  method: string,
  path: string,
  body: unknown
): Promise<void> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${accessToken(OWNER)}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
}

/** An image with nothing in it, which nobody unpacks; gives its reference by digest. */
function pushImage({ cloud }: Emulator, release: string): string {
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: `sha256:${release.slice(0, 2).repeat(32)}`,
      size: 2,
    },
    layers: [],
  }
  const bytes = Buffer.from(JSON.stringify(manifest))
  const { digest } = cloud.images.put(IMAGE, manifest.mediaType, bytes, () => 2)
  cloud.images.tag(IMAGE, `release-${release}`, digest)
  return `${REGION}-docker.pkg.dev/${IMAGE}@${digest}`
}

function templateOf(release: string, image: string, account: string): unknown {
  return {
    name: `${SERVICE}-${release}`,
    properties: {
      machineType: 'e2-small',
      networkInterfaces: [{ network: 'global/networks/default', accessConfigs: [{}] }],
      scheduling: { provisioningModel: 'SPOT', instanceTerminationAction: 'STOP' },
      serviceAccounts: [
        { email: account, scopes: ['https://www.googleapis.com/auth/cloud-platform'] },
      ],
      labels: { release },
      metadata: {
        items: [
          { key: 'enable-guest-attributes', value: 'TRUE' },
          { key: 'app-image', value: image },
          { key: 'app-release', value: release },
          { key: 'app-port', value: '8080' },
        ],
      },
    },
  }
}

function groupOf(vms: number): unknown {
  const template = `projects/${PROJECT}/regions/${REGION}/instanceTemplates/${SERVICE}-${RELEASES[1]}`
  return {
    name: SERVICE,
    baseInstanceName: SERVICE,
    targetSize: vms,
    versions: [{ name: RELEASES[1], instanceTemplate: template }],
    distributionPolicy: { targetShape: 'BALANCED', zones: ZONES.map((zone) => ({ zone })) },
    updatePolicy: {
      type: 'PROACTIVE',
      minimalAction: 'REPLACE',
      mostDisruptiveAllowedAction: 'REPLACE',
      replacementMethod: 'SUBSTITUTE',
      instanceRedistributionType: 'NONE',
      maxSurge: { fixed: ZONES.length },
      maxUnavailable: { fixed: 0 },
    },
    autoHealingPolicies: [
      {
        healthCheck: `projects/${PROJECT}/global/healthChecks/${SERVICE}`,
        initialDelaySec: 300,
      },
    ],
  }
}

function put({ cloud }: Emulator, name: string, content: unknown): void {
  const data = Buffer.from(JSON.stringify(content))
  const object = { data, contentType: 'application/json', fields: {} }
  cloud.store.put(BUCKET, `${SERVICE}/${name}`, object, {})
}

function stateOf({ identities }: Emulator): unknown {
  const outputs = {
    group_name: SERVICE,
    base_template_name: `${SERVICE}-base`,
    repository_id: SERVICE,
    vm_service_account: identities.deployerEmail,
    port: 8080,
  }
  const told = Object.entries(outputs).map(([name, value]) => [name, { value }])
  return { version: 4, outputs: Object.fromEntries(told), resources: [] }
}

function ledgerOf(images: readonly string[]): unknown {
  const at = '2026-11-23T00:00:00.000Z'
  const entries = RELEASES.map((release, index) => ({
    attempt: index + 1,
    kind: 'deploy',
    release,
    template: `${SERVICE}-${release}`,
    image: images[index],
    previous: index === 0 ? null : RELEASES[0],
    commit: release.repeat(4).slice(0, 40),
    ref: 'refs/heads/main',
    actor: 'mervis',
    run_url: 'https://github.com/mervis/mervis/actions/runs/1',
    holder: 'run-1',
    started_at: at,
    finished_at: at,
    outcome: 'verified',
    rolled_back_to: null,
    reason: null,
  }))
  return { version: 1, entries }
}
