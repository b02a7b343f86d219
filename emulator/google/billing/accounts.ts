import { Hono } from 'hono'
import { GoogleError } from '../errors.ts'
import type { Project } from '../project.ts'
import { type GoogleEnv, type JsonObject, readJson, textOf } from '../route.ts'

/** The account that a new project's bills go to. */
export const BILLING_ACCOUNT = 'billingAccounts/0X0X0X-0X0X0X-0X0X0X'

/** APIs that do nothing in a project that nobody pays for. */
const PAID = ['compute', 'artifactregistry', 'secretmanager'].map(
  (name) => `${name}.googleapis.com`
)

/** Who pays for the project. */
export class Billing {
  readonly #project: Project
  #account = BILLING_ACCOUNT

  constructor(project: Project) {
    this.#project = project
  }

  get isEnabled(): boolean {
    return this.#account !== ''
  }

  /** An empty name closes the account's door: billing is off. @throws GoogleError 400 */
  link(account: string): void {
    if (account !== '' && !/^billingAccounts\/[0-9A-Z]{6}(-[0-9A-Z]{6}){2}$/.test(account)) {
      throw new GoogleError(400, `Invalid billing account name: '${account}'.`)
    }
    this.#account = account
  }

  /** As `projects.getBillingInfo` tells it. */
  describe(): JsonObject {
    return {
      name: `projects/${this.#project.id}/billingInfo`,
      projectId: this.#project.id,
      billingAccountName: this.#account,
      billingEnabled: this.isEnabled,
    }
  }

  /** @throws GoogleError 403 BILLING_DISABLED */
  require(api: string): void {
    if (this.isEnabled || !PAID.includes(api)) return
    const { id, number } = this.#project
    const url = `https://console.developers.google.com/billing/enable?project=${id}`
    const message =
      `This API method requires billing to be enabled. Please enable billing on project #${id} by visiting ` +
      `${url} then retry. If you enabled billing for this project recently, wait a few minutes for the ` +
      'action to propagate to our systems and retry.'
    throw new GoogleError(403, message, {
      reason: 'forbidden',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'BILLING_DISABLED',
          domain: 'googleapis.com',
          metadata: { service: api, consumer: `projects/${number}`, containerInfo: id },
        },
      ],
    })
  }
}

/** Cloud Billing v1, the part about one project. */
export function createBillingInfo(billing: Billing): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  routes.get('/projects/:project/billingInfo', (c) => c.json(billing.describe()))
  routes.put('/projects/:project/billingInfo', async (c) => {
    billing.link(textOf(await readJson(c), 'billingAccountName') ?? '')
    return c.json(billing.describe())
  })
  return routes
}
