import {
  grantOnBucket,
  grantOnRepository,
  grantOnSecret,
  grantOnServiceAccount,
  grantRole,
} from './remedies.ts'
import { roleFor } from './roles.ts'
import { memberIn, type Surroundings } from './surroundings.ts'

/** What is not allowed, and on what as far as Google said it. */
export interface Missing {
  readonly permission: string
  /** Such as `projects/P/secrets/S`; empty where nobody named it. */
  readonly resource: string
  /** Who asked, where Google said so. */
  readonly member?: string | undefined
}

/** The command that grants it, as near to the resource as a role can be had; undefined when no role is known. */
export function grantFor(missing: Missing, surroundings: Surroundings): string | undefined {
  const role = roleFor(missing.permission)
  if (role === undefined) return undefined
  const { permission, resource } = missing
  const member = missing.member ?? memberIn(surroundings)
  const grant = { project: projectOf(resource, surroundings), member }
  if (permission === 'iam.serviceAccounts.getAccessToken') {
    const serviceAccount = accountIn(resource) ?? surroundings.serviceAccount ?? 'SERVICE_ACCOUNT'
    // It is the job itself that asks for this one, and not yet the account that it becomes.
    const jobs = surroundings.jobs ?? grant.member
    return grantOnServiceAccount(role, { ...grant, serviceAccount, member: jobs })
  }
  const account = accountIn(resource)
  if (permission === 'iam.serviceAccounts.actAs' && account !== undefined) {
    return grantOnServiceAccount(role, { ...grant, serviceAccount: account })
  }
  return (
    onPart(role, missing, grant) ?? onBucket(role, missing, surroundings) ?? grantRole(role, grant)
  )
}

type Grant = Parameters<typeof grantRole>[1]

/** A repository or a secret has a policy of its own; what makes one needs a role above it. */
function onPart(role: string, { permission, resource }: Missing, grant: Grant): string | undefined {
  const [, location, repository] =
    /\/locations\/([^/]+)\/repositories\/([^/:]+)/.exec(resource) ?? []
  if (location !== undefined && repository !== undefined)
    return grantOnRepository(role, { ...grant, location, repository })
  const secret = /\/secrets\/([^/:]+)/.exec(resource)?.[1]
  if (secret === undefined || /\.(create|list)$/.test(permission.replace('versions.list', '')))
    return undefined
  return grantOnSecret(role, { ...grant, secret })
}

function onBucket(
  role: string,
  { permission, resource, member }: Missing,
  surroundings: Surroundings
): string | undefined {
  if (!permission.startsWith('storage.') || /buckets\.(create|list)$/.test(permission))
    return undefined
  const bucket = /(?:^|\/)(?:b|buckets)\/([^/]+)/.exec(resource)?.[1] ?? surroundings.stateBucket
  if (bucket === undefined) return undefined
  return grantOnBucket(role, { bucket, member: member ?? memberIn(surroundings) })
}

function accountIn(resource: string): string | undefined {
  return /[A-Za-z0-9-]+@[A-Za-z0-9.-]+\.gserviceaccount\.com/.exec(resource)?.[0]
}

/** Its id rather than its number, which Google may answer with: people know the one. */
function projectOf(resource: string, { projectId }: Surroundings): string {
  const named = /(?:^|\/)projects\/([^/]+)/.exec(resource)?.[1] ?? projectId
  return /^([0-9]+|_|-)$/.test(named) ? projectId : named
}
