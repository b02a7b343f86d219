import { VirtualClock } from '../../../emulator/clock.ts'
import {
  type Compute,
  type ComputeOptions,
  createCompute,
} from '../../../emulator/google/compute/compute.ts'
import { GoogleError } from '../../../emulator/google/errors.ts'
import { createMemoryMachines } from '../../../emulator/machines/simulated/memory.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into, and a wrong guess fails the test
type Json = any

export interface Answer {
  readonly status: number
  readonly body: Json
}

export const REGION = '/regions/europe-west3'
export const GROUPS = `${REGION}/instanceGroupManagers`
export const TEMPLATES = `${REGION}/instanceTemplates`

/** Compute on a virtual clock, asked in process; VMs exist in memory only. */
export class Api {
  readonly clock = new VirtualClock()
  readonly compute: Compute

  constructor(options: Partial<ComputeOptions> = {}) {
    const { clock } = this
    this.compute = createCompute({
      clock,
      projectId: 'demo',
      projectNumber: '123456789012',
      baseUrl: () => 'http://127.0.0.1:1',
      machines: createMemoryMachines({ clock, seed: 1 }),
      ...options,
    })
    this.compute.routes.onError((error) => {
      if (!(error instanceof GoogleError)) throw error
      return Response.json(error.toBody(), { status: error.httpStatus })
    })
  }

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.compute.routes.request(`/projects/demo${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }

  async get(path: string): Promise<Json> {
    return (await this.call('GET', path)).body
  }

  run(seconds: number): this {
    this.clock.advance(seconds * 1000)
    return this
  }

  /** A template whose app behaves as told; the release is named after it. */
  template(name: string, app = 'healthy', more: object = {}): Promise<Answer> {
    return this.call('POST', TEMPLATES, {
      name,
      properties: {
        machineType: 'e2-small',
        networkInterfaces: [{ network: 'global/networks/default' }],
        metadata: {
          items: [
            { key: 'enable-guest-attributes', value: 'TRUE' },
            { key: 'app-image', value: `registry/app@sha256:${'0'.repeat(64)}` },
            { key: 'app-release', value: name },
            { key: 'app-env', value: `EMULATED_APP=${app}` },
          ],
        },
        ...more,
      },
    })
  }

  version = (name: string) => ({
    instanceTemplate: `projects/demo${TEMPLATES}/${name}`,
    name,
  })

  /** Health check, template r1 and a regional group `app` of two, not yet running. */
  async group(overrides: object = {}): Promise<Answer> {
    await this.call('POST', '/global/healthChecks', {
      name: 'hc',
      httpHealthCheck: { port: 8080, requestPath: '/healthz' },
    })
    await this.template('r1')
    return this.call('POST', GROUPS, {
      name: 'app',
      targetSize: 2,
      versions: [this.version('r1')],
      distributionPolicy: { targetShape: 'BALANCED' },
      updatePolicy: {
        type: 'PROACTIVE',
        minimalAction: 'REPLACE',
        instanceRedistributionType: 'NONE',
        maxSurge: { fixed: 3 },
        maxUnavailable: { fixed: 0 },
      },
      autoHealingPolicies: [{ healthCheck: 'global/healthChecks/hc', initialDelaySec: 60 }],
      ...overrides,
    })
  }

  managed(): Promise<Answer> {
    return this.call('POST', `${GROUPS}/app/listManagedInstances`)
  }
}

/** A stable group of two on release r1. */
export async function stable(overrides: object = {}): Promise<Api> {
  const api = new Api()
  const { status, body } = await api.group(overrides)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return api.run(90)
}
