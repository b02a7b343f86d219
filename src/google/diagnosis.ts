import { asList, asRecord, asText, type JsonRecord, parseJson } from '../lib/json.ts'

/** What a Google error body says, in one shape for the older and the newer APIs. */
export interface GoogleFailure {
  readonly status: number
  /** Such as `forbidden`, `SERVICE_DISABLED`, `rateLimitExceeded`; empty when there is none. */
  readonly reason: string
  readonly message: string
  readonly details: JsonRecord
}

/** Reads an error answer; a body that is not JSON is quoted, shortened. */
export function readFailure(status: number, body: string): GoogleFailure {
  const parsed = asRecord(parseJson(body))
  const error = asRecord(parsed['error'])
  const info = asRecord(
    asList(error['details']).find((detail) =>
      asText(asRecord(detail)['@type']).endsWith('ErrorInfo')
    )
  )
  const first = asRecord(asList(error['errors'])[0] ?? asList(parsed['errors'])[0])
  const reason = asText(info['reason']) || asText(first['reason']) || asText(first['code'])
  const message =
    asText(error['message']) || asText(first['message']) || asText(parsed['error_description'])
  return {
    status,
    reason: reason || asText(error['status']) || asText(parsed['error']),
    message: message || quoted(body),
    details: asRecord(info['metadata']),
  }
}

function quoted(body: string): string {
  const text = body.replace(/\s+/g, ' ').trim()
  if (text === '') return 'an empty answer'
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}

/** The role that carries a permission, least first (Google's IAM reference; order matters). */
const ROLE_OF_PERMISSION: readonly (readonly [prefix: string, role: string])[] = [
  ['artifactregistry.repositories.uploadArtifacts', 'roles/artifactregistry.writer'],
  ['artifactregistry.repositories.downloadArtifacts', 'roles/artifactregistry.reader'],
  ['artifactregistry.repositories.deleteArtifacts', 'roles/artifactregistry.repoAdmin'],
  ['artifactregistry.tags.delete', 'roles/artifactregistry.repoAdmin'],
  ['artifactregistry.tags.list', 'roles/artifactregistry.reader'],
  ['artifactregistry.', 'roles/artifactregistry.admin'],
  ['compute.firewalls.', 'roles/compute.securityAdmin'],
  ['compute.networks.', 'roles/compute.networkAdmin'],
  ['compute.subnetworks.', 'roles/compute.networkAdmin'],
  ['compute.healthChecks.', 'roles/compute.networkAdmin'],
  ['compute.', 'roles/compute.instanceAdmin.v1'],
  ['iam.serviceAccounts.getAccessToken', 'roles/iam.workloadIdentityUser'],
  ['iam.serviceAccounts.actAs', 'roles/iam.serviceAccountUser'],
  ['iam.serviceAccounts.', 'roles/iam.serviceAccountAdmin'],
  ['secretmanager.versions.access', 'roles/secretmanager.secretAccessor'],
  ['secretmanager.versions.get', 'roles/secretmanager.viewer'],
  ['secretmanager.', 'roles/secretmanager.admin'],
  ['serviceusage.', 'roles/serviceusage.serviceUsageAdmin'],
  ['storage.objects.', 'roles/storage.objectUser'],
]

/** Not a host name: `compute.googleapis.com` looks like one and is none. */
const PERMISSION = /\b[a-z]+(?:\.(?!googleapis|com\b)[A-Za-z]+){2}\b/g
/** As gcloud matches it: some APIs say only in words that they are off. */
const API_OFF = /console\.(?:cloud|developers)\.google\.com\/apis\/api\/([^/]+)\/overview/

/** The next command for a failure that we know, or undefined. */
export function fixFor(failure: GoogleFailure, projectId: string): string | undefined {
  const { reason, message, details } = failure
  const disabled =
    reason === 'SERVICE_DISABLED' ? asText(details['service']) : API_OFF.exec(message)?.[1]
  if (disabled) {
    return `Run: gcloud services enable ${disabled} --project ${projectId} (it takes effect within some minutes).`
  }
  if (reason === 'SERVICE_ACCOUNT_ACCESS_DENIED') {
    return 'Grant roles/iam.serviceAccountUser on the VM service account to the deployer.'
  }
  if (failure.status !== 403 && failure.status !== 401) return undefined
  for (const permission of [asText(details['permission']), ...(message.match(PERMISSION) ?? [])]) {
    const role = ROLE_OF_PERMISSION.find(([prefix]) => permission.startsWith(prefix))?.[1]
    if (role)
      return `Grant ${role} (it holds ${permission}) to the deployer in project ${projectId}.`
  }
  return undefined
}
