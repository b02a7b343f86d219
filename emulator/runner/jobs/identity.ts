import type { JobIdentity } from '../../github/oidc.ts'
import type { Permissions } from '../../github/tokens.ts'
import { githubContext } from '../run/contexts.ts'
import type { Frame } from '../run/frame.ts'
import type { JobTemplate } from '../workflow/model.ts'
import { readPermissions } from '../workflow/permissions.ts'
import { childOf } from '../workflow/tokens.ts'

/** What a job may do: its own block if it has one, without what its caller does not have. */
export function permissionsOf(frame: Frame, template: JobTemplate): Permissions {
  return readPermissions(childOf(template.token, 'permissions')) ?? permissionsOfFile(frame)
}

/** What jobs of a file have that say nothing themselves. */
function permissionsOfFile(frame: Frame): Permissions {
  return readPermissions(frame.workflow.permissions) ?? frame.permissions
}

/** The claims of a job's OIDC token, as GitHub derives them from the run. */
export function identityOf(
  frame: Frame,
  job: { readonly environment: string; readonly checkRunId: number }
): JobIdentity {
  const { event } = frame.attempt
  const github = githubContext(frame)
  const same = Object.fromEntries(
    SAME_NAMES.map((name) => [name, name === 'ref_protected' ? String(github[name]) : github[name]])
  )
  return {
    subject: subjectOf(event.name, event.ref, job.environment),
    claims: {
      ...same,
      check_run_id: String(job.checkRunId),
      job_workflow_ref: frame.workflowRef,
      job_workflow_sha: frame.workflowSha,
      ...(job.environment !== '' && { environment: job.environment }),
    },
  }
}

const SAME_NAMES = [
  'actor',
  'actor_id',
  'base_ref',
  'event_name',
  'head_ref',
  'ref',
  'ref_protected',
  'ref_type',
  'run_attempt',
  'run_id',
  'run_number',
  'sha',
  'workflow',
  'workflow_ref',
  'workflow_sha',
]

function subjectOf(eventName: string, ref: string, environment: string): string {
  // A colon inside of a name would end it.
  if (environment !== '') return `environment:${environment.replaceAll(':', '%3A')}`
  return eventName === 'pull_request' ? 'pull_request' : `ref:${ref}`
}
