import { systemClock } from '../adapters/clock.ts'
import { federatedTokens } from '../adapters/network/google-token.ts'
import { gaxiosHttp } from '../adapters/network/http.ts'
import { readOidcRequest } from '../github/context.ts'
import { ArtifactRegistry } from '../google/artifact-registry.ts'
import { GoogleClient, type GoogleClientPorts } from '../google/client.ts'
import { Compute } from '../google/compute.ts'
import { type Endpoints, resolveEndpoints } from '../google/endpoints.ts'
import { externalAccount } from '../google/federation.ts'
import { ObjectStore } from '../google/object-store.ts'
import { SecretManager } from '../google/secret-manager.ts'
import type { Config } from '../inputs.ts'
import type { JsonRecord } from '../lib/json.ts'
import type { Log } from '../ports.ts'
import type { Environment } from './environment.ts'

interface Identity {
  readonly endpoints: Endpoints
  readonly credentials: JsonRecord
  readonly tokens: GoogleClientPorts['tokens']
}

/** Who this job is for Google. @throws ActionError AUTH_NO_OIDC */
export function identify({
  config,
  env,
  log,
}: {
  readonly config: Config
  readonly env: Environment
  readonly log: Log
}): Identity {
  const oidc = readOidcRequest(env)
  log.mask(oidc.requestToken)
  const endpoints = resolveEndpoints(config.region, env)
  const credentials = externalAccount({ ...config, ...oidc }, endpoints)
  return { endpoints, credentials, tokens: federatedTokens(credentials, (it) => log.mask(it)) }
}

/** Google's APIs as long as the signal does not abort. */
export function googleClients(
  { endpoints, tokens }: Identity,
  {
    config,
    log,
    signal,
  }: { readonly config: Config; readonly log: Log; readonly signal: AbortSignal }
) {
  const { projectId, stateBucket } = config
  const google = new GoogleClient(
    { http: gaxiosHttp(), tokens, clock: systemClock, log },
    { endpoints, projectId, signal }
  )
  return {
    google,
    compute: new Compute(google, config),
    artifacts: new ArtifactRegistry(google, config),
    secretManager: new SecretManager(google, projectId),
    store: new ObjectStore(google, stateBucket),
  }
}
