import type { ComputeOptions } from '../../../../emulator/google/compute/compute.ts'
import { type Answer, Api } from '../api.ts'

export const GROUP_LINK = 'projects/demo/regions/europe-west3/instanceGroups/app'

interface Shape {
  readonly size?: number
  /** Whether the forwarding rule exists already. */
  readonly rule?: boolean
  readonly drainingTimeoutSec?: number
}

/** A stable group behind an HTTPS load balancer, all of them called `app`. */
export class BalancedApi extends Api {
  async build({ size = 2, drainingTimeoutSec = 0 }: Shape): Promise<void> {
    await this.group({ targetSize: size, namedPorts: [{ name: 'http', port: 8080 }] })
    this.run(90)
    await this.make('addresses', {})
    await this.make('sslCertificates', { managed: { domains: ['app.example.com'] } })
    await this.make('backendServices', {
      loadBalancingScheme: 'EXTERNAL_MANAGED',
      healthChecks: ['global/healthChecks/hc'],
      backends: [{ group: GROUP_LINK }],
      connectionDraining: { drainingTimeoutSec },
    })
    await this.make('urlMaps', { defaultService: 'global/backendServices/app' })
    await this.make('targetHttpProxies', { urlMap: 'global/urlMaps/app' })
    await this.make('targetHttpsProxies', {
      urlMap: 'global/urlMaps/app',
      sslCertificates: ['global/sslCertificates/app'],
    })
  }

  async rule(): Promise<void> {
    await this.make('forwardingRules', {
      name: 'https',
      loadBalancingScheme: 'EXTERNAL_MANAGED',
      target: 'global/targetHttpsProxies/app',
      portRange: '443',
      IPAddress: 'global/addresses/app',
    })
  }

  async make(collection: string, body: object): Promise<Answer> {
    const answer = await this.call('POST', `/global/${collection}`, { name: 'app', ...body })
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer
  }
}

export async function balanced(
  options: Partial<ComputeOptions> = {},
  shape: Shape = {}
): Promise<BalancedApi> {
  const api = new BalancedApi(options)
  await api.build(shape)
  if (shape.rule !== false) await api.rule()
  return api
}
