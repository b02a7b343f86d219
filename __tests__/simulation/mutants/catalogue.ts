import { ATTEMPT_MUTANTS } from './attempt.ts'
import { LEDGER_MUTANTS } from './ledger.ts'
import type { Mutant } from './mutant.ts'
import { ROLLOUT_MUTANTS } from './rollout.ts'

/** Every deliberate bug that the simulation is known to see. */
export const MUTANTS: readonly Mutant[] = [
  ...ROLLOUT_MUTANTS,
  ...ATTEMPT_MUTANTS,
  ...LEDGER_MUTANTS,
]
