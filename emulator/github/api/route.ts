import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { GitHubError, notFound } from '../errors.ts'
import type { Grant } from '../tokens.ts'

/** What the router has put at the disposal of every route. */
export interface GitHubEnv {
  Bindings: HttpBindings
  Variables: { member: string; grant: Grant; isLate?: boolean }
}

export type GitHubContext = Context<GitHubEnv>
export type Level = 'read' | 'write'

/**
 * Any one of the scopes will do. In a private repository a token without the scope may not even read.
 *
 * @throws GitHubError 403 in the words that GitHub has for each kind of token
 */
export function demand(c: GitHubContext, level: Level, ...scopes: readonly string[]): void {
  const { permissions, kind } = c.get('grant')
  const holds = (scope: string): boolean => {
    const held = permissions[scope] ?? 'none'
    return held === 'write' || held === level
  }
  if (scopes.some(holds)) return
  const what = kind === 'user' ? 'personal access token' : 'integration'
  throw new GitHubError(403, `Resource not accessible by ${what}`, {
    headers: {
      'x-accepted-github-permissions': scopes
        .map((scope) => `${scope.replaceAll('-', '_')}=${level}`)
        .join('; '),
    },
  })
}

/** @throws GitHubError 400 for anything but a JSON object */
export async function readBody(c: GitHubContext): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse((await c.req.text()) || '{}')
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>
  } catch {
    // What is no JSON at all is refused in the same words.
  }
  throw new GitHubError(400, 'Problems parsing JSON')
}

/** @throws GitHubError 404 when the segment is no number */
export function numberIn(c: GitHubContext, name: string): number {
  const text = c.req.param(name) ?? ''
  if (!/^[0-9]+$/.test(text)) throw notFound()
  return Number(text)
}
