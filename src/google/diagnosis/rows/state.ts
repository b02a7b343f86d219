import type { GoogleFailure } from '../failure.ts'
import { command, quote } from '../remedies.ts'
import type { Advice, Row } from '../row.ts'
import type { Surroundings } from '../surroundings.ts'
import { ONE_AT_A_TIME } from './compute.ts'

/** Failures of terraform's state. */
export const STATE_ROWS: readonly Row[] = [{ id: 'state-lock', explain: explainLock }]

function explainLock({ message }: GoogleFailure, { stateLock }: Surroundings): Advice | undefined {
  if (!message.includes('Error acquiring the state lock')) return undefined
  // Terraform's own unlock needs the whole configuration; the lock is one object in the bucket.
  const path = stateLock ?? /Path:\s+(gs:\/\/\S+)/.exec(message)?.[1]
  const fix = path === undefined ? ONE_AT_A_TIME : command(['gcloud storage rm', quote(path)])
  return {
    means: 'Another terraform holds the lock: wait for it. If its run is no more, free it with:',
    fix,
  }
}
