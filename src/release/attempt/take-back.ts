import { ActionError } from '../../errors.ts'
import { groupName } from '../../google/compute/group-reference.ts'
import type { Compute } from '../../google/compute.ts'
import type { Clock } from '../../ports.ts'
import { ANOTHER_RELEASE, rolloutFailure } from '../failure.ts'
import type { LedgerFile } from '../ledger/ledger-file.ts'
import { moveGroup } from '../move.ts'
import type { Observation, RolloutPolicy } from '../rollout/observation.ts'
import { watchUntilVerdict } from '../watch.ts'
import { describeRunning } from './running.ts'
import type { Trail } from './trail.ts'
import { chooseWayBack, type WayBackPorts } from './way-back.ts'

export interface TakeBackPorts extends WayBackPorts {
  readonly clock: Clock
  /** Outlives a cancel for some seconds. */
  readonly lasting: { readonly compute: Compute }
}

export interface FailedAttempt {
  readonly attempt: number
  readonly group: string
  readonly policy: RolloutPolicy
  readonly kind: 'deploy' | 'rollback'
  readonly file: LedgerFile
  readonly signal: AbortSignal
  readonly trail: Trail
  /** What became of the release, and what was seen last. */
  readonly failure: ActionError
  readonly observation: Observation
}

/**
 * Brings the group back to the last verified release and watches it arrive. Gives the error that
 * the run ends with: what failed, and what runs now.
 */
export async function takeBack(ports: TakeBackPorts, failed: FailedAttempt): Promise<ActionError> {
  const { attempt, group, policy, kind, file, signal, trail, failure } = failed
  const end = (extension: Extension): ActionError => {
    trail.note({ ending: extension.text })
    return extended(failure, extension)
  }
  const target = await chooseWayBack(ports, await file.read(), policy.release)
  if (target === undefined) {
    await file.close(attempt, { outcome: 'failed', reason: headline(failure) })
    return end(nothingToGoBackTo(failed))
  }
  // No annotation of its own: the step ends with one error that tells all of it.
  ports.log.info(failure.message)
  ports.log.info(`Taking ${groupName(group)} back to release ${target.release}.`)
  const sinceMs = ports.clock.now()
  await moveGroup({ compute: ports.lasting.compute, signal }, group, target)
  const { release, image, machineType } = target
  const back = { ...policy, release, image, machineType }
  const { verdict, observation: seen } = await watchUntilVerdict(ports, {
    group,
    policy: back,
    signal,
    sinceMs,
    timeline: trail.begin('back', back, sinceMs),
  })
  if (verdict.kind === 'verified') {
    const rolledBackTo = target.release
    await file.close(attempt, { outcome: 'rolled_back', rolledBackTo, reason: headline(failure) })
    const text = `${groupName(group)} was taken back: it runs release ${rolledBackTo} again, verified.`
    return end({ text, outcome: 'rolled_back', runs: rolledBackTo })
  }
  const why = rolloutFailure(verdict, { group, policy: back, kind })
  const reason = `${headline(failure)} The way back failed too: ${headline(why)}`
  await file.close(attempt, { outcome: 'failed', reason })
  const text = `The way back failed too: ${why.message}\n${describeRunning(group, seen)}`
  return end({ text, hint: why.hint })
}

/** The first line: below it are lines of the app's own log, which are not for the ledger. */
export function headline({ message }: ActionError): string {
  return message.split('\n', 1)[0] ?? ''
}

/** More words, and maybe another end, for an error that people read. */
interface Extension {
  readonly text: string
  readonly hint?: string | undefined
  readonly outcome?: 'rolled_back'
  readonly runs?: string
}

/** The same failure, told further. */
export function extended(failure: ActionError, { text, hint, ...more }: Extension): ActionError {
  return new ActionError(failure.code, `${failure.message}\n${text}`, {
    hint: hint ?? failure.hint,
    cause: failure.cause,
    ...more,
  })
}

function nothingToGoBackTo({ group, kind, observation }: FailedAttempt): Extension {
  const text = `There is no verified release to go back to. ${describeRunning(group, observation)}`
  const way =
    kind === 'rollback'
      ? ANOTHER_RELEASE
      : 'Fix the cause and push again; the next release replaces this one.'
  return { text, hint: `${way} The group keeps trying until then, which costs what its VMs cost.` }
}
