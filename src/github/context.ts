import { ActionError } from '../errors.ts'
import { renderDiagnosis } from '../google/diagnosis/diagnose.ts'
import { NO_TOKEN } from '../google/diagnosis/rows/identity.ts'
import { asRecord, asText, parseJson } from '../lib/json.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What the runner says of this job. */
export interface JobContext {
  readonly repository: string
  readonly repositoryUrl: string
  readonly commit: string
  readonly ref: string
  readonly actor: string
  readonly runUrl: string
}

export function readJobContext(env: Environment): JobContext {
  const repository = env['GITHUB_REPOSITORY'] ?? ''
  const repositoryUrl = `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}`
  return {
    repository,
    repositoryUrl,
    commit: env['GITHUB_SHA'] ?? '',
    ref: env['GITHUB_REF'] ?? '',
    actor: env['GITHUB_ACTOR'] ?? '',
    runUrl: `${repositoryUrl}/actions/runs/${env['GITHUB_RUN_ID'] ?? ''}`,
  }
}

/** Where this job may ask GitHub for an OIDC token, and with which (secret) request token. */
export interface OidcRequest {
  readonly requestUrl: string
  readonly requestToken: string
}

/** @throws ActionError AUTH_NO_OIDC with the YAML line to add */
export function readOidcRequest(env: Environment): OidcRequest {
  const requestUrl = env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? ''
  const requestToken = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''
  if (requestUrl !== '' && requestToken !== '') return { requestUrl, requestToken }
  throw new ActionError('AUTH_NO_OIDC', 'GitHub gives this job no OIDC token.', {
    hint: renderDiagnosis(NO_TOKEN),
  })
}

/** Whether the job runs for the default branch, as every schedule does; `event` is the event file. */
export function isOnDefaultBranch(event: string, env: Environment): boolean {
  if (env['GITHUB_EVENT_NAME'] === 'schedule') return true
  const branch = asText(asRecord(asRecord(parseJson(event))['repository'])['default_branch'])
  return branch !== '' && env['GITHUB_REF'] === `refs/heads/${branch}`
}

/** Which run this is, and which attempt of it. */
export function readRun(env: Environment): { readonly runId: number; readonly runAttempt: number } {
  return {
    runId: Number(env['GITHUB_RUN_ID'] ?? 0) || 0,
    runAttempt: Number(env['GITHUB_RUN_ATTEMPT'] ?? 1) || 1,
  }
}
