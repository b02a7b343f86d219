import { Hono } from 'hono'
import { GitHubError, notFound, validationFailed } from '../errors.ts'
import type { Item } from '../store.ts'
import { pageOf } from './paging.ts'
import { demand, type GitHubEnv, numberIn } from './route.ts'
import { type Surroundings, viewPull } from './views.ts'

/** GitHub lists no more. */
const MAX_FILES = 3_000

/** Pull requests, and which of them brought a commit. */
export function pullRoutes(surroundings: Surroundings): Hono<GitHubEnv> {
  const { store } = surroundings
  const routes = new Hono<GitHubEnv>()
  const view = (item: Item, whole = false) => viewPull(item, surroundings, whole)

  routes.get('/pulls', (c) => {
    demand(c, 'read', 'pull-requests')
    const state = c.req.query('state') ?? 'open'
    const pulls = store.items.filter(
      (item) => item.pull && (state === 'all' || item.state === state)
    )
    const page = pageOf(c, pulls.reverse())
    return c.json(
      page.items.map((item) => view(item)),
      200,
      { ...page.headers }
    )
  })
  routes.post('/pulls', (c) => {
    demand(c, 'write', 'pull-requests')
    // Pull requests are opened by people (`/emulator/github`): jobs come only to see whether they might.
    throw validationFailed({ resource: 'PullRequest', field: 'base', code: 'missing_field' })
  })
  routes.get('/pulls/:number', (c) => {
    demand(c, 'read', 'pull-requests')
    const item = store.item(numberIn(c, 'number'))
    const whole = item && view(item, true)
    if (!whole) throw notFound()
    return c.json(whole)
  })
  routes.get('/pulls/:number/files', (c) => {
    demand(c, 'read', 'pull-requests')
    const pull = store.item(numberIn(c, 'number'))?.pull
    if (!pull) throw notFound()
    const page = pageOf(c, pull.files.slice(0, MAX_FILES))
    const views = page.items.map((filename) => ({ filename, status: 'modified' }))
    return c.json(views, 200, { ...page.headers })
  })
  routes.get('/commits/:sha', (c) => {
    demand(c, 'read', 'contents')
    return c.json({ sha: c.req.param('sha') })
  })
  routes.get('/commits/:sha/pulls', (c) => {
    demand(c, 'read', 'pull-requests')
    const sha = c.req.param('sha')
    // There are no commits here: any name of one will do, and one that no pull request knows has none.
    if (!/^[0-9a-f]{40}$/.test(sha)) throw new GitHubError(422, `No commit found for SHA: ${sha}`)
    const page = pageOf(c, store.items.filter(hasCommit(sha)))
    return c.json(
      page.items.map((item) => view(item)),
      200,
      { ...page.headers }
    )
  })
  return routes
}

function hasCommit(sha: string): (item: Item) => boolean {
  return ({ pull }) => pull !== undefined && [pull.mergeCommitSha, pull.headSha].includes(sha)
}
