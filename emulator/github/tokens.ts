import { randomBytes } from 'node:crypto'

/** As in a workflow's `permissions:`; what is left out is none. */
export type Permissions = Readonly<Record<string, 'read' | 'write' | 'none'>>

export interface Grant {
  /** A job's GITHUB_TOKEN, an installation token of another app, a person's token. */
  readonly kind: 'job' | 'app' | 'user'
  /** Who the author of a comment is: `github-actions[bot]`, `my-app[bot]`, `octocat`. */
  readonly login: string
  readonly permissions: Permissions
}

export interface GrantRequest {
  readonly kind?: Grant['kind']
  readonly login?: string
  readonly permissions?: Permissions
  /** A job of a fork's pull request: whatever the workflow asks for, it may only read. */
  readonly fork?: boolean
}

export const JOB_LOGIN = 'github-actions[bot]'

/** What the workflows of the documentation grant their jobs. */
export const JOB_PERMISSIONS: Permissions = {
  contents: 'read',
  issues: 'write',
  'pull-requests': 'write',
}

const PREFIXES: Readonly<Record<Grant['kind'], string>> = {
  job: 'ghs_',
  app: 'ghs_',
  user: 'ghp_',
}

/** Tokens made here, and what each may do. */
export class GitHubTokens {
  readonly #grants = new Map<string, Grant>()

  issue(request: GrantRequest = {}): string {
    const kind = request.kind ?? 'job'
    const token = PREFIXES[kind] + randomBytes(18).toString('hex')
    this.#grants.set(token, toGrant(request))
    return token
  }

  /** The same token from now on may do something else, as when a workflow's `permissions:` are edited. */
  change(token: string, request: GrantRequest): void {
    this.#grants.set(token, toGrant(request))
  }

  revoke(token: string): void {
    this.#grants.delete(token)
  }

  find(token: string): Grant | undefined {
    return this.#grants.get(token)
  }
}

function toGrant({ kind = 'job', fork = false, ...request }: GrantRequest): Grant {
  const permissions = request.permissions ?? JOB_PERMISSIONS
  const login = request.login ?? (kind === 'user' ? 'octocat' : JOB_LOGIN)
  return { kind, login, permissions: fork ? readOnly(permissions) : permissions }
}

function readOnly(permissions: Permissions): Permissions {
  const scopes = Object.entries(permissions).filter(([, level]) => level !== 'none')
  return Object.fromEntries(scopes.map(([scope]) => [scope, 'read' as const]))
}
