import type { Permissions } from '../../github/tokens.ts'
import { entriesOf, literalOf, type Token } from './tokens.ts'

const SCOPES = [
  'actions',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'id-token',
  'issues',
  'packages',
  'pages',
  'pull-requests',
  'security-events',
  'statuses',
]

/** What a job has where neither it nor its workflow says anything: the restricted setting. */
export const DEFAULT_PERMISSIONS: Permissions = { contents: 'read', packages: 'read' }

/** What a `permissions` block grants; every scope that it does not name is none. */
export function readPermissions(token: Token | undefined): Permissions | undefined {
  if (token === undefined) return undefined
  const literal = literalOf(token)
  if (literal === 'read-all') return all('read')
  if (literal === 'write-all') return all('write')
  return Object.fromEntries(
    entriesOf(token).map(([scope, level]) => {
      const text = literalOf(level)
      return [scope, text === 'write' || text === 'read' ? text : 'none']
    })
  )
}

/** The scopes that `wanted` has and `allowed` has not, as GitHub lists them: `contents: write`. */
export function findExcess(wanted: Permissions, allowed: Permissions): readonly string[] {
  return Object.entries(wanted)
    .filter(([scope, level]) => rank(level) > rank(allowed[scope]))
    .map(([scope, level]) => `${scope}: ${level}`)
}

/** The scopes by which a job asks for too much, in what it is allowed of them. */
export function describeAllowed(wanted: Permissions, allowed: Permissions): string {
  return Object.entries(wanted)
    .filter(([scope, level]) => rank(level) > rank(allowed[scope]))
    .map(([scope]) => `${scope}: ${allowed[scope] ?? 'none'}`)
    .join(', ')
}

function all(level: 'read' | 'write'): Permissions {
  const named = SCOPES.filter((scope) => level === 'write' || scope !== 'id-token')
  return Object.fromEntries(named.map((scope) => [scope, level]))
}

function rank(level: string | undefined): number {
  return level === 'write' ? 2 : level === 'read' ? 1 : 0
}
