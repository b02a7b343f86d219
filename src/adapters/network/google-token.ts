import { IdentityPoolClient, type IdentityPoolClientOptions } from 'google-auth-library'
import { ActionError } from '../../errors.ts'
import { explainFederationFailure } from '../../google/diagnosis/federation.ts'
import type { Surroundings } from '../../google/diagnosis/surroundings.ts'
import { asNumber, asRecord, type JsonRecord } from '../../lib/json.ts'
import { networkReason } from '../../lib/network-reason.ts'
import type { TokenSource } from '../../ports.ts'

/** Direct federated tokens live for 5 minutes: the library's own margin of 5 would never reuse one. */
const REFRESH_BEFORE_MS = 90_000

/**
 * Access tokens by workload identity federation; each new one is given to `mask` before anyone
 * sees it. Callers at the same time share one exchange.
 *
 * @throws ActionError AUTH_FAILED
 */
export function federatedTokens(
  credentials: JsonRecord,
  mask: (secret: string) => void,
  surroundings: Surroundings
): TokenSource {
  // The library's type knows every kind of source; ours is built for exactly one of them.
  const client = new IdentityPoolClient({
    ...credentials,
    scopes: ['https://www.googleapis.com/auth/cloud-platform'],
    eagerRefreshThresholdMillis: REFRESH_BEFORE_MS,
  } as unknown as IdentityPoolClientOptions)
  let known = ''
  let running: Promise<string> | undefined

  const exchange = async (): Promise<string> => {
    try {
      const { token } = await client.getAccessToken()
      if (!token) throw new Error('the answer held no token')
      if (token !== known) mask(token)
      known = token
      return token
    } catch (error) {
      throw toActionError(error, surroundings)
    }
  }
  return {
    accessToken: () => {
      running ??= exchange().finally(() => {
        running = undefined
      })
      return running
    },
  }
}

// The library throws errors of several classes, some of them plain ones that carry the answer of
// another: what counts is what they carry.
function toActionError(error: unknown, surroundings: Surroundings): ActionError {
  const { response, config } = asRecord(error)
  const { status, data } = asRecord(response)
  const failure = {
    url: String(asRecord(config)['url'] ?? ''),
    status: asNumber(status),
    body: typeof data === 'string' ? data : JSON.stringify(data ?? ''),
    message: networkReason(error),
  }
  const { said, hint } = explainFederationFailure(failure, surroundings)
  // No cause: the library's error carries the request, and the request carries tokens.
  return new ActionError('AUTH_FAILED', said, { hint })
}
