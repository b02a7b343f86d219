import type { GoogleFailure } from './failure.ts'
import type { Advice, Row } from './row.ts'
import { ACCESS_ROWS } from './rows/access.ts'
import { COMPUTE_ROWS } from './rows/compute.ts'
import { IDENTITY_ROWS } from './rows/identity.ts'
import { REGISTRY_ROWS } from './rows/registry.ts'
import { STATE_ROWS } from './rows/state.ts'
import type { Surroundings } from './surroundings.ts'

/** A failure that is known: which one it is, what it means, what to do. */
export interface Diagnosis extends Advice {
  readonly id: string
}

/** The one table of the failures that are known; the first row that knows one speaks. */
export const ROWS: readonly Row[] = [
  ...STATE_ROWS,
  ...IDENTITY_ROWS,
  ...REGISTRY_ROWS,
  ...COMPUTE_ROWS,
  ...ACCESS_ROWS,
]

/** Undefined for a failure that nobody has met yet. */
export function diagnose(
  failure: GoogleFailure,
  surroundings: Surroundings
): Diagnosis | undefined {
  for (const { id, explain } of ROWS) {
    const advice = explain(failure, surroundings)
    if (advice !== undefined) return { id, ...advice }
  }
  return undefined
}

/** The hint of an error: what it means, and below it what can be pasted. */
export function fixFor(failure: GoogleFailure, surroundings: Surroundings): string | undefined {
  const diagnosis = diagnose(failure, surroundings)
  return diagnosis && renderDiagnosis(diagnosis)
}

/** As it stands below an error. */
export function renderDiagnosis({ means, fix }: Advice): string {
  return `${means}\n${fix}`
}
