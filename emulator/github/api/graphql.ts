import { Hono } from 'hono'
import type { Actor } from '../store.ts'
import { demand, type GitHubEnv, readBody } from './route.ts'
import { idOfNode, type Surroundings } from './views.ts'

type Variables = Readonly<Record<string, unknown>>

/**
 * Not GraphQL, but the two questions that REST cannot answer: who a token speaks for, and who
 * changed a comment last. Any other query is refused as one with an unknown field.
 */
export function graphqlRoutes({ store }: Surroundings): Hono<GitHubEnv> {
  const routes = new Hono<GitHubEnv>()
  routes.post('/graphql', async (c) => {
    const body = await readBody(c)
    const query = typeof body['query'] === 'string' ? body['query'].replace(/\s+/g, ' ') : ''
    if (/^(query )?\{ viewer \{ login \} \}$/.test(query.trim()))
      return c.json({ data: { viewer: { login: c.get('grant').login } } })
    if (!query.includes('... on IssueComment')) return c.json(refusal(query))
    demand(c, 'read', 'issues', 'pull-requests')
    const variables = (body['variables'] ?? {}) as Variables
    const id = idOfNode(String(variables['id']))
    const comment = id === undefined ? undefined : store.comment(id)
    const node = comment && { editor: comment.editor ? viewActor(comment.editor) : null }
    return c.json(
      node ? { data: { node } } : { data: { node: null }, errors: [notResolved(variables['id'])] }
    )
  })
  return routes
}

// Here, unlike in REST and in `viewer`, the login of an app has no `[bot]` behind it.
function viewActor({ login, type }: Actor): unknown {
  return { __typename: type, login: login.replace(/\[bot\]$/, '') }
}

function notResolved(id: unknown): unknown {
  return {
    type: 'NOT_FOUND',
    path: ['node'],
    message: `Could not resolve to a node with the global id of '${String(id)}'`,
  }
}

function refusal(query: string): unknown {
  return { errors: [{ type: 'undefinedField', message: `The emulator cannot answer: ${query}` }] }
}
