import { ActionError } from '../../../errors.ts'
import { NO_TOKEN, TOKEN_PERMISSIONS } from '../../../google/diagnosis/rows/identity.ts'
import { memberIn, type Surroundings } from '../../../google/diagnosis/surroundings.ts'
import type { Clock, Http, TokenSource } from '../../../ports.ts'
import { broken, type Check, type Finding, ok, unknown } from '../check.ts'
import { renderClaims } from './claims.ts'
import { lookAtClock } from './clock-skew.ts'
import type { Exchange } from './exchange.ts'
import { lookAtImpersonation } from './impersonation.ts'
import { lookAtExchange, lookAtProvider, lookAtSubjectLength } from './provider.ts'

export interface IdentityPorts {
  readonly http: Http
  readonly clock: Clock
  readonly exchange: Exchange
  /** As all other commands sign in; undefined where GitHub gives the job no token. */
  readonly tokens: TokenSource | undefined
}

export interface IdentityOptions {
  readonly provider: string
  readonly surroundings: Surroundings
  /** Who may be asked for the time. */
  readonly clocks: readonly string[]
}

const SUBJECT = 'Signing in to Google'

/** Each step between the job and Google, so that the first one that fails says why. */
export function identityChecks(
  ports: IdentityPorts,
  { provider, surroundings, clocks }: IdentityOptions
): readonly Check[] {
  const { exchange, tokens } = ports
  const check = (
    id: string,
    title: string,
    more: { readonly after?: readonly string[]; look: Check['look'] }
  ): Check => ({ id, subject: SUBJECT, title, ...more })
  return [
    check('job-id-token', 'Permission to ask for an OIDC token', {
      look: async () => lookAtPermission(tokens !== undefined),
    }),
    check('clock-skew', "The runner's clock", {
      look: (signal) => lookAtClock(ports, clocks, signal),
    }),
    check('oidc-token', 'OIDC token of GitHub', {
      after: ['job-id-token'],
      look: () => lookAtToken(exchange),
    }),
    check('wif-provider', 'Workload identity provider', {
      after: ['oidc-token'],
      look: () => lookAtProvider(exchange, provider, surroundings),
    }),
    check('wif-subject-length', 'Length of mapped claims', {
      after: ['wif-provider'],
      look: () => lookAtSubjectLength(exchange, provider),
    }),
    check('wif-exchange', 'Attribute condition', {
      after: ['wif-provider', 'wif-subject-length'],
      look: () => lookAtExchange(exchange, provider, surroundings),
    }),
    check('impersonation', 'Service account of the job', {
      after: ['wif-exchange'],
      look: () => lookAtImpersonation(exchange, surroundings),
    }),
    check('google-identity', 'Signed in', {
      after: ['impersonation'],
      look: () => lookAtIdentity(tokens, surroundings),
    }),
  ]
}

function lookAtPermission(isGiven: boolean): Finding {
  if (isGiven) return ok('GitHub lets this job ask for one.')
  return broken(`GitHub gives this job no OIDC token. ${NO_TOKEN.means}`, NO_TOKEN.fix)
}

async function lookAtToken(exchange: Exchange): Promise<Finding> {
  const outcome = await exchange.claims()
  if (outcome.kind === 'done') return ok(renderClaims(outcome.value))
  if (outcome.kind === 'silent') return unknown(`GitHub's OIDC endpoint is silent: ${outcome.why}.`)
  const { status, message } = outcome.failure
  return broken(`GitHub's OIDC endpoint answered ${status}: ${message}`, TOKEN_PERMISSIONS)
}

/** The whole way, as every other command goes it. */
async function lookAtIdentity(
  tokens: TokenSource | undefined,
  surroundings: Surroundings
): Promise<Finding> {
  if (tokens === undefined) return unknown('GitHub gives this job no OIDC token.')
  try {
    await tokens.accessToken()
  } catch (error) {
    if (!(error instanceof ActionError) || error.isPassing) throw error
    // Every step worked by itself, and still no other command could sign in.
    return broken(error.message, error.hint ?? 'Run the job again.')
  }
  return ok(`For Google this job is ${memberIn(surroundings)}.`)
}
