import { asText } from '../../../lib/json.ts'
import type { GoogleFailure } from '../failure.ts'
import { grantFor, type Missing } from '../grants.ts'
import { enableApi, grantOnServiceAccount } from '../remedies.ts'
import { permissionsIn, roleFor } from '../roles.ts'
import type { Advice, Row } from '../row.ts'
import type { Surroundings } from '../surroundings.ts'

/** As gcloud matches it: some APIs say only in words that they are off. */
const API_OFF = /console\.(?:cloud|developers)\.google\.com\/apis\/api\/([^/\s]+)\/overview/
const SEEN_FROM = /has not been used in project (\S+) before/
const RESOURCE =
  /\b(?:on|for|to)(?: resource| service account)? ["']?(?:\/\/[a-z.]+\/)?((?:projects|b)\/[^"'\s]+|[\w-]+@[\w.-]+)/

/** Failures of whoever asks: APIs that are off, permissions that are missing. */
export const ACCESS_ROWS: readonly Row[] = [
  { id: 'quota-project', explain: explainQuotaProject },
  { id: 'api-off', explain: explainApiOff },
  { id: 'act-as-compute', explain: explainActAs },
  {
    id: 'act-as',
    explain: (failure, surroundings) =>
      explainMissing(failure, surroundings, (it) => it === 'iam.serviceAccounts.actAs'),
  },
  {
    id: 'impersonation',
    explain: (failure, surroundings) =>
      explainMissing(failure, surroundings, (it) => it === 'iam.serviceAccounts.getAccessToken'),
  },
  {
    id: 'registry-push',
    explain: (failure, surroundings) =>
      explainMissing(failure, surroundings, (it) => it.endsWith('.uploadArtifacts')),
  },
  {
    id: 'compute-permission',
    explain: (failure, surroundings) =>
      explainMissing(failure, surroundings, (it) => it.startsWith('compute.')),
  },
  { id: 'permission', explain: (failure, surroundings) => explainMissing(failure, surroundings) },
]

interface Off {
  readonly service: string
  /** Whose API must be on: an id or a number. */
  readonly consumer: string
}

function apiThatIsOff(
  { reason, message, details }: GoogleFailure,
  projectId: string
): Off | undefined {
  const service = asText(details['service']) || API_OFF.exec(message)?.[1] || ''
  const isOff = reason === 'SERVICE_DISABLED' || API_OFF.test(message) || SEEN_FROM.test(message)
  if (!isOff || service === '') return undefined
  const named = [
    asText(details['consumer']).replace(/^projects\//, ''),
    SEEN_FROM.exec(message)?.[1],
  ]
  // Google says it twice, often once by number and once by id.
  const consumer = named.find((name) => name === projectId) ?? (named[0] || named[1] || '')
  return { service, consumer }
}

function explainApiOff(failure: GoogleFailure, { projectId }: Surroundings): Advice | undefined {
  const off = apiThatIsOff(failure, projectId)
  if (off === undefined) return undefined
  // Google names the project in which it has to be on: by its number, which gcloud takes as well.
  const project = off.consumer || projectId
  return {
    means: `The API ${off.service} is off in project ${project}. Once it is on, it takes some minutes until it answers.`,
    fix: enableApi(off.service, project),
  }
}

/** The request was counted against another project than that of the deploy. */
function explainQuotaProject(
  failure: GoogleFailure,
  { projectId, projectNumber }: Surroundings
): Advice | undefined {
  const off = apiThatIsOff(failure, projectId)
  if (off === undefined || off.consumer === '' || off.consumer === projectId) return undefined
  const isNumber = /^[0-9]+$/.test(off.consumer)
  if (isNumber && (projectNumber === undefined || off.consumer === projectNumber)) return undefined
  return {
    means: `Google counts these requests against project ${off.consumer} and not against ${projectId}, and there the API ${off.service} is off. Let terraform name the project, in the step of this action:`,
    fix: `env:\n  USER_PROJECT_OVERRIDE: 'true'\n  GOOGLE_BILLING_PROJECT: ${projectId}`,
  }
}

/** Compute Engine names both accounts, so the command can be whole. */
function explainActAs(
  { message, reason }: GoogleFailure,
  surroundings: Surroundings
): Advice | undefined {
  const [, serviceAccount, user] =
    /access to service account '([^']+)'(?:\. User: '([^']+)')?/.exec(message) ?? []
  if (serviceAccount === undefined && !reason.includes('SERVICE_ACCOUNT_ACCESS_DENIED'))
    return undefined
  const member = user === undefined ? surroundings.member : `serviceAccount:${user}`
  const { projectId: project } = surroundings
  return {
    means: `Whoever gives a service account to a VM must be allowed to act as it${user === undefined ? '' : `, and ${user} is not`}.`,
    fix: grantOnServiceAccount('roles/iam.serviceAccountUser', {
      serviceAccount: serviceAccount ?? 'VM_SERVICE_ACCOUNT',
      project,
      member: member ?? 'MEMBER',
    }),
  }
}

/** 0 is what docker and terraform say; of a 404, a permission in its words is no reason. */
const DENIALS: ReadonlySet<number> = new Set([0, 401, 403])

function explainMissing(
  failure: GoogleFailure,
  surroundings: Surroundings,
  isMeant: (permission: string) => boolean = () => true
): Advice | undefined {
  const missing = DENIALS.has(failure.status) ? missingIn(failure) : undefined
  if (missing === undefined || !isMeant(missing.permission)) return undefined
  const fix = grantFor(missing, surroundings)
  if (fix === undefined) return undefined
  return { means: meaningOf(missing, surroundings), fix }
}

function meaningOf({ permission, resource, member }: Missing, surroundings: Surroundings): string {
  if (permission === 'iam.serviceAccounts.getAccessToken') {
    const account = surroundings.serviceAccount ?? 'the service account'
    return `This job may not become ${account}, or there is no such account. With an account that terraform/bootstrap made, see whether the job's event, ref and environment are the deployer's. Else grant it to the jobs of this repository, which takes up to 5 minutes:`
  }
  const who = (member ?? surroundings.member ?? 'This job').replace(/^serviceAccount:/, '')
  const where = resource === '' ? '' : ` on ${resource}`
  return `${who} lacks ${permission}${where}; ${roleFor(permission)} holds it.`
}

function missingIn({ status, message, details }: GoogleFailure): Missing | undefined {
  const permission = asText(details['permission']) || permissionsIn(message)[0] || ''
  // Words alone must also say that it was denied: a permission may stand in any text.
  if (permission === '' || (status === 0 && !/denied|Required '|does not have/i.test(message)))
    return undefined
  // Without a login there is nobody to grant anything to.
  if (/^Unauthenticated request|Anonymous caller/.test(message)) return undefined
  const resource = asText(details['resource']) || RESOURCE.exec(message)?.[1] || ''
  const account = /(\S+@\S+\.gserviceaccount\.com) does not have/.exec(message)?.[1]
  const member = account === undefined ? undefined : `serviceAccount:${account}`
  return { permission, resource: resource.replace(/^\/\/[a-z.]+\//, ''), member }
}
