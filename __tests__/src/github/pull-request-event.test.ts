import { describe, expect, it } from '@jest/globals'
import { readPullRequestEvent } from '../../../src/github/pull-request-event.ts'

const ENV = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_ACTOR: 'octocat' }

function payload(pull: object = {}, action = 'synchronize'): string {
  return JSON.stringify({
    action,
    pull_request: {
      number: 7,
      state: 'open',
      merged: false,
      user: { login: 'octocat' },
      head: { sha: 'abc', ref: 'change', repo: { id: 1, fork: true } },
      base: { sha: 'def', ref: 'main', repo: { id: 1, fork: true } },
      ...pull,
    },
  })
}

describe('readPullRequestEvent', () => {
  it('reads the pull request; a repository that is a fork itself is no fork to itself', () => {
    expect(readPullRequestEvent(payload(), ENV)).toEqual({
      number: 7,
      headSha: 'abc',
      baseRef: 'main',
      author: 'octocat',
      action: 'synchronize',
      state: 'open',
      isFork: false,
      isDependabot: false,
    })
  })

  it.each([
    ['a fork', { head: { sha: 'abc', repo: { id: 2 } } }, { isFork: true }],
    ['a fork that is gone', { head: { sha: 'abc', repo: null } }, { isFork: true }],
    ['merged', { state: 'closed', merged: true }, { state: 'merged' }],
    ['closed', { state: 'closed', merged: false }, { state: 'closed' }],
  ])('tells %s', (_, pull, expected) => {
    expect(readPullRequestEvent(payload(pull), ENV)).toMatchObject(expected)
  })

  it('tells a job of Dependabot', () => {
    const env = { ...ENV, GITHUB_ACTOR: 'dependabot[bot]' }
    expect(readPullRequestEvent(payload(), env)).toMatchObject({ isDependabot: true })
  })

  it.each(['push', 'schedule', 'workflow_dispatch', 'merge_group', undefined])(
    'is undefined for %s',
    (name) => {
      const env = { ...ENV, GITHUB_EVENT_NAME: name }
      expect(readPullRequestEvent(payload(), env)).toBeUndefined()
      expect(readPullRequestEvent('no JSON', env)).toBeUndefined()
    }
  )

  it('refuses pull_request_target, and says why', () => {
    const env = { ...ENV, GITHUB_EVENT_NAME: 'pull_request_target' }
    expect(() => readPullRequestEvent(payload(), env)).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: expect.stringContaining('the code of a stranger'),
        hint: expect.stringContaining('on: pull_request'),
      })
    )
  })

  it.each([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['another event', '{"ref":"refs/heads/main"}'],
    ['no head', payload({ head: null })],
  ])('refuses an event file with %s', (_, json) => {
    expect(() => readPullRequestEvent(json, ENV)).toThrow(
      'The file that GITHUB_EVENT_PATH names does not describe a pull request.'
    )
  })
})
