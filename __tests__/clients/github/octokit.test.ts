import { getOctokit } from '@actions/github'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { call, type Harness, startHarness } from '../../emulator/harness.ts'

const REPOSITORY = { owner: 'octo-org', repo: 'shop' }

let harness: Harness
let octokit: ReturnType<typeof getOctokit>
let pullNumber: number

beforeAll(async () => {
  harness = await startHarness({ repository: 'octo-org/shop' })
  octokit = octokitWith(harness.emulator.environment['GITHUB_TOKEN'] ?? '')
})
beforeEach(() => {
  pullNumber = harness.emulator.github.store.addPull().number
})
afterAll(() => harness.stop())

function octokitWith(token: string): ReturnType<typeof getOctokit> {
  const silent = (): void => undefined
  const log = { debug: silent, info: silent, warn: silent, error: silent }
  const { environment } = harness.emulator
  return getOctokit(token, { baseUrl: environment['GITHUB_API_URL'] ?? '', log })
}

const where = () => ({ ...REPOSITORY, issue_number: pullNumber })

describe('octokit', () => {
  it('makes, reads, changes and deletes a comment', async () => {
    const { issues } = octokit.rest
    const { data: made } = await issues.createComment({ ...where(), body: 'Hello' })
    expect(made).toMatchObject({ user: { login: 'github-actions[bot]', type: 'Bot' } })
    const one = { ...REPOSITORY, comment_id: made.id }
    await issues.updateComment({ ...one, body: 'Hello again' })
    expect((await issues.getComment(one)).data.body).toBe('Hello again')
    expect((await issues.deleteComment(one)).status).toBe(204)
    await expect(issues.getComment(one)).rejects.toMatchObject({ status: 404 })
  })

  it('reads every page of 300 comments', async () => {
    const url = `${harness.emulator.url}/emulator/github/items/${pullNumber}/comments`
    await call(url, { body: { author: 'hubot', body: 'A remark.', count: 300 } })
    const all = await octokit.paginate(octokit.rest.issues.listComments, {
      ...where(),
      per_page: 100,
    })
    expect(all).toHaveLength(300)
    expect(new Set(all.map(({ id }) => id)).size).toBe(300)
  })

  it('reads, lists and finds pull requests', async () => {
    const { pulls, repos } = octokit.rest
    const { data: pull } = await pulls.get({ ...REPOSITORY, pull_number: pullNumber })
    expect(pull).toMatchObject({ state: 'open', merged: false, base: { ref: 'main' } })
    const merged = `${harness.emulator.url}/emulator/github/pulls/${pullNumber}/merge`
    await call(merged, { body: { sha: 'c'.repeat(40), by: 'hubot' } })
    expect((await pulls.get({ ...REPOSITORY, pull_number: pullNumber })).data).toMatchObject({
      merged: true,
      merge_commit_sha: 'c'.repeat(40),
      merged_by: { login: 'hubot' },
    })
    const open = await pulls.list(REPOSITORY)
    expect(open.data.map(({ number }) => number)).not.toContain(pullNumber)
    const commit = { ...REPOSITORY, commit_sha: 'c'.repeat(40) }
    const found = await repos.listPullRequestsAssociatedWithCommit(commit)
    expect(found.data.map(({ number }) => number)).toEqual([pullNumber])
  })

  it('keeps an issue with a label', async () => {
    const { issues } = octokit.rest
    const made = await issues.create({ ...REPOSITORY, title: 'Drift', labels: ['drift'] })
    const one = { ...REPOSITORY, issue_number: made.data.number }
    await issues.addLabels({ ...one, labels: ['infrastructure'] })
    const listed = await issues.listForRepo({ ...REPOSITORY, labels: 'drift,infrastructure' })
    expect(listed.data.map(({ number }) => number)).toEqual([made.data.number])
    await issues.update({ ...one, state: 'closed', state_reason: 'not_planned' })
    expect((await issues.get(one)).data).toMatchObject({
      state: 'closed',
      state_reason: 'not_planned',
    })
  })

  it('hears who it is through GraphQL, and that REST says so to people only', async () => {
    const answer = await octokit.graphql('query { viewer { login } }')
    expect(answer).toEqual({ viewer: { login: 'github-actions[bot]' } })
    await expect(octokit.rest.users.getAuthenticated()).rejects.toMatchObject({ status: 403 })
    const { tokens } = harness.emulator.github
    const person = octokitWith(tokens.issue({ kind: 'user', login: 'hubot' }))
    expect((await person.rest.users.getAuthenticated()).data.login).toBe('hubot')
    expect((await octokit.rest.rateLimit.get()).data.rate.limit).toBe(1000)
  })

  it.each([
    [
      'a comment that is too long',
      { body: 'x'.repeat(65_537) },
      /^Validation Failed: \{"resource":"IssueComment","code":"unprocessable","field":"data","message":"Body is too long \(maximum is 65536 characters\)"\}/,
    ],
    ['an empty comment', { body: ' ' }, /Body cannot be blank/],
  ])('is told off for %s', async (_, body, message) => {
    const making = octokit.rest.issues.createComment({ ...where(), ...body })
    await expect(making).rejects.toMatchObject({
      status: 422,
      message: expect.stringMatching(message),
    })
  })

  it.each([
    ['a fork', { fork: true }],
    ['a job that may only read', { permissions: { 'pull-requests': 'read' } }],
  ] as const)('may not write for %s', async (_, grant) => {
    const weak = octokitWith(harness.emulator.github.tokens.issue(grant))
    expect((await weak.rest.issues.listComments(where())).status).toBe(200)
    await expect(
      weak.rest.issues.createComment({ ...where(), body: 'Hello' })
    ).rejects.toMatchObject({
      status: 403,
      message: expect.stringMatching(/^Resource not accessible by integration/),
    })
  })

  it('is turned away with a token that nobody gave out', async () => {
    await expect(octokitWith('ghs_guessed').rest.issues.listComments(where())).rejects.toThrow(
      'Bad credentials'
    )
  })
})
