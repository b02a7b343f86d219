import { bootFailure } from './rollout/boot-failure.ts'
import {
  describeShortage,
  evidenceOf,
  type Findings,
  findProblems,
  shortened,
} from './rollout/evidence.ts'
import { type Look, type Memory, remember } from './rollout/memory.ts'
import type { Failed, Observation, RolloutPolicy, Verdict } from './rollout/observation.ts'
import { isPermanent, mayBeFreed, renderProblem } from './rollout/problems.ts'
import { renderObstacles, renderVersions, survey } from './rollout/readiness.ts'
import { isSick } from './rollout/recreations.ts'

export type { FinalVerdict, Observation, RolloutPolicy, Verdict } from './rollout/observation.ts'

const OBSERVATIONS_THAT_HOLD = 2
/** The group was patched before the first one: on another version it stays only if somebody else wants it so. */
const STRANGE_OBSERVATIONS = 3
/** Room that VMs on their way out make is taken up by the group's next attempt. */
const ROOM_PATIENCE_MS = 60_000

/**
 * Judges one observation. Pure and total: the same code decides in production and in tests.
 * Verified only when the group is stable on our version AND every VM itself reports our digest,
 * on two observations or more and for `minReadyMs`, without one VM being replaced in between.
 */
export function decide(
  memory: Memory,
  observation: Observation,
  policy: RolloutPolicy
): { readonly memory: Memory; readonly verdict: Verdict } {
  const look = { observation, policy, survey: survey(observation, policy) }
  const next = remember(memory, look)
  return { memory: next, verdict: judge(next, look) }
}

/** Why the group does not run the release everywhere, most telling first; empty when it does. */
export function obstacles(observation: Observation, policy: RolloutPolicy): readonly string[] {
  return renderObstacles(survey(observation, policy), observation.group, policy)
}

function judge(memory: Memory, look: Look): Verdict {
  const { observation, policy } = look
  if (memory.strangeCount >= STRANGE_OBSERVATIONS) {
    const reason = `somebody else moved the group to version ${renderVersions(observation.group)}`
    return { kind: 'superseded', reason }
  }
  const bootFailed = bootFailure(observation, memory.failed)
  if (bootFailed) return bootFailed
  if (memory.holdsSinceMs !== undefined) return judgeHold(memory, memory.holdsSinceMs, look)
  const findings = findProblems(memory, look)
  const failure = sickness(memory, look) ?? refusal(memory, findings, look)
  if (failure) return failure
  const untilMs = memory.lastProgressAtMs + policy.progressDeadlineMs
  if (observation.atMs >= untilMs) return timeout(memory, findings, look)
  const [reason] = renderObstacles(look.survey, observation.group, policy)
  return { kind: 'wait', reason: reason ?? 'nothing is known yet', untilMs }
}

function judgeHold(memory: Memory, sinceMs: number, { observation, policy }: Look): Verdict {
  const untilMs = sinceMs + policy.minReadyMs
  if (memory.holdsCount >= OBSERVATIONS_THAT_HOLD && observation.atMs >= untilMs)
    return { kind: 'verified' }
  return { kind: 'wait', reason: 'everything is ready; making sure that it stays so', untilMs }
}

/** VMs that the group repairs over and over. */
function sickness(memory: Memory, look: Look): Failed | undefined {
  if (!isSick(memory.histories, look.observation.group.targetSize)) return undefined
  const reason = 'its VMs do not stay healthy and are recreated over and over'
  return { kind: 'failed', cause: 'release', reason, evidence: evidenceOf(memory, look) }
}

/** An error that the next attempt will meet again. */
function refusal(memory: Memory, { fresh }: Findings, { observation }: Look): Failed | undefined {
  const stuckForMs = observation.atMs - (memory.stuckSinceMs ?? observation.atMs)
  const final = fresh.filter(
    (problem) => isPermanent(problem) && (!mayBeFreed(problem) || stuckForMs >= ROOM_PATIENCE_MS)
  )
  const [first] = final
  if (!first?.cause) return undefined
  return {
    kind: 'failed',
    cause: first.cause,
    reason: `${first.code}: ${first.message}`,
    evidence: shortened(final.map(renderProblem)),
  }
}

function timeout(memory: Memory, { all }: Findings, look: Look): Failed {
  const evidence = evidenceOf(memory, look)
  const [permanent] = all.filter(isPermanent)
  if (permanent?.cause) {
    const reason = `${permanent.code}: ${permanent.message}`
    return { kind: 'failed', cause: permanent.cause, reason, evidence }
  }
  const shortage = describeShortage(memory, all, look)
  if (shortage) return { kind: 'failed', cause: 'capacity', reason: shortage, evidence }
  return { kind: 'failed', cause: 'deadline', reason: 'no progress within the deadline', evidence }
}
