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
  readonly strategy: 'surge' | 'recreate'
  readonly health: HealthCheckPlan | undefined
  /** The group replaces VMs that are lost or sick. */
  readonly isRepaired: boolean
  /** The group runs image 1 from the start; else the base template without any. */
  readonly isReleased: boolean
}

const BASE = 'mervis-base'
const REGION_PATH = `/projects/${PROJECT.id}/regions/${REGION}`
export const PROVENANCE = {
  commit: 'c0ffee',
  ref: 'refs/heads/main',
  runUrl: 'https://run/1',
  actor: 'eve',
}

export function imageOf(release: number): string {
  return `europe-west3-docker.pkg.dev/demo/mervis/mervis@sha256:${String(release).padStart(64, '0')}`
}

export const ZONES = ['europe-west3-a', 'europe-west3-b', 'europe-west3-c'] as const

/** Health check, base template, and the group; returns the release that the group is on. */
export async function furnish(cloud: Cloud, furniture: Furniture): Promise<Release | undefined> {
  const { health, isReleased } = furniture
  if (health) await post(cloud, `/projects/${PROJECT.id}/global/healthChecks`, healthCheck(health))
  await post(cloud, `${REGION_PATH}/instanceTemplates`, templateBody(BASE, undefined))
  const release = isReleased ? releaseOf(await readBase(cloud), imageOf(1)) : undefined
  if (release) await post(cloud, `${REGION_PATH}/instanceTemplates`, release.template)
  await post(cloud, `${REGION_PATH}/instanceGroupManagers`, group(furniture, release))
  if (release) writeLedger(cloud, release)
  return release
}

export const LEDGER_NAME = `${PREFIX}/releases.json`
export const LOCK_NAME = `${PREFIX}/deploy.lock`

/** The first release is in the ledger, verified. */
function writeLedger(cloud: Cloud, { id, template }: Release): void {
  const at = '2026-11-01T00:00:00.000Z'
  const entry = { ...PROVENANCE, kind: 'deploy', release: id, template: template.name } as const
  const more = { image: imageOf(1), previous: null, holder: 'run-0' }
  const opened = openEntry(EMPTY_LEDGER, { ...entry, ...more }, at)
  const closed = closeEntry(opened, 1, { outcome: 'verified', finishedAt: at })
  const data = Buffer.from(renderLedger(closed))
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

function group(furniture: Furniture, release: Release | undefined): JsonRecord {
  const { size, zones, strategy, health, isRepaired } = furniture
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
    distributionPolicy: {
      targetShape: 'BALANCED',
      zones: ZONES.slice(0, zones).map((zone) => ({ zone: `projects/demo/zones/${zone}` })),
    },
    instanceLifecyclePolicy: { defaultActionOnFailure: isRepaired ? 'REPAIR' : 'DO_NOTHING' },
    updatePolicy: {
      type: 'PROACTIVE',
      minimalAction: 'REPLACE',
      mostDisruptiveAllowedAction: 'REPLACE',
      replacementMethod: 'SUBSTITUTE',
      instanceRedistributionType: 'NONE',
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
