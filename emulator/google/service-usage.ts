import { Hono } from 'hono'
import type { Billing } from './billing/accounts.ts'
import { GoogleError } from './errors.ts'
import type { Project } from './project.ts'
import { type GoogleEnv, pageOf, readJson, splitVerb, textsOf, unknownUrl } from './route.ts'

/** What is on in a project that has just been made ready for its first deploy. */
const ENABLED_AT_BIRTH = [
  'cloudresourcemanager',
  'iam',
  'iamcredentials',
  'serviceusage',
  'storage',
  'sts',
]

const TITLES: Readonly<Record<string, string>> = {
  'artifactregistry.googleapis.com': 'Artifact Registry API',
  'cloudbilling.googleapis.com': 'Cloud Billing API',
  'cloudresourcemanager.googleapis.com': 'Cloud Resource Manager API',
  'compute.googleapis.com': 'Compute Engine API',
  'iap.googleapis.com': 'Cloud Identity-Aware Proxy API',
  'iam.googleapis.com': 'Identity and Access Management (IAM) API',
  'iamcredentials.googleapis.com': 'IAM Service Account Credentials API',
  'logging.googleapis.com': 'Cloud Logging API',
  'monitoring.googleapis.com': 'Cloud Monitoring API',
  'secretmanager.googleapis.com': 'Secret Manager API',
  'serviceusage.googleapis.com': 'Service Usage API',
  'storage.googleapis.com': 'Cloud Storage API',
  'sts.googleapis.com': 'Security Token Service API',
}

/** Which APIs are switched on. */
export class EnabledServices {
  readonly #project: Project
  readonly #billing: Billing
  readonly #enabled = new Set(ENABLED_AT_BIRTH.map((name) => `${name}.googleapis.com`))

  constructor(project: Project, billing: Billing) {
    this.#project = project
    this.#billing = billing
  }

  isEnabled(api: string): boolean {
    return this.#enabled.has(api)
  }

  list(): readonly string[] {
    return [...this.#enabled].sort()
  }

  set(api: string, enabled: boolean): void {
    if (enabled) this.#enabled.add(api)
    else this.#enabled.delete(api)
  }

  /** @throws GoogleError 403 SERVICE_DISABLED, with the link that clients look for; BILLING_DISABLED */
  require(api: string): void {
    if (this.#enabled.has(api)) {
      this.#billing.require(api)
      return
    }
    const { id, number } = this.#project
    const title = TITLES[api] ?? api
    const activationUrl = `https://console.developers.google.com/apis/api/${api}/overview?project=${id}`
    const message =
      `${title} has not been used in project ${id} before or it is disabled. Enable it by visiting ` +
      `${activationUrl} then retry. If you enabled this API recently, wait a few minutes for the ` +
      'action to propagate to our systems and retry.'
    throw new GoogleError(403, message, {
      reason: 'accessNotConfigured',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'SERVICE_DISABLED',
          domain: 'googleapis.com',
          metadata: {
            service: api,
            serviceTitle: title,
            consumer: `projects/${number}`,
            containerInfo: id,
            activationUrl,
          },
        },
        {
          '@type': 'type.googleapis.com/google.rpc.Help',
          links: [{ description: 'Google developers console API activation', url: activationUrl }],
        },
      ],
    })
  }
}

/** Service Usage v1. Its operations are done when they are answered. */
export function createServiceUsage(project: Project, services: EnabledServices): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  const describe = (api: string): unknown => ({
    name: `projects/${project.number}/services/${api}`,
    parent: `projects/${project.number}`,
    config: { name: api, title: TITLES[api] ?? api },
    state: services.isEnabled(api) ? 'ENABLED' : 'DISABLED',
  })
  const known = (): readonly string[] =>
    [...new Set([...Object.keys(TITLES), ...services.list()])].sort()

  routes.get('/projects/:project/services', (c) => {
    const filter = /^state:(ENABLED|DISABLED)$/.exec(c.req.query('filter') ?? '')?.[1]
    const wanted = known().filter(
      (api) => filter === undefined || services.isEnabled(api) === (filter === 'ENABLED')
    )
    const { items, nextPageToken } = pageOf(c, wanted.map(describe), 50)
    return c.json({ services: items, ...(nextPageToken && { nextPageToken }) })
  })
  routes.get('/projects/:project/services:batchGet', (c) => {
    const names = c.req.queries('names') ?? []
    return c.json({ services: names.map((name) => describe(name.replace(/^.*\//, ''))) })
  })
  routes.post('/projects/:project/services:batchEnable', async (c) => {
    const apis = textsOf(await readJson(c), 'serviceIds')
    for (const api of apis) enable(api)
    const type = 'type.googleapis.com/google.api.serviceusage.v1.BatchEnableServicesResponse'
    return c.json(doneOperation({ '@type': type, services: apis.map(describe) }))
  })
  routes.get('/projects/:project/services/:service', (c) =>
    c.json(describe(c.req.param('service')))
  )
  routes.post('/projects/:project/services/:service', (c) => {
    const { name, verb } = splitVerb(c.req.param('service'))
    if (verb === 'enable') enable(name)
    else if (verb === 'disable') services.set(name, false)
    else throw unknownUrl(c.req.path)
    const type = verb === 'enable' ? 'EnableServiceResponse' : 'DisableServiceResponse'
    return c.json(
      doneOperation({
        '@type': `type.googleapis.com/google.api.serviceusage.v1.${type}`,
        service: describe(name),
      })
    )
  })
  routes.get('/operations/:operation', (c) => c.json(doneOperation({}, c.req.param('operation'))))

  function enable(api: string): void {
    if (!/^[a-z][a-z0-9-]*\.googleapis\.com$/.test(api)) {
      throw new GoogleError(404, `Not found or permission denied for service(s): ${api}.`)
    }
    services.set(api, true)
  }
  return routes
}

function doneOperation(response: unknown, name = 'noop.DONE_OPERATION'): unknown {
  return { name: `operations/${name}`, done: true, response }
}
