import { ActionError } from '../errors.ts'
import { renderDuration } from '../lib/duration.ts'
import type { RolloutPolicy, Verdict } from './rollout.ts'

type Failure = Exclude<Verdict, { kind: 'wait' | 'verified' }>

export interface FailureContext {
  readonly group: string
  readonly policy: RolloutPolicy
  /** Further lines of evidence that no single observation shows. */
  readonly troubles: readonly string[]
}

const KEEP_SERVING =
  'VMs of an earlier release go on serving with strategy "surge". Fix the cause and push again.'
const ONE_AT_A_TIME =
  'Let deploys wait for each other: add `concurrency: { group: deploy, cancel-in-progress: false }` to the workflow.'

/** The one error that a rollout ends with: what became of it, what each VM said, what to do. */
export function rolloutFailure(verdict: Failure, context: FailureContext): ActionError {
  const lines = [...verdict.evidence, ...context.troubles].map((line) => `  ${line}`)
  const text = [headline(verdict, context), ...lines].join('\n')
  switch (verdict.kind) {
    case 'failed':
      return new ActionError('ROLLOUT_FAILED', text, { hint: KEEP_SERVING })
    case 'timed-out':
      return new ActionError('ROLLOUT_TIMED_OUT', text, { hint: KEEP_SERVING })
    case 'superseded':
      return new ActionError('ROLLOUT_SUPERSEDED', text, { hint: ONE_AT_A_TIME })
  }
}

function headline({ kind, reason }: Failure, { group, policy }: FailureContext): string {
  const { release, progressDeadlineMs } = policy
  switch (kind) {
    case 'failed':
      return `Release ${release} failed on ${group}: ${reason}`
    case 'timed-out':
      return `Release ${release} made no progress on ${group} for ${renderDuration(progressDeadlineMs)}.`
    case 'superseded':
      return `Release ${release} was not rolled out: ${reason} while it was rolling.`
  }
}
