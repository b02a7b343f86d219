import { ActionError, describeError } from '../../errors.ts'
import type { Trail } from '../../release/attempt/trail.ts'
import type { FailureStory, RolloutEnd } from '../../report/summary/rollout-story.ts'

/** What was refused before anything was touched. */
const REFUSALS: ReadonlySet<string> = new Set([
  'REVIEW_REFUSED',
  'IMAGE_SECRETS',
  'RELEASE_ROLLED_BACK',
  'RELEASE_UNKNOWN',
  'RELEASE_GONE',
])

/** How a rollout ended that ended with this error. */
export function endOf(error: unknown): Exclude<RolloutEnd, 'deployed' | 'unchanged'> {
  if (!(error instanceof ActionError)) return 'failed'
  if (error.code === 'CANCELLED') return 'cancelled'
  if (REFUSALS.has(error.code)) return 'refused'
  return error.outcome
}

/** The error, and what the track of the roll knows besides, in parts that can be told one by one. */
export function failureStory(error: unknown, trail: Trail): FailureStory {
  const [reason = '', ...lines] = textOf(error).split('\n')
  const { verdict, ending = '' } = trail.turns
  const logs = logsOf(trail)
  const isRollout = verdict?.kind === 'failed'
  const evidence = isRollout ? verdict.evidence : lines.map((line) => line.trim())
  const logTexts = new Set(logs.map(({ text }) => text))
  return {
    reason,
    evidence: evidence.filter((text) => text !== '' && !logTexts.has(text)),
    logs,
    ending: ending || (trail.legs.length === 0 ? UNTOUCHED : ''),
    hint: error instanceof ActionError ? (error.hint ?? '') : '',
  }
}

const UNTOUCHED = 'The VMs run what they ran before.'
/** VMs whose last words are shown. */
const MOST_LOGS = 3

function textOf(error: unknown): string {
  return error instanceof ActionError ? error.message : describeError(error)
}

/** What VMs that reported a failure of the release said last. */
function logsOf({ legs }: Trail): FailureStory['logs'] {
  const reports = legs.find(({ direction }) => direction === 'forth')?.timeline.last?.reports
  return [...(reports ?? [])]
    .filter(([, { phase, log }]) => phase === 'failed' && log !== '')
    .slice(0, MOST_LOGS)
    .map(([vm, { log }]) => ({ vm, text: log }))
}
