import type { ApiAnswer, GitHubApi } from '../../../github/api/port.ts'
import type { Config } from '../../../inputs.ts'
import { asRecord, asText } from '../../../lib/json.ts'
import { broken, type Check, doubtful, type Finding, ok, unknown } from '../check.ts'

export interface GitHubOptions {
  /** `owner/name`. */
  readonly repository: string
  readonly commit: string
}

/** A request that tells by its answer whether the token may do something, and never does it. */
interface Probe {
  readonly id: string
  readonly title: string
  /** The line below `permissions:`. */
  readonly permission: string
  /** What does without it. */
  readonly loss: string
  readonly route: string
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Undefined: it is needed. */
  readonly notNeeded?: string | undefined
}

const SUBJECT = "The job's token"
const TIMEOUT_MS = 8_000
/** What every job of this action needs: a `permissions:` block drops what it does not list. */
const ALWAYS = ['contents: read', 'id-token: write']

/** What the job may do at GitHub; `api` is undefined without a token. */
export function gitHubChecks(
  api: GitHubApi | undefined,
  config: Config,
  options: GitHubOptions
): readonly Check[] {
  return probesFor(config, options).map((probe) => ({
    id: probe.id,
    subject: SUBJECT,
    title: probe.title,
    look: (signal) => lookAt(api, probe, { ...options, signal }),
  }))
}

/** GitHub asks for the permission before it looks at a body: an empty one is refused with 422, and makes nothing. */
function probesFor(config: Config, { commit }: GitHubOptions): readonly Probe[] {
  return [
    {
      id: 'job-contents',
      title: 'contents: read',
      permission: 'contents: read',
      loss: 'The repository cannot be checked out, nor the pull request of a commit be found.',
      route: 'GET /repos/{owner}/{repo}/commits/{ref}',
      parameters: { ref: commit },
    },
    {
      id: 'job-pull-requests',
      title: 'pull-requests: write',
      permission: 'pull-requests: write',
      loss: 'Plans cannot be written into their pull requests.',
      route: 'POST /repos/{owner}/{repo}/pulls',
      notNeeded: config.comment ? undefined : 'the input "comment" is false',
    },
    {
      id: 'job-issues',
      title: 'issues: write',
      permission: 'issues: write',
      loss: 'There can be no issue about drift.',
      route: 'POST /repos/{owner}/{repo}/issues',
      notNeeded: config.driftIssue ? undefined : 'the input "drift_issue" is false',
    },
    {
      id: 'job-deployments',
      title: 'deployments: write',
      permission: 'deployments: write',
      loss: 'Deployments are not shown at GitHub.',
      route: 'POST /repos/{owner}/{repo}/deployments',
      notNeeded:
        config.environment === undefined ? 'the input "environment" is not given' : undefined,
    },
  ]
}

async function lookAt(
  api: GitHubApi | undefined,
  probe: Probe,
  { repository, signal }: { readonly repository: string; readonly signal: AbortSignal }
): Promise<Finding> {
  if (probe.notNeeded !== undefined) return ok(`Not needed: ${probe.notNeeded}.`)
  if (api === undefined) return unknown('The input "github_token" is empty.')
  const [owner = '', repo = ''] = repository.split('/')
  const { route, parameters } = probe
  const answer = await api.send({
    route,
    parameters: { owner, repo, ...parameters },
    timeoutMs: TIMEOUT_MS,
    signal,
  })
  return judge(answer, probe)
}

function judge(answer: ApiAnswer, { permission, loss }: Probe): Finding {
  const { status } = answer
  const message = asText(asRecord(answer.data)['message'])
  // 422 names a commit that is not there, or an empty body: either way it was looked at.
  if (status < 300 || status === 422) return ok(`The token has ${permission}.`)
  if (status === 401)
    return broken('GitHub does not take the token.', 'with:\n  github_token: ${{ github.token }}')
  if (status === 403 && /not accessible/i.test(message))
    return doubtful(`The token lacks ${permission}. ${loss}`, renderPermissions(permission))
  return unknown(`GitHub answered ${status}: ${message}`, renderPermissions(permission))
}

function renderPermissions(permission: string): string {
  const lines = [...new Set([...ALWAYS, permission])]
  return ['permissions:', ...lines.map((line) => `  ${line}`)].join('\n')
}
