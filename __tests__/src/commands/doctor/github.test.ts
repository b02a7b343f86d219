import { describe, expect, it } from '@jest/globals'
import type { Finding } from '../../../../src/commands/doctor/check.ts'
import { gitHubChecks } from '../../../../src/commands/doctor/github/checks.ts'
import type { ApiRequest, GitHubApi } from '../../../../src/github/api/port.ts'
import { aConfig } from '../../../fakes/deploy-inputs.ts'

const ALL = { drift_issue: 'true', environment: 'production' }
const DENIED = { status: 403, data: { message: 'Resource not accessible by integration' } }

async function look(
  answer: { readonly status: number; readonly data?: unknown } | undefined,
  inputs: Readonly<Record<string, string>> = ALL
) {
  const sent: ApiRequest[] = []
  const api: GitHubApi | undefined = answer && {
    send: async (request) => {
      sent.push(request)
      return { headers: {}, data: {}, ...answer }
    },
  }
  const options = { repository: 'mervis/mervis', commit: 'c0ffee' }
  const checks = gitHubChecks(api, aConfig(inputs), options)
  const findings: Record<string, Finding> = {}
  for (const { id, look } of checks) findings[id] = await look(new AbortController().signal)
  return { findings, sent }
}

describe('gitHubChecks', () => {
  it.each([
    ['an answer', 200],
    ['a body that is found wanting', 422],
  ])('takes %s for permission', async (_, status) => {
    const { findings } = await look({ status })
    expect(Object.values(findings).map(({ kind }) => kind)).toEqual(Array(4).fill('ok'))
  })

  it('sends nothing that could make anything', async () => {
    const { sent } = await look({ status: 422 })
    expect(sent.map(({ route, parameters }) => [route, parameters])).toEqual([
      [
        'GET /repos/{owner}/{repo}/commits/{ref}',
        { owner: 'mervis', repo: 'mervis', ref: 'c0ffee' },
      ],
      ['POST /repos/{owner}/{repo}/pulls', { owner: 'mervis', repo: 'mervis' }],
      ['POST /repos/{owner}/{repo}/issues', { owner: 'mervis', repo: 'mervis' }],
      ['POST /repos/{owner}/{repo}/deployments', { owner: 'mervis', repo: 'mervis' }],
    ])
  })

  it('names the whole block of permissions, which would else drop the others', async () => {
    const { findings } = await look(DENIED)
    expect(findings['job-pull-requests']).toEqual({
      kind: 'fix',
      severity: 'warning',
      said: 'The token lacks pull-requests: write. Plans cannot be written into their pull requests.',
      fix: 'permissions:\n  contents: read\n  id-token: write\n  pull-requests: write',
    })
    expect(findings['job-contents']).toMatchObject({
      fix: 'permissions:\n  contents: read\n  id-token: write',
    })
  })

  it.each([
    ['another refusal', { status: 403, data: { message: 'Deployments are disabled.' } }],
    ['a repository that is not there', { status: 404 }],
    ['a GitHub that is down', { status: 502 }],
    ['no token', undefined],
  ])('cannot tell from %s', async (_, answer) => {
    const { findings } = await look(answer)
    expect(findings['job-issues']?.kind).toBe('unknown')
  })

  it('says that a token is none', async () => {
    const { findings } = await look({ status: 401 })
    expect(findings['job-contents']).toMatchObject({ kind: 'fix', severity: 'error' })
  })

  it('asks for nothing that the inputs do not use', async () => {
    const { findings, sent } = await look(DENIED, { comment: 'false' })
    expect(sent).toHaveLength(1)
    expect(findings['job-deployments']).toEqual({
      kind: 'ok',
      said: 'Not needed: the input "environment" is not given.',
    })
  })
})
