import { enableApi } from '../../../../google/diagnosis/remedies.ts'
import type { Config } from '../../../../inputs.ts'
import { broken, type Check, doubtful, type Finding, ok, unknown } from '../../check.ts'
import { AFTER_IDENTITY, type CheckContext } from '../context.ts'

interface Api {
  readonly name: string
  readonly title: string
  /** Completes "…, which is needed to". */
  readonly use: string
}

/** Service Usage first: it tells of the others. */
const APIS: readonly Api[] = [
  { name: 'serviceusage', title: 'Service Usage', use: 'see and turn on the other APIs' },
  { name: 'cloudresourcemanager', title: 'Resource Manager', use: 'read project and policies' },
  { name: 'sts', title: 'Security Token Service', use: "take GitHub's token" },
  { name: 'iamcredentials', title: 'IAM Credentials', use: 'act as the service account' },
  { name: 'iam', title: 'IAM', use: "make the VMs' service account" },
  { name: 'compute', title: 'Compute Engine', use: 'run VMs' },
  { name: 'artifactregistry', title: 'Artifact Registry', use: 'keep images' },
  { name: 'storage', title: 'Cloud Storage', use: 'keep state and ledger' },
  { name: 'logging', title: 'Cloud Logging', use: "keep the app's log" },
  { name: 'iap', title: 'Identity-Aware Proxy', use: 'reach a VM by SSH' },
  { name: 'cloudbilling', title: 'Cloud Billing', use: 'show the cost in a pull request' },
]
const SECRETS: Api = { name: 'secretmanager', title: 'Secret Manager', use: 'keep secrets' }

/** terraform/main.tf turns these on by itself. */
const BY_TERRAFORM = ['artifactregistry', 'compute', 'iam', 'iap', 'logging', 'secretmanager']
/** A deploy goes well without. */
const OPTIONAL = ['cloudbilling', 'iap']

function apisOf({ secrets, secretValues }: Config): readonly Api[] {
  return secrets.size + secretValues.size > 0 ? [...APIS, SECRETS] : APIS
}

/** What people know it as: `Compute Engine API`. */
export function apiTitle(name: string): string {
  const title = [...APIS, SECRETS].find((api) => api.name === name)?.title
  return `${title ?? name} API`
}

/** The names of all that this service needs. */
export function apiNames(config: Config): readonly string[] {
  return apisOf(config).map(({ name }) => name)
}

/** One for each API. */
export function apiChecks(context: CheckContext): readonly Check[] {
  return apisOf(context.config).map((api) => ({
    id: `api-${api.name}`,
    subject: 'APIs',
    title: apiTitle(api.name),
    after: AFTER_IDENTITY,
    look: () => lookAt(api, context),
  }))
}

async function lookAt(api: Api, { readings, config }: CheckContext): Promise<Finding> {
  const fix = enableApi(api.name, config.projectId)
  const apis = await readings.apis()
  if (apis === 'off') {
    if (api.name === 'serviceusage') return broken(`Off. It is needed to ${api.use}.`, fix)
    return unknown('Only the Service Usage API tells, which is off.', fix)
  }
  if (apis.has(api.name)) return ok('On.')
  const isBundled = config.terraformDirectory === undefined
  if (isBundled && BY_TERRAFORM.includes(api.name)) {
    // What the job may do is told by another API, which may be off as well.
    const held = await readings.held().catch(() => new Set<string>())
    const mayEnable = held.has('serviceusage.services.enable')
    if (mayEnable) return doubtful(`Off until the first deploy turns it on, to ${api.use}.`, fix)
  }
  const said = `Off. It is needed to ${api.use}.`
  return OPTIONAL.includes(api.name) ? doubtful(said, fix) : broken(said, fix)
}
