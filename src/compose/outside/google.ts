import { systemClock } from '../../adapters/clock.ts'
import { federatedTokens } from '../../adapters/network/google-token.ts'
import { gaxiosHttp } from '../../adapters/network/http.ts'
import type { Prices } from '../../cost/sku.ts'
import { readOidcRequest } from '../../github/context.ts'
import { ArtifactRegistry } from '../../google/artifact-registry.ts'
import { readPrices } from '../../google/billing.ts'
import { GoogleClient, type GoogleClientPorts } from '../../google/client.ts'
import { Compute } from '../../google/compute.ts'
import { type Surroundings, surroundingsOf } from '../../google/diagnosis/surroundings.ts'
import { type Endpoints, resolveEndpoints } from '../../google/endpoints.ts'
import { externalAccount } from '../../google/federation.ts'
import { ObjectStore } from '../../google/object-store.ts'
import { SecretManager } from '../../google/secret-manager.ts'
import type { Config } from '../../inputs.ts'
import type { JsonRecord } from '../../lib/json.ts'
import type { Log } from '../../ports.ts'
import type { Environment } from './environment.ts'

/** Who the job is for Google, and where Google is. */
export interface Identity {
  readonly endpoints: Endpoints
  readonly credentials: JsonRecord
  readonly tokens: GoogleClientPorts['tokens']
  /** What the commands against a failure name. */
  readonly surroundings: Surroundings
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
  const surroundings = surroundingsOf(config, env['GITHUB_REPOSITORY_ID'])
  const tokens = federatedTokens(credentials, (it) => log.mask(it), surroundings)
  return { endpoints, credentials, tokens, surroundings }
}

/** Google's APIs as long as the signal does not abort. */
export function googleClients(
  { endpoints, tokens, surroundings }: Identity,
  {
    config,
    log,
    signal,
    retryForMs,
  }: {
    readonly config: Config
    readonly log: Log
    readonly signal: AbortSignal
    readonly retryForMs?: number
  }
) {
  const { projectId, stateBucket } = config
  const google = new GoogleClient(
    { http: gaxiosHttp(), tokens, clock: systemClock, log },
    { ...surroundings, endpoints, signal, retryForMs }
  )
  return {
    google,
    compute: new Compute(google, config),
    artifacts: new ArtifactRegistry(google, config),
    secretManager: new SecretManager(google, projectId),
    store: new ObjectStore(google, stateBucket),
  }
}

/** Reads Google's price list, each time anew. */
export function priceReader(
  identity: Identity,
  { config, log }: { readonly config: Config; readonly log: Log }
): (signal: AbortSignal) => Promise<Prices> {
  return (signal) =>
    readPrices({
      signal,
      now: () => systemClock.now(),
      request: (request, eachSignal) =>
        googleClients(identity, { config, log, signal: eachSignal }).google.request({
          ...request,
          service: 'cloudbilling',
          method: 'GET',
        }),
    })
}
