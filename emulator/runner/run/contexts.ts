import { actor } from '../../github/store.ts'
import { SERVER_URL } from '../events/payloads.ts'
import type { Mapping } from '../expressions/values.ts'
import type { Attempt, Frame, JobResult } from './frame.ts'

const RETENTION_DAYS = '90'

/** The `github` context, as far as it is the same for all jobs of a file; without the token. */
export function githubContext(frame: Frame): Mapping {
  const { services, event, run } = frame.attempt
  const { store } = services.github
  const [owner = ''] = store.repository.split('/')
  const [, kind = 'heads'] = event.ref.split('/')
  const triggeredPath = `${store.repository}/${run.path}@${event.ref}`
  return {
    actor: event.actor,
    actor_id: String(actor(event.actor).id),
    api_url: services.apiUrl,
    base_ref: event.baseRef,
    event: event.payload,
    event_name: event.name,
    graphql_url: services.graphqlUrl,
    head_ref: event.headRef,
    ref: event.ref,
    ref_name: event.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_protected: event.ref === 'refs/heads/main',
    ref_type: kind === 'tags' ? 'tag' : 'branch',
    repository: store.repository,
    repository_id: String(store.repositoryId),
    repository_owner: owner,
    repository_owner_id: services.oidc.repositoryOwnerId,
    repository_visibility: 'private',
    repositoryUrl: `git://github.com/${store.repository}.git`,
    retention_days: RETENTION_DAYS,
    run_attempt: String(run.attempt),
    run_id: String(run.id),
    run_number: String(run.number),
    secret_source: 'Actions',
    server_url: SERVER_URL,
    sha: event.sha,
    triggering_actor: event.actor,
    workflow: run.name,
    workflow_ref: triggeredPath,
    workflow_sha: event.sha,
  }
}

/** What expressions outside of steps see: of the run, and of a job what it needs. */
export function frameContexts(
  frame: Frame,
  needs: ReadonlyMap<string, JobResult> = new Map()
): Record<string, Mapping> {
  return {
    github: githubContext(frame),
    inputs: frame.inputs,
    vars: variablesOf(frame.attempt),
    needs: Object.fromEntries(
      [...needs].map(([id, { result, outputs }]) => [id, { result, outputs }])
    ),
  }
}

/** The `vars` of a run, or of a job with an environment; GitHub keeps them from forks like its secrets. */
export function variablesOf(
  { event, services }: Pick<Attempt, 'event' | 'services'>,
  environment = ''
): Mapping {
  if (event.isFromFork) return {}
  return { ...services.vars, ...services.environments[environment]?.vars }
}
