import { readFailure } from './diagnosis.ts'

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

/** Google's words and what they mean (documentation of workload identity federation, troubleshooting). */
const HINTS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [
    /attribute condition/i,
    'The attribute condition of the workload identity provider does not admit this job: compare repository id, owner id, ref and environment with the condition.',
  ],
  [
    /audience/i,
    'Check the input "workload_identity_provider": the full name of the provider (not of the pool) with the project NUMBER; pool and provider must exist and be enabled.',
  ],
  [
    /getAccessToken/,
    'Grant roles/iam.workloadIdentityUser on the service account to the principalSet of this repository; it takes effect within 5 minutes.',
  ],
  [
    /127 bytes/,
    'Map a shorter attribute to google.subject in the provider, such as assertion.repository_id.',
  ],
  [
    /SERVICE_DISABLED|has not been used in project/,
    'Run: gcloud services enable iamcredentials.googleapis.com sts.googleapis.com',
  ],
]

const OTHERWISE =
  'Check the inputs "workload_identity_provider" and "service_account", and that the job has `permissions: id-token: write`.'

/** Says which of the three steps failed, in Google's or GitHub's own words. */
export function explainFederationFailure(failure: FederationFailure): Explanation {
  const step = stepOf(failure.url)
  if (failure.status === undefined) {
    return {
      said: `Could not sign in to Google Cloud: ${step} did not answer (${failure.message}).`,
      hint: 'Run the job again; if it stays so, check the network of the runner.',
    }
  }
  const { message } = readFailure(failure.status, failure.body)
  return {
    said: `Could not sign in to Google Cloud: ${step} answered ${failure.status}: ${message}`,
    hint:
      HINTS.find(([pattern]) => pattern.test(message) || pattern.test(failure.body))?.[1] ??
      OTHERWISE,
  }
}

function stepOf(url: string): string {
  if (url.includes(':generateAccessToken')) return 'the service account (IAM credentials)'
  if (/\/v1\/token$/.test(url)) return 'the security token service (STS)'
  return "GitHub's OIDC endpoint"
}
