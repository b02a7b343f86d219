import { describe, expect, it } from '@jest/globals'
import { readJobContext, readOidcRequest, readRun } from '../../../src/github/context.ts'

describe('readJobContext', () => {
  it('reads what the runner says of the job', () => {
    const env = {
      GITHUB_SERVER_URL: 'https://github.example.com',
      GITHUB_REPOSITORY: 'mervis/mervis',
      GITHUB_SHA: 'c0ffee',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_ACTOR: 'ada',
      GITHUB_RUN_ID: '42',
    }
    expect(readJobContext(env)).toEqual({
      repository: 'mervis/mervis',
      repositoryUrl: 'https://github.example.com/mervis/mervis',
      commit: 'c0ffee',
      ref: 'refs/heads/main',
      actor: 'ada',
      runUrl: 'https://github.example.com/mervis/mervis/actions/runs/42',
    })
  })

  it('does without', () => {
    expect(readJobContext({})).toMatchObject({
      repository: '',
      repositoryUrl: 'https://github.com/',
      commit: '',
    })
  })
})

describe('readOidcRequest', () => {
  it('reads where and with what to ask', () => {
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x/token',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
    }
    expect(readOidcRequest(env)).toEqual({ requestUrl: 'https://x/token', requestToken: 't' })
  })

  it.each([
    [{}],
    [{ ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x/token' }],
    [{ ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'hunter2' }],
    [{ ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'hunter2' }],
  ])('gives the YAML line to add when the environment is %j', (env) => {
    expect(() => readOidcRequest(env)).toThrow(
      expect.objectContaining({
        code: 'AUTH_NO_OIDC',
        message: expect.not.stringContaining('hunter2'),
        hint: expect.stringMatching(/permissions:\n(?: {2}.*\n)? {2}id-token: write/),
      })
    )
  })
})

describe('readRun', () => {
  it.each([
    [
      { GITHUB_RUN_ID: '9007199254', GITHUB_RUN_ATTEMPT: '3' },
      { runId: 9007199254, runAttempt: 3 },
    ],
    [{}, { runId: 0, runAttempt: 1 }],
    [
      { GITHUB_RUN_ID: '', GITHUB_RUN_ATTEMPT: 'x' },
      { runId: 0, runAttempt: 1 },
    ],
  ])('reads %j', (env, expected) => {
    expect(readRun(env)).toEqual(expected)
  })
})
