import { Hono } from 'hono'
import { type GitHubError, notFound, validationFailed } from '../errors.ts'
import type { Item } from '../store.ts'
import { pageOf } from './paging.ts'
import { demand, type GitHubContext, type GitHubEnv, numberIn, readBody } from './route.ts'
import { type Surroundings, viewIssue, viewLabel } from './views.ts'

type Body = Readonly<Record<string, unknown>>

const MAX_BODY_LENGTH = 65_536
const MAX_TITLE_LENGTH = 256

/** Issues, and their labels; pull requests are listed among them, as GitHub does. */
export function issueRoutes(surroundings: Surroundings): Hono<GitHubEnv> {
  const { store } = surroundings
  const routes = new Hono<GitHubEnv>()

  routes.get('/issues', (c) => {
    demand(c, 'read', 'issues')
    const page = pageOf(c, store.items.filter(matches(c)).reverse())
    const views = page.items.map((item) => viewIssue(item, surroundings))
    return c.json(views, 200, { ...page.headers })
  })
  routes.post('/issues', async (c) => {
    demand(c, 'write', 'issues')
    const fields = fieldsOf(await readBody(c))
    if (!fields.title) throw invalid('title', 'missing_field')
    const item = store.addItem(c.get('grant').login, fields)
    return c.json(viewIssue(item, surroundings), 201)
  })
  routes.get('/issues/:number', (c) => {
    demand(c, 'read', 'issues')
    return c.json(viewIssue(find(c), surroundings))
  })
  routes.patch('/issues/:number', async (c) => {
    demand(c, 'write', 'issues')
    const { number } = find(c)
    const body = await readBody(c)
    const change = { ...fieldsOf(body), ...stateOf(body) }
    return c.json(viewIssue(store.changeItem(number, change), surroundings))
  })
  routes.get('/issues/:number/labels', (c) => {
    demand(c, 'read', 'issues', 'pull-requests')
    return c.json(find(c).labels.map(viewLabel))
  })
  routes.post('/issues/:number/labels', async (c) => {
    demand(c, 'write', 'issues', 'pull-requests')
    const { number, labels } = find(c)
    const more = textsOf((await readBody(c))['labels'])
    const all = [...new Set([...labels, ...more])]
    return c.json(store.changeItem(number, { labels: all }).labels.map(viewLabel))
  })
  routes.get('/labels', (c) => {
    demand(c, 'read', 'issues', 'pull-requests')
    const page = pageOf(c, store.labels)
    return c.json(page.items.map(viewLabel), 200, { ...page.headers })
  })

  function find(c: GitHubContext): Item {
    const item = store.item(numberIn(c, 'number'))
    if (!item) throw notFound()
    return item
  }
  return routes
}

function matches(c: GitHubContext): (item: Item) => boolean {
  const state = c.req.query('state') ?? 'open'
  const creator = c.req.query('creator')
  const labels = (c.req.query('labels') ?? '').split(',').filter((label) => label !== '')
  return (item) =>
    (state === 'all' || item.state === state) &&
    (creator === undefined || item.author.login === creator) &&
    labels.every((label) => item.labels.includes(label))
}

// A label that does not exist yet is made by naming it.
function fieldsOf(body: Body): Partial<Pick<Item, 'title' | 'body' | 'labels'>> {
  const { title, body: text, labels } = body
  if (typeof title === 'string' && title.length > MAX_TITLE_LENGTH)
    throw invalid(
      'title',
      'custom',
      `title is too long (maximum is ${MAX_TITLE_LENGTH} characters)`
    )
  if (typeof text === 'string' && text.length > MAX_BODY_LENGTH)
    throw invalid('body', 'custom', `body is too long (maximum is ${MAX_BODY_LENGTH} characters)`)
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof text === 'string' && { body: text }),
    ...(Array.isArray(labels) && { labels: textsOf(labels) }),
  }
}

function stateOf({ state, state_reason: reason }: Body): Partial<Item> {
  if (state === undefined) return {}
  if (state !== 'open' && state !== 'closed') throw invalid('state', 'invalid')
  const usual = state === 'closed' ? 'completed' : 'reopened'
  return { state, stateReason: typeof reason === 'string' ? reason : usual }
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

function invalid(field: string, code: string, message?: string): GitHubError {
  return validationFailed({ resource: 'Issue', code, field, ...(message && { message }) })
}
