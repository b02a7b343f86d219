import { GoogleClient } from '../../src/google/client.ts'
import { Compute } from '../../src/google/compute.ts'
import { resolveEndpoints } from '../../src/google/endpoints.ts'
import type { Clock, Http, Log } from '../../src/ports.ts'
import type { RolloutPolicy } from '../../src/release/rollout/observation.ts'
import { IMAGE, PROJECT, REGION, RELEASE } from './scene.ts'

export const POLICY: RolloutPolicy = {
  release: RELEASE,
  image: IMAGE,
  minReadyMs: 10_000,
  progressDeadlineMs: 600_000,
}

const ignore = (): void => {}

export const quietLog: Log = {
  debug: ignore,
  info: ignore,
  warning: ignore,
  annotate: ignore,
  mask: ignore,
  group: (_, work) => work(),
  labelled: () => quietLog,
}

/** The action's own client, at Google's address or at the one given. */
export function googleOn(
  { http, clock }: { readonly http: Http; readonly clock: Clock },
  url?: string
): GoogleClient {
  const env = url === undefined ? {} : { GOOGLE_COMPUTE_CUSTOM_ENDPOINT: `${url}/compute/v1/` }
  return new GoogleClient(
    { http, clock, log: quietLog, tokens: { accessToken: async () => 'token' } },
    {
      endpoints: resolveEndpoints(REGION, env),
      projectId: PROJECT,
      signal: new AbortController().signal,
    }
  )
}

export function computeOn(parts: { readonly http: Http; readonly clock: Clock }): Compute {
  return new Compute(googleOn(parts), { projectId: PROJECT, region: REGION })
}
