import { Hono } from 'hono'
import { GitHubError, notFound, validationFailed } from '../errors.ts'
import type { Comment } from '../store.ts'
import { pageOf } from './paging.ts'
import { demand, type GitHubContext, type GitHubEnv, numberIn, readBody } from './route.ts'
import { type Surroundings, viewComment } from './views.ts'

/**
 * In UTF-16 code units. GitHub was seen to take up to 262,144 bytes, and still says 65,536: the
 * emulator holds everybody to what it says.
 */
const MAX_BODY_LENGTH = 65_536

/** Comments of issues and of pull requests, which are the same to GitHub. */
export function commentRoutes(surroundings: Surroundings): Hono<GitHubEnv> {
  const { store } = surroundings
  const routes = new Hono<GitHubEnv>()

  const find = (c: GitHubContext): Comment => {
    const comment = store.comment(numberIn(c, 'comment'))
    if (!comment) throw notFound()
    return comment
  }
  const require = (c: GitHubContext, level: 'read' | 'write', number: number): void => {
    const isPull = store.item(number)?.pull !== undefined
    demand(c, level, 'issues', ...(isPull ? ['pull-requests'] : []))
  }

  routes.get('/issues/comments/:comment', (c) => {
    const comment = find(c)
    require(c, 'read', comment.number)
    return c.json(viewComment(comment, surroundings))
  })
  routes.patch('/issues/comments/:comment', async (c) => {
    const comment = find(c)
    require(c, 'write', comment.number)
    const body = bodyOf(await readBody(c))
    const changed = store.changeComment(comment, c.get('grant').login, body)
    return c.json(viewComment(changed, surroundings))
  })
  routes.delete('/issues/comments/:comment', (c) => {
    const comment = find(c)
    require(c, 'write', comment.number)
    store.deleteComment(comment.id)
    return c.body(null, 204)
  })
  routes.get('/issues/:number/comments', (c) => {
    const number = numberIn(c, 'number')
    require(c, 'read', number)
    if (!store.item(number)) throw notFound()
    const since = Date.parse(c.req.query('since') ?? '') || 0
    const comments = store
      .commentsOf(number, c.get('isLate'))
      .filter(({ updatedAt }) => Date.parse(updatedAt) >= since)
    const page = pageOf(c, comments)
    const views = page.items.map((comment) => viewComment(comment, surroundings))
    return c.json(views, 200, { ...page.headers })
  })
  routes.post('/issues/:number/comments', async (c) => {
    const number = numberIn(c, 'number')
    require(c, 'write', number)
    const item = store.item(number)
    if (!item) throw notFound()
    if (item.locked) throw locked()
    const comment = store.addComment(number, c.get('grant').login, bodyOf(await readBody(c)))
    return c.json(viewComment(comment, surroundings), 201)
  })
  return routes
}

function bodyOf({ body }: Readonly<Record<string, unknown>>): string {
  const refuse = (message: string): GitHubError =>
    validationFailed({ resource: 'IssueComment', code: 'unprocessable', field: 'data', message })
  if (typeof body !== 'string' || body.trim() === '') throw refuse('Body cannot be blank')
  if (body.length > MAX_BODY_LENGTH)
    throw refuse(`Body is too long (maximum is ${MAX_BODY_LENGTH} characters)`)
  return body
}

function locked(): GitHubError {
  return new GitHubError(403, 'Unable to create comment because issue is locked.', {
    documentationUrl: 'https://docs.github.com/articles/locking-conversations/',
  })
}
