import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { GrantRequest } from '../../../emulator/github/tokens.ts'
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

function askAs(grant: GrantRequest, path: string, options: Call = {}): Promise<Answer> {
  return ask(path, { ...options, token: harness.emulator.github.tokens.issue(grant) })
}

const comments = (): string => `/issues/${pull}/comments`

describe('comments', () => {
  it('have the author, the app and the links that GitHub gives them', async () => {
    const { status, json } = await ask(comments(), { body: { body: 'Hello' } })
    expect(status).toBe(201)
    expect(json).toMatchObject({
      body: 'Hello',
      user: { login: 'github-actions[bot]', id: 41898282, type: 'Bot' },
      performed_via_github_app: { id: 15368, slug: 'github-actions' },
      html_url: `https://github.com/octo-org/shop/pull/${pull}#issuecomment-${json.id}`,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    })
    const person = await askAs({ kind: 'user', login: 'hubot' }, comments(), {
      body: { body: 'Hi' },
    })
    expect(person.json).toMatchObject({
      user: { login: 'hubot', type: 'User' },
      performed_via_github_app: null,
    })
  })

  it('come in pages, 30 at a time where nothing else is asked', async () => {
    for (let i = 0; i < 65; i++) harness.emulator.github.store.addComment(pull, 'hubot', `${i}`)
    const first = await ask(comments())
    expect(first.json).toHaveLength(30)
    const last = await ask(`${comments()}?page=3`)
    expect(last.json).toHaveLength(5)
    expect(last.headers.get('link')).toMatch(/page=2>; rel="prev", <[^>]+page=1>; rel="first"$/)
    expect((await ask(`${comments()}?page=4`)).json).toEqual([])
    expect((await ask(`${comments()}?per_page=1000`)).json).toHaveLength(65)
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? []
    expect((await call(next, { token: jobToken() })).json[0].body).toBe('30')
  })

  it('are found by the id of the repository, too', async () => {
    await ask(comments(), { body: { body: 'Hello' } })
    const { store } = harness.emulator.github
    const base = harness.emulator.environment['GITHUB_API_URL']
    const url = `${base}/repositories/${store.repositoryId}${comments()}`
    expect((await call(url, { token: jobToken() })).json).toHaveLength(1)
  })

  it.each([
    ['65,536 characters', 'x'.repeat(65_536), 201],
    ['one more', 'x'.repeat(65_537), 422],
    ['as many UTF-16 units, in half as many characters', '💥'.repeat(32_769), 422],
  ])('may have %s or not', async (_, body, status) => {
    const answer = await ask(comments(), { body: { body } })
    expect(answer.status).toBe(status)
    if (status === 422)
      expect(answer.json).toMatchObject({
        message: 'Validation Failed',
        errors: [
          {
            resource: 'IssueComment',
            code: 'unprocessable',
            field: 'data',
            message: 'Body is too long (maximum is 65536 characters)',
          },
        ],
        status: '422',
      })
  })

  it('are refused where the conversation is locked, but may still be changed', async () => {
    const made = await ask(comments(), { body: { body: 'Hello' } })
    await control('PATCH', `/items/${pull}`, { locked: true })
    const refused = await ask(comments(), { body: { body: 'Hello' } })
    expect(refused.status).toBe(403)
    expect(refused.json.message).toBe('Unable to create comment because issue is locked.')
    const change = { method: 'PATCH', body: { body: 'Bye' } }
    expect((await ask(`/issues/comments/${made.json.id}`, change)).status).toBe(200)
  })
})

describe('what a token may do', () => {
  it.each([
    ['read, as a fork', { fork: true }, 'GET', 200],
    ['not write, as a fork', { fork: true }, 'POST', 403],
    ['write with issues alone', { permissions: { issues: 'write' } }, 'POST', 201],
    ['write with pull requests alone', { permissions: { 'pull-requests': 'write' } }, 'POST', 201],
    ['not even read with neither', { permissions: { contents: 'write' } }, 'GET', 403],
    ['not read what is set to none', { permissions: { issues: 'none' } }, 'GET', 403],
  ] as const)('%s', async (_, grant, method, status) => {
    const body = method === 'POST' ? { body: { body: 'Hello' } } : {}
    const answer = await askAs(grant, comments(), { method, ...body })
    expect(answer.status).toBe(status)
    if (status === 403) {
      expect(answer.json.message).toBe('Resource not accessible by integration')
      expect(answer.headers.get('x-accepted-github-permissions')).toMatch(/^issues=(read|write); /)
    }
  })

  it('needs issues for an issue: pull requests will not do', async () => {
    const grant = { permissions: { 'pull-requests': 'write' } } as const
    const body = { title: 'Drift' }
    expect((await askAs(grant, '/issues', { body })).status).toBe(403)
    expect((await ask('/issues', { body })).status).toBe(201)
  })

  it('is said in other words to a person', async () => {
    const { json } = await askAs({ kind: 'user', permissions: {} }, `/pulls/${pull}`)
    expect(json.message).toBe('Resource not accessible by personal access token')
  })

  it('is changed for the job that has the token already', async () => {
    await control('PUT', '/token', { fork: true })
    expect((await ask(comments(), { body: { body: 'Hello' } })).status).toBe(403)
    await control('PUT', '/token', {})
    expect((await ask(comments(), { body: { body: 'Hello' } })).status).toBe(201)
  })

  it.each([
    ['none', {}, 401, 'Requires authentication'],
    ['one that nobody gave out', { token: 'ghs_guessed' }, 401, 'Bad credentials'],
  ])('is nothing with %s', async (_, { token }: Call, status, message) => {
    const base = harness.emulator.environment['GITHUB_API_URL']
    const answer = await call(`${base}/user`, token === undefined ? {} : { token })
    expect({ status: answer.status, message: answer.json.message }).toEqual({ status, message })
  })

  it('ends at the repository', async () => {
    const base = harness.emulator.environment['GITHUB_API_URL']
    const answer = await call(`${base}/repos/octo-org/other/pulls/1`, { token: jobToken() })
    expect(answer).toMatchObject({ status: 404, json: { message: 'Not Found', status: '404' } })
  })
})

describe('pull requests', () => {
  it('are open, then merged or closed', async () => {
    expect((await ask(`/pulls/${pull}`)).json).toMatchObject({
      state: 'open',
      merged: false,
      merged_at: null,
      head: { sha: 'a'.repeat(40), repo: { full_name: 'octo-org/shop', fork: false } },
    })
    await control('POST', `/pulls/${pull}/push`, { sha: 'b'.repeat(40) })
    await control('POST', `/pulls/${pull}/merge`, { sha: 'c'.repeat(40), by: 'hubot' })
    expect((await ask(`/pulls/${pull}`)).json).toMatchObject({
      state: 'closed',
      merged: true,
      head: { sha: 'b'.repeat(40) },
      merge_commit_sha: 'c'.repeat(40),
    })
    const of = async (sha: string) => (await ask(`/commits/${sha}/pulls`)).json
    expect(await of('c'.repeat(40))).toMatchObject([{ number: pull }])
    expect(await of('d'.repeat(40))).toEqual([])
    expect((await ask('/commits/nonsense/pulls')).status).toBe(422)
  })

  it('may come from a fork, and are listed among the issues', async () => {
    const made = await control('POST', '/pulls', { headRepository: 'mallory/shop', title: 'Mine' })
    expect(made.json).toMatchObject({ head: { repo: { full_name: 'mallory/shop', fork: true } } })
    const { json } = await ask('/issues')
    expect(json[0]).toMatchObject({ title: 'Mine', pull_request: { merged_at: null } })
    expect((await ask(`/pulls/${made.json.number + 1}`)).status).toBe(404)
  })
})

function control(method: string, path: string, body?: unknown): Promise<Answer> {
  const url = `${harness.emulator.url}/emulator/github${path}`
  return call(url, { method, ...(body !== undefined && { body }) })
}
