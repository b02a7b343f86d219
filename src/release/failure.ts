import { ActionError, type ErrorCode } from '../errors.ts'
import { groupName } from '../google/compute/group-reference.ts'
import { renderDuration } from '../lib/duration.ts'
import type {
  Failed,
  FailureCause,
  FinalVerdict,
  RolloutPolicy,
  Superseded,
} from './rollout/observation.ts'

export interface FailureContext {
  readonly group: string
  readonly policy: RolloutPolicy
}

const ONE_AT_A_TIME =
  'Let deploys wait for each other: add `concurrency: { group: deploy, cancel-in-progress: false }` to the workflow.'

const CODES: Readonly<Record<FailureCause, ErrorCode>> = {
  release: 'ROLLOUT_FAILED',
  capacity: 'ROLLOUT_CAPACITY',
  quota: 'ROLLOUT_QUOTA',
  permission: 'ROLLOUT_PERMISSION',
  configuration: 'ROLLOUT_CONFIGURATION',
  deadline: 'ROLLOUT_TIMED_OUT',
}

/** The one error that a rollout ends with: what became of it, what each VM said, what to do. */
export function rolloutFailure(
  verdict: Exclude<FinalVerdict, { kind: 'verified' }>,
  context: FailureContext
): ActionError {
  if (verdict.kind === 'superseded') {
    const text = supersededText(verdict, context)
    return new ActionError('ROLLOUT_SUPERSEDED', text, { hint: ONE_AT_A_TIME })
  }
  const lines = verdict.evidence.map((line) => `  ${line.trimEnd().replaceAll('\n', '\n  ')}`)
  const text = [headline(verdict, context), ...lines].join('\n')
  return new ActionError(CODES[verdict.cause], text, { hint: hintFor(verdict) })
}

function supersededText({ reason }: Superseded, { policy }: FailureContext): string {
  return `Release ${policy.release} was not rolled out: ${reason} while it was rolling.`
}

function headline({ cause, reason }: Failed, { group, policy }: FailureContext): string {
  const { release, progressDeadlineMs } = policy
  const name = groupName(group)
  switch (cause) {
    case 'deadline':
      return `Release ${release} made no progress on ${name} for ${renderDuration(progressDeadlineMs)}.`
    case 'release':
      return `Release ${release} failed on ${name}: ${reason}`
    default:
      return `Release ${release} could not be rolled out on ${name}: ${reason}`
  }
}

function hintFor({ cause, reason, evidence }: Failed): string {
  switch (cause) {
    case 'capacity':
      return `Nothing is wrong with the release. Push again later, or let Google choose from more: further \`zones\`, another \`machine_type\`, or \`provisioning: standard\`.`
    case 'quota':
      return `See what is used: gcloud compute regions describe ${regionIn([reason, ...evidence])} --format="yaml(quotas)", and ask for more at https://console.cloud.google.com/iam-admin/quotas. With strategy "surge" it must do for the group and its new VMs together.`
    case 'permission':
      return permissionHint(reason)
    case 'configuration':
      return 'Correct the setting that the error names, then push again.'
    default:
      return 'Fix the cause and push again.'
  }
}

function regionIn(texts: readonly string[]): string {
  return /\b[a-z]+-[a-z]+\d+\b/.exec(texts.join(' '))?.[0] ?? 'REGION'
}

/** Google names both accounts (SERVICE_ACCOUNT_ACCESS_DENIED), so the command can be whole. */
function permissionHint(reason: string): string {
  const [, account, user] = /service account '([^']+)'\. User: '([^']+)'/.exec(reason) ?? []
  if (account !== undefined && user !== undefined) {
    return `Run: gcloud iam service-accounts add-iam-policy-binding ${account} --member=serviceAccount:${user} --role=roles/iam.serviceAccountUser`
  }
  return "VMs of a group are made by the project's Google APIs service agent. Run: gcloud projects add-iam-policy-binding PROJECT_ID --member=serviceAccount:PROJECT_NUMBER@cloudservices.gserviceaccount.com --role=roles/compute.instanceGroupManagerServiceAgent"
}
