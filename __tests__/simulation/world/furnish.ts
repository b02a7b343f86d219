import type { InstanceTemplate } from '../../../src/google/compute.ts'
import { asRecord, asText, type JsonRecord, parseJson } from '../../../src/lib/json.ts'
import { closeEntry, EMPTY_LEDGER, openEntry } from '../../../src/release/ledger/ledger.ts'
import { renderLedger } from '../../../src/release/ledger/ledger-format.ts'
import { makeRelease, type Release } from '../../../src/release/release.ts'
import { BUCKET, type Cloud, GROUP, PREFIX, PROJECT, REGION } from './cloud.ts'

export interface HealthCheckPlan {
  readonly intervalSec: number
  readonly healthyThreshold: number
  readonly unhealthyThreshold: number
  readonly initialDelaySec: number
}

/** What Terraform would have made before the first deploy. */
export interface Furniture {
  readonly size: number
  readonly zones: number
  /** Where the group is, and how the deploy is told of it. */
  readonly groupAs: 'name' | 'regional id' | 'zonal id' | 'zonal URL'
  readonly strategy: 'surge' | 'recreate'
  readonly health: HealthCheckPlan | undefined
  /** The group replaces VMs that are lost or sick. */
  readonly isRepaired: boolean
  /** The group runs image 1 from the start; else the base template without any. */
  readonly isReleased: boolean
  /** Images of releases that were verified before, oldest first. */
  readonly earlier: readonly number[]
  /** How far the autoscaler may go beyond the size; undefined where there is none. */
  readonly scalesBy?: number | undefined
}

const BASE = 'mervis-base'
const REGION_PATH = `/projects/${PROJECT.id}/regions/${REGION}`
const ZONE_PATH = `/projects/${PROJECT.id}/zones/${REGION}-a`
export const PROVENANCE = {
  commit: 'c0ffee',
  ref: 'refs/heads/main',
  runUrl: 'https://run/1',
  actor: 'eve',
}

export function imageOf(release: number): string {
  return `europe-west3-docker.pkg.dev/demo/mervis/mervis@sha256:${String(release).padStart(64, '0')}`
}

/** The API path of the place that the group is in. */
export function placeOf({ groupAs }: Furniture): string {
  return groupAs.startsWith('zonal') ? ZONE_PATH : REGION_PATH
}

/** The `group` of a deploy, as Terraform's outputs may give it. */
export function groupReference(furniture: Furniture): string {
  const { groupAs } = furniture
  if (groupAs === 'name') return GROUP
  const id = `${placeOf(furniture).slice(1)}/instanceGroupManagers/${GROUP}`
  return groupAs.endsWith('URL') ? `https://www.googleapis.com/compute/v1/${id}` : id
}

export const ZONES = ['europe-west3-a', 'europe-west3-b', 'europe-west3-c'] as const

/** Health check, base template, and the group; returns the release that the group is on. */
export async function furnish(cloud: Cloud, furniture: Furniture): Promise<Release | undefined> {
  const { health, isReleased, earlier, scalesBy } = furniture
  if (health) await post(cloud, `/projects/${PROJECT.id}/global/healthChecks`, healthCheck(health))
  await post(cloud, `${REGION_PATH}/instanceTemplates`, templateBody(BASE, undefined))
  const base = await readBase(cloud)
  const images = isReleased ? [...earlier, 1] : []
  const releases = images.map((image) => releaseOf(base, imageOf(image)))
  for (const { template } of releases) {
    await post(cloud, `${REGION_PATH}/instanceTemplates`, template)
  }
  const release = releases.at(-1)
  const place = placeOf(furniture)
  await post(cloud, `${place}/instanceGroupManagers`, group(furniture, release))
  if (scalesBy !== undefined) await post(cloud, `${place}/autoscalers`, autoscaler(furniture))
  writeLedger(cloud, images, releases)
  return release
}

export const LEDGER_NAME = `${PREFIX}/releases.json`
export const LOCK_NAME = `${PREFIX}/deploy.lock`
/** Whoever made what was there before the first job. */
export const FIRST_HOLDER = 'run-0'

/** The first releases are in the ledger, verified. */
function writeLedger(cloud: Cloud, images: readonly number[], releases: readonly Release[]): void {
  const at = '2026-11-01T00:00:00.000Z'
  let ledger = EMPTY_LEDGER
  for (const [index, { id, template }] of releases.entries()) {
    const entry = { ...PROVENANCE, kind: 'deploy', release: id, template: template.name } as const
    const more = { image: imageOf(images[index] ?? 1), previous: null, holder: FIRST_HOLDER }
    const opened = openEntry(ledger, { ...entry, ...more }, at)
    ledger = closeEntry(opened, index + 1, { outcome: 'verified', finishedAt: at })
  }
  if (releases.length === 0) return
  const data = Buffer.from(renderLedger(ledger))
  cloud.store.put(BUCKET, LEDGER_NAME, { data, contentType: 'application/json', fields: {} }, {})
}

/** The release that an image makes on the base template. */
export function releaseOf(base: InstanceTemplate, image: string): Release {
  return makeRelease({ name: GROUP, base, image, secretLines: undefined, provenance: PROVENANCE })
}

export const BASE_TEMPLATE_NAME = BASE

async function readBase(cloud: Cloud): Promise<InstanceTemplate> {
  const path = `${REGION_PATH}/instanceTemplates/${BASE}`
  const { body } = await cloud.ask('compute', request('GET', path, ''))
  const template = asRecord(parseJson(body))
  return {
    name: BASE,
    selfLink: asText(template['selfLink']),
    description: '',
    properties: asRecord(template['properties']),
  }
}

async function post(cloud: Cloud, path: string, body: unknown): Promise<void> {
  const answer = await cloud.ask('compute', request('POST', path, JSON.stringify(body)))
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body}`)
}

function request(method: string, path: string, body: string) {
  return { method, path, body, query: new URLSearchParams(), headers: {} }
}

function healthCheck(plan: HealthCheckPlan): JsonRecord {
  return {
    name: GROUP,
    checkIntervalSec: plan.intervalSec,
    timeoutSec: plan.intervalSec,
    healthyThreshold: plan.healthyThreshold,
    unhealthyThreshold: plan.unhealthyThreshold,
    httpHealthCheck: { port: 8080, requestPath: '/healthz' },
  }
}

/** A template that runs the image, if any, and was made by somebody else than the engine. */
export function templateBody(name: string, image: string | undefined): JsonRecord {
  const app = image === undefined ? [] : [{ key: 'app-image', value: image }]
  return {
    name,
    properties: {
      machineType: 'e2-small',
      networkInterfaces: [{ network: 'global/networks/default' }],
      scheduling: { provisioningModel: 'SPOT' },
      metadata: { items: [{ key: 'enable-guest-attributes', value: 'TRUE' }, ...app] },
    },
  }
}

/** An autoscaler that begins with the size that there is. */
function autoscaler(furniture: Furniture): JsonRecord {
  const { size, scalesBy = 0 } = furniture
  return {
    name: GROUP,
    target: `${placeOf(furniture).slice(1)}/instanceGroupManagers/${GROUP}`,
    autoscalingPolicy: {
      minNumReplicas: size,
      maxNumReplicas: size + scalesBy,
      cpuUtilization: { utilizationTarget: 0.5 },
      coolDownPeriodSec: 60,
    },
  }
}

function group(furniture: Furniture, release: Release | undefined): JsonRecord {
  const { size, strategy, health, isRepaired } = furniture
  const isZonal = furniture.groupAs.startsWith('zonal')
  const zones = isZonal ? 1 : furniture.zones
  const isSurge = strategy === 'surge'
  const name = release?.template.name ?? BASE
  return {
    name: GROUP,
    targetSize: size,
    versions: [
      {
        instanceTemplate: `projects/${PROJECT.id}/regions/${REGION}/instanceTemplates/${name}`,
        ...(release && { name: release.id }),
      },
    ],
    ...(!isZonal && {
      distributionPolicy: {
        targetShape: 'BALANCED',
        zones: ZONES.slice(0, zones).map((zone) => ({ zone: `projects/demo/zones/${zone}` })),
      },
    }),
    instanceLifecyclePolicy: { defaultActionOnFailure: isRepaired ? 'REPAIR' : 'DO_NOTHING' },
    updatePolicy: {
      type: 'PROACTIVE',
      minimalAction: 'REPLACE',
      mostDisruptiveAllowedAction: 'REPLACE',
      replacementMethod: 'SUBSTITUTE',
      ...(!isZonal && { instanceRedistributionType: 'NONE' }),
      maxSurge: { fixed: isSurge ? zones : 0 },
      maxUnavailable: { fixed: isSurge ? 0 : zones },
    },
    ...(health && {
      autoHealingPolicies: [
        {
          healthCheck: `global/healthChecks/${GROUP}`,
          initialDelaySec: health.initialDelaySec,
        },
      ],
    }),
  }
}
