import { getOctokit } from '@actions/github'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { DeploymentState } from '../../../emulator/github/deployments.ts'
import type { GrantRequest } from '../../../emulator/github/tokens.ts'
import { type Harness, startHarness } from '../harness.ts'

const REPOSITORY = { owner: 'octo-org', repo: 'shop' }
const SHA = 'c'.repeat(40)
const WRITER: GrantRequest = { permissions: { deployments: 'write' } }

let harness: Harness

beforeEach(async () => {
  harness = await startHarness({ repository: 'octo-org/shop' })
})
afterEach(() => harness.stop())

function octokitAs(grant: GrantRequest): ReturnType<typeof getOctokit> {
  const silent = (): void => undefined
  const log = { debug: silent, info: silent, warn: silent, error: silent }
  const { environment, github } = harness.emulator
  return getOctokit(github.tokens.issue(grant), {
    baseUrl: environment['GITHUB_API_URL'] ?? '',
    log,
  })
}

const repos = (grant: GrantRequest = WRITER) => octokitAs(grant).rest.repos

/** As a job must ask, for a commit whose checks still run. */
async function create(more: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const wanted = { ref: SHA, auto_merge: false, required_contexts: [], environment: 'staging' }
  const { data } = await repos().createDeployment({ ...REPOSITORY, ...wanted, ...more })
  if (!('id' in data)) throw new Error(data.message)
  return data.id
}

function say(id: number, state: DeploymentState, more: Readonly<Record<string, unknown>> = {}) {
  const where = { ...REPOSITORY, deployment_id: id }
  return repos().createDeploymentStatus({ ...where, state, ...more })
}

async function statesOf(id: number): Promise<readonly string[]> {
  const where = { ...REPOSITORY, deployment_id: id }
  const { data } = await repos().listDeploymentStatuses(where)
  return data.map(({ state }) => state)
}

describe('a deployment', () => {
  it('has what was asked for, and the shape that octokit knows', async () => {
    const id = await create({ payload: { release: 'ab12' }, description: 'Release ab12' })
    const { data } = await repos().getDeployment({ ...REPOSITORY, deployment_id: id })
    expect(data).toMatchObject({
      id,
      sha: SHA,
      ref: SHA,
      task: 'deploy',
      environment: 'staging',
      original_environment: 'staging',
      description: 'Release ab12',
      payload: { release: 'ab12' },
      creator: { login: 'github-actions[bot]' },
      transient_environment: false,
      production_environment: false,
      statuses_url: `${harness.emulator.environment['GITHUB_API_URL']}/repos/octo-org/shop/deployments/${id}/statuses`,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    })
  })

  it('is one of production where nothing else is said', async () => {
    const id = await create({ environment: undefined })
    const { data } = await repos().getDeployment({ ...REPOSITORY, deployment_id: id })
    expect(data).toMatchObject({ environment: 'production', production_environment: true })
  })

  it('is listed newest first, and by any of four things', async () => {
    const first = await create()
    const other = await create({ ref: 'main', environment: 'production', task: 'deploy:migrate' })
    const last = await create()
    const list = async (filter: Readonly<Record<string, string>>) =>
      (await repos().listDeployments({ ...REPOSITORY, ...filter })).data.map(({ id }) => id)
    expect(await list({})).toEqual([last, other, first])
    expect(await list({ environment: 'staging' })).toEqual([last, first])
    expect(await list({ sha: SHA, per_page: '1' })).toEqual([last])
    expect(await list({ ref: 'main' })).toEqual([other])
    expect(await list({ task: 'deploy:migrate' })).toEqual([other])
    expect(await list({ environment: 'nowhere' })).toEqual([])
  })

  it('waits for no check only when told so: the job that asks is a check itself', async () => {
    await expect(create({ required_contexts: undefined })).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining(`Conflict: Commit status checks failed for ${SHA}.`),
    })
    await expect(create({ required_contexts: ['ci'] })).rejects.toMatchObject({
      status: 409,
      response: { data: { errors: [{ contexts: [{ context: 'ci', state: 'pending' }] }] } },
    })
  })

  it.each([
    ['no ref', { ref: '' }, 'ref'],
    ['a description of 141 characters', { description: 'x'.repeat(141) }, 'description'],
  ])('is refused with %s', async (_, more, field) => {
    await expect(create(more)).rejects.toMatchObject({
      status: 422,
      response: { data: { errors: [{ resource: 'Deployment', field }] } },
    })
  })

  it.each([
    ['nothing', {}, 403],
    ['read', { deployments: 'read' as const }, 403],
    ['write', { deployments: 'write' as const }, 201],
  ])('may be made with %s', async (_, permissions, status) => {
    const wanted = { ...REPOSITORY, ref: SHA, required_contexts: [] }
    const made = repos({ permissions }).createDeployment(wanted)
    await (status === 201
      ? expect(made).resolves.toMatchObject({ status })
      : expect(made).rejects.toMatchObject({
          status,
          message: expect.stringContaining('Resource not accessible by integration'),
          response: { headers: { 'x-accepted-github-permissions': 'deployments=write' } },
        }))
  })

  it('cannot be read without the permission, and not at all when there is none', async () => {
    const id = await create()
    const where = { ...REPOSITORY, deployment_id: id }
    await expect(repos({ permissions: {} }).getDeployment(where)).rejects.toMatchObject({
      status: 403,
    })
    await expect(
      repos().getDeployment({ ...REPOSITORY, deployment_id: id + 1 })
    ).rejects.toMatchObject({ status: 404 })
  })
})

describe('statuses', () => {
  it('are listed newest first, with both names of the log', async () => {
    const id = await create()
    await say(id, 'in_progress', { log_url: 'https://github.com/octo-org/shop/actions/runs/1' })
    const environment_url = 'http://198.51.100.7:8080'
    await say(id, 'success', { environment_url, description: 'x'.repeat(140) })
    const where = { ...REPOSITORY, deployment_id: id }
    const { data } = await repos().listDeploymentStatuses(where)
    expect(data).toMatchObject([
      { state: 'success', environment_url, description: 'x'.repeat(140), environment: 'staging' },
      {
        state: 'in_progress',
        log_url: 'https://github.com/octo-org/shop/actions/runs/1',
        target_url: 'https://github.com/octo-org/shop/actions/runs/1',
      },
    ])
  })

  it.each([
    ['a description of 141 characters', 'success', { description: 'x'.repeat(141) }, 'description'],
    ['an unknown state', 'done', {}, 'state'],
    ['an address without a scheme', 'success', { environment_url: 'shop.test' }, 'environment_url'],
  ])('are refused with %s', async (_, state, more, field) => {
    const id = await create()
    await expect(say(id, state as DeploymentState, more)).rejects.toMatchObject({
      status: 422,
      response: { data: { errors: [{ resource: 'DeploymentStatus', field }] } },
    })
    expect(await statesOf(id)).toEqual([])
  })
})

describe('a success', () => {
  it('ends what was in the same environment, and nothing else', async () => {
    const earlier = await create()
    const failed = await create()
    const elsewhere = await create({ environment: 'testing' })
    await say(earlier, 'success')
    await say(failed, 'failure')
    await say(elsewhere, 'success')
    const latest = await create()
    await say(latest, 'in_progress')
    expect(await statesOf(earlier)).toEqual(['success'])
    await say(latest, 'success')
    expect(await statesOf(earlier)).toEqual(['inactive', 'success'])
    expect(await statesOf(failed)).toEqual(['failure'])
    expect(await statesOf(elsewhere)).toEqual(['success'])
  })

  it.each([
    ['of production', { production_environment: true }, {}],
    ['of an environment that comes and goes', { transient_environment: true }, {}],
    ['when told so', {}, { auto_inactive: false }],
  ])('leaves the earlier one alone %s', async (_, more, status) => {
    const earlier = await create(more)
    await say(earlier, 'success')
    await say(await create(more), 'success', status)
    expect(await statesOf(earlier)).toEqual(['success'])
  })
})
