import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ActionRun } from '../../../emulator/runner/action.ts'
import type { PushOptions, Stage } from './push.ts'

const REPOSITORY_ID = 817_263_544

export interface PullRequestOptions {
  readonly number: number
  readonly headSha: string
  readonly action?: string
  readonly state?: 'open' | 'closed'
  readonly merged?: boolean
  /** Its branch is in somebody else's repository. */
  readonly isFork?: boolean
}

/** Runs `command: plan` as a job that a pull request started. */
export async function planPullRequest(
  stage: Stage,
  pull: PullRequestOptions,
  { inputs, environment, ...more }: PushOptions = {}
): Promise<ActionRun> {
  const path = join(stage.directory, `event-${Math.random().toString(36).slice(2)}.json`)
  const repo = (id: number): unknown => ({ repo: { id } })
  const payload = {
    action: pull.action ?? 'synchronize',
    pull_request: {
      number: pull.number,
      state: pull.state ?? 'open',
      merged: pull.merged ?? false,
      user: { login: 'octocat' },
      head: { sha: pull.headSha, ...Object(repo(pull.isFork ? 1 : REPOSITORY_ID)) },
      base: { ref: 'main', ...Object(repo(REPOSITORY_ID)) },
    },
  }
  await writeFile(path, JSON.stringify(payload))
  return stage.push({
    ...more,
    inputs: { command: 'plan', ...inputs },
    environment: {
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: path,
      GITHUB_REF: `refs/pull/${pull.number}/merge`,
      GITHUB_SHA: 'b'.repeat(40),
      ...environment,
    },
  })
}
