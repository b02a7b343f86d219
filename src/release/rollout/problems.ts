import type { InstanceError } from '../../google/compute/group.ts'
import type { FailureCause, Observation, RolloutPolicy } from './observation.ts'
import type { Unready } from './readiness.ts'

type ErrorCause = Exclude<FailureCause, 'release' | 'deadline'>

/** An error that keeps one VM of the release from being made. */
export interface Problem extends InstanceError {
  readonly vm: string
  readonly zone: string
  /** Undefined when the group's own next attempt may do better. */
  readonly cause: ErrorCause | undefined
  /** When it was met, where that is known. */
  readonly atMs?: number
}

/**
 * What an error of the group means. Codes as Google and others who watch groups know them
 * (kubernetes/autoscaler, skypilot); an unknown one is taken for passing, since the group tries again.
 */
export function causeOf({
  code,
  message,
}: Pick<InstanceError, 'code' | 'message'>): ErrorCause | undefined {
  if (SHORTAGE.test(code) || SHORTAGE_IN_WORDS.test(message)) return 'capacity'
  if (code.includes('QUOTA')) return 'quota'
  if (PERMISSION.test(code)) return 'permission'
  // The VM itself is not found when it is lost, as to Spot, while the group works on it.
  if (code.includes('NOT_FOUND') && /\/instances\//.test(message)) return undefined
  return CONFIGURATION.test(code) ? 'configuration' : undefined
}

// UNSUPPORTED_OPERATION: a Spot VM that was preempted while it was being made.
const SHORTAGE = /RESOURCE_POOL_EXHAUSTED|STOCKOUT|UNSUPPORTED_OPERATION|INSUFFICIENT_?CAPACITY/i
const SHORTAGE_IN_WORDS =
  /does not have enough resources available|state:\s*STOCKOUT|VM instance is currently unavailable/
const PERMISSION = /PERMISSION|ACCESS_DENIED|^FORBIDDEN$/
const CONFIGURATION = /NOT_FOUND|^CONDITION_NOT_MET|^INVALID|IP_SPACE_EXHAUSTED/

/** Whether more time cannot mend it. Capacity comes back, and another zone may have some. */
export function isPermanent({ cause }: Problem): boolean {
  return cause !== undefined && cause !== 'capacity'
}

/** Room that VMs which are about to go may still make. */
export function mayBeFreed({ code, cause }: Problem): boolean {
  return cause === 'quota' || code.includes('IP_SPACE_EXHAUSTED')
}

/** What keeps VMs of the release from being made at this moment. */
export function currentProblems(
  unready: readonly Unready[],
  { release }: RolloutPolicy
): readonly Problem[] {
  const problems: Problem[] = []
  for (const { instance } of unready) {
    const { name, zone, versionName, instanceStatus, lastErrors } = instance
    // A VM that runs has its failed attempts behind it.
    if (lastErrors.length === 0 || versionName !== release || instanceStatus === 'RUNNING') continue
    for (const error of lastErrors)
      problems.push({ ...error, vm: name, zone, cause: causeOf(error) })
  }
  return problems
}

/** What the group's own list says of VMs of the release since `sinceMs`, of those not made till now. */
export function listedProblems(
  { errors, instances }: Observation,
  { release }: RolloutPolicy,
  sinceMs: number
): readonly Problem[] {
  if (errors.length === 0) return []
  const made = new Set(
    instances.filter(({ instanceStatus }) => instanceStatus === 'RUNNING').map(({ name }) => name)
  )
  return errors
    .filter(({ atMs, vm, versionName }) => {
      return atMs >= sinceMs && versionName === release && !made.has(vm)
    })
    .map((error) => ({ ...error, cause: causeOf(error) }))
}

export function problemKey({ vm, code }: Pick<Problem, 'vm' | 'code'>): string {
  return `${vm} ${code}`
}

export function renderProblem({ vm, code, message }: Problem): string {
  return `${vm} ${code}: ${message}`
}
