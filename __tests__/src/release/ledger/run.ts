import { GoogleClient } from '../../../../src/google/client.ts'
import { resolveEndpoints } from '../../../../src/google/endpoints.ts'
import { ObjectStore } from '../../../../src/google/object-store.ts'
import type { Clock, Http } from '../../../../src/ports.ts'
import type { LockOwner } from '../../../../src/release/ledger/lock-record.ts'
import { fixedTokens } from '../../../fakes/fixed-tokens.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'

export const NEVER = new AbortController().signal
export const LEDGER = 'mervis/releases.json'
export const LOCK = 'mervis/deploy.lock'

/** What one run of the action has: its own client, log and clock on the common bucket. */
export function aRun(http: Http, clock: Clock, random: () => number = () => 0.5) {
  const log = new RecordingLog()
  const google = new GoogleClient(
    { http, tokens: fixedTokens, clock, log },
    {
      endpoints: resolveEndpoints('europe-west1', {}),
      projectId: 'mervis-demo',
      signal: NEVER,
      random,
    }
  )
  return { store: new ObjectStore(google, 'mervis-demo-tfstate'), clock, log }
}

export function anOwner(run: number): LockOwner {
  return {
    holder: `run-${run}`,
    runUrl: `https://github.com/mervis/mervis/actions/runs/${run}`,
    actor: `actor-${run}`,
  }
}

export function isWrite({ method }: { readonly method: string }): boolean {
  return method === 'POST'
}
