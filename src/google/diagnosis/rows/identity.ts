import {
  describeProvider,
  listProviders,
  setAudience,
  setCondition,
  setIssuer,
  setMapping,
} from '../provider-remedies.ts'
import type { Advice, Row } from '../row.ts'
import type { Surroundings } from '../surroundings.ts'

/** What a job must be given to get any token. */
export const TOKEN_PERMISSIONS = 'permissions:\n  contents: read\n  id-token: write'

/** Of a job that GitHub gives none. */
export const NO_TOKEN: Advice = {
  means: 'Jobs of forks and of Dependabot never get one. To any other job add:',
  fix: TOKEN_PERMISSIONS,
}

const UNNAMED =
  'projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER'

/** Failures of signing in (documentation of workload identity federation, troubleshooting). */
export const IDENTITY_ROWS: readonly Row[] = [
  {
    id: 'sts-condition',
    explain: inWords(/rejected by the attribute condition/i, ({ provider = UNNAMED }) => ({
      means:
        'The attribute condition of the workload identity provider does not admit this job. Compare repository id, owner id, ref, environment and upper and lower case with it (`command: doctor` shows the claims):',
      fix: describeProvider(provider),
    })),
  },
  {
    id: 'sts-audience',
    explain: inWords(/Invalid value for "?audience/i, ({ provider = UNNAMED }) => ({
      means:
        'The input "workload_identity_provider" must be the full name of the provider (not of the pool), with the project NUMBER and without "https:". These there are:',
      fix: listProviders(provider),
    })),
  },
  {
    id: 'sts-allowed-audiences',
    explain: inWords(/audience in ID Token .*does not match/i, ({ provider = UNNAMED }) => ({
      means:
        'The provider takes tokens for other audiences only than that of its own name, which this action asks for:',
      fix: setAudience(provider, `https://iam.googleapis.com/${provider}`),
    })),
  },
  {
    id: 'sts-pool',
    explain: (failure, { provider = UNNAMED }) => {
      const isGone = /target service indicated by the "?audience"? parameters is invalid/i
      if (failure.reason !== 'invalid_target' && !isGone.test(failure.message)) return undefined
      return {
        means: `The workload identity pool or its provider does not exist, was deleted or is disabled; or the input "workload_identity_provider" has the wrong project number (${provider}). See:`,
        fix: describeProvider(provider),
      }
    },
  },
  {
    id: 'sts-mapping',
    explain: inWords(/mapped attribute.*127 bytes/i, ({ provider = UNNAMED }) => ({
      means:
        'A claim of this job is longer than the 127 bytes that Google takes for a mapped attribute: a long name of a branch, a repository or an environment. Map a shorter one to google.subject:',
      fix: setMapping(provider, SHORT_MAPPING),
    })),
  },
  {
    id: 'provider-condition',
    explain: inWords(
      /attribute condition must reference one of the provider's claims/i,
      ({ provider = UNNAMED, jobs }) => ({
        means:
          'Everybody on GitHub could come in through a provider without a condition: Google wants one that names the repository by its id.',
        fix: setCondition(
          provider,
          `assertion.repository_id == '${jobs?.split('/').at(-1) ?? 'REPOSITORY_ID'}'`
        ),
      })
    ),
  },
  {
    id: 'sts-issuer',
    explain: (failure, { provider = UNNAMED }) => {
      const [, issuer] = /issuer in ID Token (\S+) does not match/i.exec(failure.message) ?? []
      if (issuer === undefined) return undefined
      return {
        means: `The token of this job comes from ${issuer}, and the provider takes those of another issuer (a GitHub Enterprise has its own).`,
        fix: setIssuer(provider, issuer),
      }
    },
  },
  {
    id: 'sts-stale',
    explain: inWords(/ID Token issued at .* is stale|lifetime cannot exceed/i, () => ({
      means:
        "The runner's clock is wrong: Google takes a token only for the minutes in which it is valid.",
      fix: 'sudo timedatectl set-ntp true',
    })),
  },
  {
    id: 'no-credentials',
    explain: inWords(/could not (?:load|find) (?:the )?default credentials/i, () => ({
      means:
        'There are no credentials: the job is not signed in. This action signs in by itself, when the job may ask for an OIDC token; another one must do so after the checkout, which removes its file.',
      fix: TOKEN_PERMISSIONS,
    })),
  },
]

/** Bounded whatever the branch, and what members of the documentation are written with. */
export const SHORT_MAPPING: Readonly<Record<string, string>> = {
  'google.subject': "assertion.repository_id + ':' + assertion.run_id",
  'attribute.repository_id': 'assertion.repository_id',
  'attribute.repository_owner_id': 'assertion.repository_owner_id',
}

function inWords(words: RegExp, advise: (surroundings: Surroundings) => Advice): Row['explain'] {
  return ({ message }, surroundings) => (words.test(message) ? advise(surroundings) : undefined)
}
