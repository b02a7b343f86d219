import { Hono } from 'hono'
import { type GitHubEnv, numberIn, readBody } from './api/route.ts'
import { type Surroundings, viewComment, viewIssue, viewPull } from './api/views.ts'
import { GitHubError, notFound } from './errors.ts'
import type { MishapRequest, Mishaps } from './mishaps.ts'
import type { Item, NewPull } from './store.ts'
import type { GitHubTokens, GrantRequest } from './tokens.ts'

export interface GitHubControlOptions extends Surroundings {
  readonly tokens: GitHubTokens
  readonly mishaps: Mishaps
  /** What a job finds as its GITHUB_TOKEN. */
  readonly jobToken: string
}

/**
 * `/emulator/github`: what people do at GitHub, without a token. Bodies are what `store.ts` and
 * `tokens.ts` describe; a field of the wrong kind is the mistake of a test.
 */
export function githubControl(options: GitHubControlOptions): Hono<GitHubEnv> {
  const { store, tokens, mishaps } = options
  const routes = new Hono<GitHubEnv>()
  routes.onError((error) => {
    const known = error instanceof GitHubError ? error : new GitHubError(400, error.message)
    return known.toResponse()
  })
  const view = (item: Item): unknown => viewPull(item, options, true) ?? viewIssue(item, options)

  routes.get('/github/items', (c) => c.json({ items: store.items.map(view) }))
  routes.post('/github/pulls', async (c) =>
    c.json(view(store.addPull((await readBody(c)) as NewPull)), 201)
  )
  routes.post('/github/pulls/:number/push', async (c) => {
    const { sha } = await readBody(c)
    return c.json(view(store.pushTo(numberIn(c, 'number'), textOf(sha))))
  })
  routes.post('/github/pulls/:number/merge', async (c) => {
    const { sha, by } = await readBody(c)
    return c.json(view(store.merge(numberIn(c, 'number'), textOf(sha), textOf(by))))
  })
  routes.patch('/github/items/:number', async (c) => {
    const { state, locked } = await readBody(c)
    const change: Partial<Item> = {
      ...((state === 'open' || state === 'closed') && { state }),
      ...(typeof locked === 'boolean' && { locked }),
    }
    return c.json(view(store.changeItem(numberIn(c, 'number'), change)))
  })
  routes.get('/github/items/:number/comments', (c) => {
    const comments = store.commentsOf(numberIn(c, 'number'))
    return c.json({ comments: comments.map((comment) => viewComment(comment, options)) })
  })
  routes.post('/github/items/:number/comments', async (c) => {
    const { author, body, count = 1 } = await readBody(c)
    const number = numberIn(c, 'number')
    for (let made = 0; made < Number(count); made++)
      store.addComment(number, textOf(author) ?? 'octocat', textOf(body) ?? 'A remark.')
    return c.json({ comments: store.commentsOf(number).length }, 201)
  })
  routes.patch('/github/comments/:comment', async (c) => {
    const comment = store.comment(numberIn(c, 'comment'))
    if (!comment) throw notFound()
    const { author, body } = await readBody(c)
    const changed = store.changeComment(comment, textOf(author) ?? 'octocat', textOf(body) ?? '')
    return c.json(viewComment(changed, options))
  })
  routes.delete('/github/comments/:comment', (c) => {
    if (!store.deleteComment(numberIn(c, 'comment'))) throw notFound()
    return c.body(null, 204)
  })
  addTokenRoutes(routes, options)
  routes.get('/github/mishaps', (c) => c.json({ mishaps: mishaps.list() }))
  routes.post('/github/mishaps', async (c) => {
    mishaps.add((await readBody(c)) as unknown as MishapRequest)
    return c.json({ mishaps: mishaps.list() })
  })
  routes.delete('/github/mishaps', (c) => {
    mishaps.clear()
    return c.body(null, 204)
  })
  return routes

  function addTokenRoutes(to: Hono<GitHubEnv>, { jobToken }: GitHubControlOptions): void {
    to.post('/github/tokens', async (c) =>
      c.json({ token: tokens.issue((await readBody(c)) as GrantRequest) }, 201)
    )
    to.put('/github/token', async (c) => {
      tokens.change(jobToken, (await readBody(c)) as GrantRequest)
      return c.body(null, 204)
    })
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
