import { ActionError } from '../errors.ts'
import { asNumber, asRecord, asText, parseJson } from '../lib/json.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The pull request that a job runs for. */
export interface PullRequestEvent {
  readonly number: number
  /** What was pushed; GITHUB_SHA is a merge commit that GitHub makes of it. */
  readonly headSha: string
  readonly baseRef: string
  readonly author: string
  /** Such as `synchronize`, `reopened`, `closed`. */
  readonly action: string
  readonly state: 'open' | 'merged' | 'closed'
  /** Its branch is in another repository: the job's token may only read, and there is no OIDC. */
  readonly isFork: boolean
  /** Dependabot's jobs are treated like those of forks. */
  readonly isDependabot: boolean
}

/**
 * What the event file says of a pull request; undefined for a job that runs for anything else.
 *
 * @throws ActionError INPUT_INVALID for `pull_request_target`, and for an event that cannot be read
 */
export function readPullRequestEvent(json: string, env: Environment): PullRequestEvent | undefined {
  const event = env['GITHUB_EVENT_NAME'] ?? ''
  if (event === 'pull_request_target') throw refusal()
  if (event !== 'pull_request') return undefined
  const payload = asRecord(parseJson(json))
  const pull = asRecord(payload['pull_request'])
  const number = asNumber(pull['number'])
  const headSha = asText(asRecord(pull['head'])['sha'])
  if (number === undefined || headSha === '') throw unreadable()
  return {
    number,
    headSha,
    baseRef: asText(asRecord(pull['base'])['ref']),
    author: asText(asRecord(pull['user'])['login']),
    action: asText(payload['action']),
    state: pull['merged'] === true ? 'merged' : pull['state'] === 'closed' ? 'closed' : 'open',
    isFork: repositoryOf(pull['head']) !== repositoryOf(pull['base']),
    isDependabot: env['GITHUB_ACTOR'] === 'dependabot[bot]',
  }
}

// A fork that was deleted meanwhile has no repository any more.
function repositoryOf(end: unknown): number | undefined {
  return asNumber(asRecord(asRecord(end)['repo'])['id'])
}

function refusal(): ActionError {
  return new ActionError(
    'INPUT_INVALID',
    'This job runs on pull_request_target, which gives the code of a stranger the permissions and the cloud access of your main branch.',
    {
      hint: 'Use `on: pull_request` instead. Pull requests from forks are then planned by nobody, on purpose.',
    }
  )
}

function unreadable(): ActionError {
  return new ActionError(
    'INPUT_INVALID',
    'The file that GITHUB_EVENT_PATH names does not describe a pull request.',
    { hint: 'Run the action as a step of a job that `on: pull_request` started.' }
  )
}
