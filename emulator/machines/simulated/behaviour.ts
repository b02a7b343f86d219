import type { MachineSpec } from '../machine.ts'

/**
 * How the pretended app of a simulated VM behaves: `healthy` answers 200, `unhealthy` answers 503,
 * `silent` never listens, `crash` ends at once.
 */
export type AppBehaviour = 'healthy' | 'unhealthy' | 'silent' | 'crash'

const BEHAVIOURS: readonly AppBehaviour[] = ['healthy', 'unhealthy', 'silent', 'crash']
const VARIABLE = 'EMULATED_APP='

/** Read from the app's environment (`app-env`, variable EMULATED_APP), so that a release can be bad. */
export function behaviourOf(spec: MachineSpec): AppBehaviour {
  const lines = (spec.metadata['app-env'] ?? '').split('\n')
  const asked = lines
    .find((line) => line.startsWith(VARIABLE))
    ?.slice(VARIABLE.length)
    .trim()
  return BEHAVIOURS.find((behaviour) => behaviour === asked) ?? 'healthy'
}
