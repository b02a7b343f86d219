import { GoogleClient } from '../../src/google/client.ts'
import { resolveEndpoints } from '../../src/google/endpoints.ts'
import type { Clock, Http } from '../../src/ports.ts'
import { FakeClock } from './fake-clock.ts'
import { fixedTokens } from './fixed-tokens.ts'
import { RecordingLog } from './recording-log.ts'

export interface ClientParts {
  readonly clock?: Clock
  readonly log?: RecordingLog
  readonly signal?: AbortSignal
}

/** The real client of project mervis-demo, on a fake network and a fake clock; its jitter is the longest. */
export function googleClientOn(http: Http, parts: ClientParts = {}): GoogleClient {
  const { clock = new FakeClock(), log = new RecordingLog() } = parts
  return new GoogleClient(
    { http, tokens: fixedTokens, clock, log },
    {
      endpoints: resolveEndpoints('europe-west1', {}),
      projectId: 'mervis-demo',
      signal: parts.signal ?? new AbortController().signal,
      random: () => 1,
    }
  )
}
