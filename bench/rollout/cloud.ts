import type { Clock } from '../../emulator/clock.ts'
import { type Compute, createCompute } from '../../emulator/google/compute/compute.ts'
import { createMemoryMachines } from '../../emulator/machines/simulated/memory.ts'
import { GROUP, IMAGE, PROJECT, REGION, RELEASE, TEMPLATE } from './scene.ts'

const REGION_PATH = `/projects/${PROJECT}/regions/${REGION}`
const ZONES = ['a', 'b', 'c'].map((letter) => `projects/${PROJECT}/zones/${REGION}-${letter}`)
const BEFORE = 'a1a1a1a1a1a1'

export interface CloudOptions {
  readonly clock: Clock
  readonly size: number
  /** VMs that are replaced at the same time. */
  readonly surge: number
  readonly hasHealthCheck: boolean
  /** VMs take so many times as long as the emulator's fastest to come up. */
  readonly slowness: number
  readonly seed: number
  readonly baseUrl?: () => string
}

/** An emulated Compute Engine with one group on an earlier release, and the template of a newer one. */
export async function createCloud(options: CloudOptions): Promise<Compute> {
  const { clock, seed, slowness } = options
  const slow: Clock = {
    now: () => clock.now(),
    scaled: (durationMs) => clock.scaled(durationMs) * slowness,
    after: (delayMs, task) => clock.after(delayMs, task),
  }
  const compute = createCompute({
    clock,
    projectId: PROJECT,
    projectNumber: '123456789012',
    baseUrl: options.baseUrl ?? (() => 'https://compute.googleapis.com'),
    machines: createMemoryMachines({ clock: slow, seed }),
    seed,
  })
  await post(compute, `/projects/${PROJECT}/global/healthChecks`, {
    name: GROUP,
    checkIntervalSec: 30,
    httpHealthCheck: { port: 8080, requestPath: '/' },
    healthyThreshold: 1,
    unhealthyThreshold: 10,
  })
  for (const release of [BEFORE, RELEASE])
    await post(compute, `${REGION_PATH}/instanceTemplates`, templateOf(release))
  await post(compute, `${REGION_PATH}/instanceGroupManagers`, groupOf(options))
  return compute
}

async function post(compute: Compute, path: string, body: unknown): Promise<void> {
  const answer = await compute.routes.request(path, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
}

function templateOf(release: string): unknown {
  return {
    name: `${GROUP}-${release}`,
    properties: {
      machineType: 'e2-small',
      networkInterfaces: [{ network: 'global/networks/default' }],
      scheduling: { provisioningModel: 'SPOT' },
      metadata: {
        items: [
          { key: 'enable-guest-attributes', value: 'TRUE' },
          { key: 'app-image', value: release === RELEASE ? IMAGE : 'before' },
          { key: 'app-release', value: release },
        ],
      },
    },
  }
}

function groupOf({ size, surge, hasHealthCheck }: CloudOptions): unknown {
  return {
    name: GROUP,
    targetSize: size,
    versions: [{ name: BEFORE, instanceTemplate: TEMPLATE.replace(RELEASE, BEFORE) }],
    distributionPolicy: { targetShape: 'BALANCED', zones: ZONES.map((zone) => ({ zone })) },
    updatePolicy: {
      type: 'PROACTIVE',
      minimalAction: 'REPLACE',
      mostDisruptiveAllowedAction: 'REPLACE',
      replacementMethod: 'SUBSTITUTE',
      instanceRedistributionType: 'NONE',
      maxSurge: { fixed: surge },
      maxUnavailable: { fixed: 0 },
    },
    ...(hasHealthCheck && {
      autoHealingPolicies: [
        { healthCheck: `projects/${PROJECT}/global/healthChecks/${GROUP}`, initialDelaySec: 300 },
      ],
    }),
  }
}
