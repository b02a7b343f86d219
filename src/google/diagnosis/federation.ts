import { diagnose, renderDiagnosis } from './diagnose.ts'
import { readFailure } from './failure.ts'
import { enableApis } from './remedies.ts'
import { TOKEN_PERMISSIONS } from './rows/identity.ts'
import type { Surroundings } from './surroundings.ts'

/** What is known of a failed step of the token exchange; nothing of it is a credential. */
export interface FederationFailure {
  readonly url: string
  readonly status: number | undefined
  readonly body: string
  /** The error's own text; used only when there was no answer. */
  readonly message: string
}

export interface Explanation {
  readonly said: string
  readonly hint: string
}

const OTHERWISE = `Check the inputs "workload_identity_provider" and "service_account", and that the job has:\n${TOKEN_PERMISSIONS}`

/** Says which of the three steps failed, in Google's or GitHub's own words. */
export function explainFederationFailure(
  failure: FederationFailure,
  surroundings: Surroundings
): Explanation {
  const step = stepOf(failure.url)
  if (failure.status === undefined) {
    return {
      said: `Could not sign in to Google Cloud: ${step} did not answer (${failure.message}).`,
      hint: 'Run the job again; if it stays so, check the network of the runner.',
    }
  }
  const read = readFailure(failure.status, failure.body)
  const diagnosis = diagnose(read, surroundings)
  return {
    said: `Could not sign in to Google Cloud: ${step} answered ${failure.status}: ${read.message}`,
    hint: diagnosis
      ? renderDiagnosis(diagnosis)
      : (apiOff(read.message, surroundings) ?? OTHERWISE),
  }
}

/** Said without a link to the API: only the step tells which one it may be. */
function apiOff(message: string, { projectId }: Surroundings): string | undefined {
  if (!/has not been used in project/.test(message)) return undefined
  return `An API is off.\n${enableApis(['iamcredentials', 'sts'], projectId)}`
}

function stepOf(url: string): string {
  if (url.includes(':generateAccessToken')) return 'the service account (IAM credentials)'
  if (/\/v1\/token$/.test(url)) return 'the security token service (STS)'
  return "GitHub's OIDC endpoint"
}
