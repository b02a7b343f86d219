import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type Answer, type Call, call, type Harness, startHarness } from '../harness.ts'

let harness: Harness
let pull: number

beforeAll(async () => {
  harness = await startHarness({ repository: 'octo-org/shop' })
})
beforeEach(() => {
  harness.emulator.github.mishaps.clear()
  pull = harness.emulator.github.store.addPull({ headSha: 'a'.repeat(40) }).number
})
afterAll(() => harness.stop())

const jobToken = (): string => harness.emulator.environment['GITHUB_TOKEN'] ?? ''

/** Below the repository, with the job's token unless there is another one. */
function ask(path: string, options: Call = {}): Promise<Answer> {
  const base = harness.emulator.environment['GITHUB_API_URL']
  return call(`${base}/repos/octo-org/shop${path}`, { token: jobToken(), ...options })
}

const comments = (): string => `/issues/${pull}/comments`

describe('issues', () => {
  it('are made with labels that did not exist, changed and closed', async () => {
    const made = await ask('/issues', { body: { title: 'Drift', body: 'x', labels: ['drift'] } })
    expect(made).toMatchObject({
      status: 201,
      json: { state: 'open', labels: [{ name: 'drift' }] },
    })
    const path = `/issues/${made.json.number}`
    expect((await ask('/labels')).json.map(({ name }: { name: string }) => name)).toContain('drift')
    expect((await ask(`${path}/labels`)).json).toHaveLength(1)
    const closed = await ask(path, { method: 'PATCH', body: { state: 'closed', title: 'Over' } })
    expect(closed.json).toMatchObject({ title: 'Over', body: 'x', state_reason: 'completed' })
    expect((await ask('/issues?labels=drift')).json).toEqual([])
    const all = await ask('/issues?labels=drift&state=all&creator=github-actions[bot]')
    expect(all.json).toHaveLength(1)
  })

  it.each([
    ['without a title', { body: 'x' }, 'missing_field'],
    ['with too long a title', { title: 'x'.repeat(257) }, 'custom'],
    ['with too long a body', { title: 'x', body: 'x'.repeat(65_537) }, 'custom'],
  ])('are refused %s', async (_, body, code) => {
    const { status, json } = await ask('/issues', { body })
    expect({ status, code: json.errors[0].code }).toEqual({ status: 422, code })
  })

  it('are open or closed, and nothing else', async () => {
    const change = { method: 'PATCH', body: { state: 'done' } }
    expect((await ask(`/issues/${pull}`, change)).status).toBe(422)
    expect((await ask('/issues/99999')).status).toBe(404)
    expect((await ask('/issues', { body: '[1]' })).json.message).toBe('Problems parsing JSON')
  })
})

describe('GraphQL', () => {
  const query = (body: unknown) =>
    call(harness.emulator.environment['GITHUB_GRAPHQL_URL'] ?? '', { token: jobToken(), body })

  it('answers what REST cannot, and refuses the rest', async () => {
    const viewer = await query({ query: 'query {\n  viewer { login }\n}' })
    expect(viewer.json).toEqual({ data: { viewer: { login: 'github-actions[bot]' } } })
    const other = await query({ query: '{ repository { id } }' })
    expect(other.json.errors).toMatchObject([{ type: 'undefinedField' }])
  })

  it.each(['IC_OTk', 'nonsense'])('knows no comment %s', async (id) => {
    const text = 'query ($id: ID!) { node(id: $id) { ... on IssueComment { editor { login } } } }'
    const { json } = await query({ query: text, variables: { id } })
    expect(json).toMatchObject({ data: { node: null }, errors: [{ type: 'NOT_FOUND' }] })
  })
})

describe('what goes wrong at GitHub', () => {
  it('does the work and loses the answer', async () => {
    await control('POST', '/mishaps', { kind: 'lost-answer', method: 'POST' })
    expect((await ask(comments(), { body: { body: 'Hello' } })).status).toBe(502)
    expect((await ask(comments())).json).toHaveLength(1)
    expect((await control('GET', '/mishaps')).json.mishaps).toMatchObject([{ fired: 1 }])
  })

  it('lists what was there before the last change', async () => {
    await ask(comments(), { body: { body: 'Hello' } })
    await control('POST', '/mishaps', { kind: 'late-answer', path: 'comments$' })
    expect((await ask(comments())).json).toEqual([])
    expect((await ask(comments())).json).toHaveLength(1)
  })

  it('limits, and says until when', async () => {
    await control('POST', '/mishaps', { kind: 'secondary-limit', retryAfterSeconds: 7 })
    const secondary = await ask(comments(), { body: { body: 'Hello' } })
    expect(secondary.status).toBe(403)
    expect(secondary.headers.get('retry-after')).toBe('7')
    await control('POST', '/mishaps', { kind: 'primary-limit' })
    const primary = await ask(comments())
    expect(primary.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(Number(primary.headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000)
    expect((await ask(comments())).json).toEqual([])
  })

  it('fails as everything here can be made to fail, in its own shape', async () => {
    const fault = { path: '/github/api', status: 503, message: 'Unicorn' }
    await call(`${harness.emulator.url}/emulator/faults`, { body: fault })
    expect(await ask(comments())).toMatchObject({
      status: 503,
      json: { message: 'Unicorn', status: '503' },
    })
  })

  it('is no mishap that there is not', async () => {
    const { status, json } = await control('POST', '/mishaps', { kind: 'earthquake' })
    expect(status).toBe(400)
    expect(json.message).toMatch(/^A mishap's kind is one of lost-answer, /)
  })
})

describe('people', () => {
  it('remark, edit and delete', async () => {
    const made = await ask(comments(), { body: { body: 'Hello' } })
    await control('POST', `/items/${pull}/comments`, { author: 'hubot', body: 'No', count: 3 })
    const change = { author: 'mallory', body: 'Goodbye' }
    expect((await control('PATCH', `/comments/${made.json.id}`, change)).status).toBe(200)
    expect(await editorOf(made.json.node_id)).toEqual({ __typename: 'User', login: 'mallory' })
    const { json } = await control('GET', `/items/${pull}/comments`)
    expect(json.comments.map(({ body }: { body: string }) => body)).toEqual([
      'Goodbye',
      'No',
      'No',
      'No',
    ])
    expect((await control('DELETE', `/comments/${made.json.id}`)).status).toBe(204)
    expect((await control('DELETE', `/comments/${made.json.id}`)).status).toBe(404)
  })

  async function editorOf(id: string): Promise<unknown> {
    const query = 'query ($id: ID!) { node(id: $id) { ... on IssueComment { editor { login } } } }'
    const url = harness.emulator.environment['GITHUB_GRAPHQL_URL'] ?? ''
    const { json } = await call(url, { token: jobToken(), body: { query, variables: { id } } })
    return json.data.node.editor
  }
})

describe('requests', () => {
  it('are counted against the hour, and recorded with who asked', async () => {
    const before = Number((await ask(comments())).headers.get('x-ratelimit-remaining'))
    const after = await ask(comments())
    expect(Number(after.headers.get('x-ratelimit-remaining'))).toBe(before - 1)
    expect(harness.emulator.requests.at(-1)).toMatchObject({
      path: `/github/api/repos/octo-org/shop${comments()}`,
      member: 'github:github-actions[bot]',
    })
  })
})

function control(method: string, path: string, body?: unknown): Promise<Answer> {
  const url = `${harness.emulator.url}/emulator/github${path}`
  return call(url, { method, ...(body !== undefined && { body }) })
}
