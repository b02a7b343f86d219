import { ActionError, type ErrorCode } from '../errors.ts'
import { groupName } from '../google/compute/group-reference.ts'
import { fixFor } from '../google/diagnosis/diagnose.ts'
import { failureInWords } from '../google/diagnosis/failure.ts'
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
  /** What was tried: nobody mends an earlier release by pushing. */
  readonly kind: 'deploy' | 'rollback'
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
  return new ActionError(CODES[verdict.cause], text, { hint: hintFor(verdict, context) })
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

function hintFor(failed: Failed, { group, kind }: FailureContext): string {
  const known = knownFix(failed, group)
  if (known !== undefined) return known
  if (kind === 'rollback') return ANOTHER_RELEASE
  return failed.cause === 'configuration'
    ? 'Correct the setting that the error names, then push again.'
    : 'Fix the cause and push again.'
}

/** What helps where an earlier release does not come up. */
export const ANOTHER_RELEASE =
  'Choose another release: run the rollback again with the input `release`, such as "-2"; "list" shows what there is. Or push a fix.'

/** Codes for causes that our own words name, and Google's may not. */
const REASONS: Partial<Readonly<Record<FailureCause, string>>> = {
  capacity: 'STOCKOUT',
  quota: 'QUOTA_EXCEEDED',
  permission: 'PERMISSIONS_ERROR',
  configuration: 'CONDITION_NOT_MET',
}

/** Only what Google says: whatever an app logs could look like one of its failures. */
function knownFix({ cause, reason, evidence }: Failed, group: string): string | undefined {
  const code = REASONS[cause]
  if (code === undefined) return undefined
  const [, projectId = 'PROJECT_ID', kind, place = ''] =
    /^projects\/([^/]+)\/(zones|regions)\/([^/]+)/.exec(group) ?? []
  const region = kind === 'zones' ? place.replace(/-[a-z]$/, '') : place || undefined
  const failure = failureInWords([reason, ...evidence].join('\n'))
  return fixFor({ ...failure, reason: code }, { projectId, region })
}
