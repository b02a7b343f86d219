import type { GoogleFailure } from '../failure.ts'
import { createRepository } from '../remedies.ts'
import type { Advice, Row } from '../row.ts'
import type { Surroundings } from '../surroundings.ts'
import { TOKEN_PERMISSIONS } from './identity.ts'

/** Failures of Artifact Registry in the words of Docker's protocol. */
export const REGISTRY_ROWS: readonly Row[] = [
  {
    id: 'registry-login',
    explain: ({ message }) =>
      /Unauthenticated request/i.test(message)
        ? {
            means:
              'The registry was asked without a login: this job has no token of Google, or docker reads another configuration than the one with the login (user name oauth2accesstoken).',
            fix: TOKEN_PERMISSIONS,
          }
        : undefined,
  },
  { id: 'registry-repository', explain: explainNoRepository },
  {
    id: 'registry-token',
    explain: ({ message }, { projectId }) =>
      /\/v2\/token\b.*401 Unauthorized|401 Unauthorized.*\/v2\/token\b|GET request to \S+\/v2\/token\S*: 401/i.test(
        message
      )
        ? {
            means:
              'The token ran out: one of direct federation lives for five minutes. That of a service account lives for an hour; name one in the step of this action:',
            fix: `with:\n  service_account: deployer@${projectId}.iam.gserviceaccount.com`,
          }
        : undefined,
  },
]

function explainNoRepository(
  { message, reason }: GoogleFailure,
  { projectId, region }: Surroundings
): Advice | undefined {
  const isUnknown =
    reason === 'NAME_UNKNOWN' || /name unknown|repository .*not found/i.test(message)
  if (!isUnknown) return undefined
  const repository = /Repository ["“]?([\w-]+)["”]? not found/i.exec(message)?.[1] ?? 'REPOSITORY'
  const location = region ?? 'LOCATION'
  return {
    means: `There is no repository ${repository} in ${location} of project ${projectId}. The apply of a deploy makes it; so that it is made again where somebody deleted it, deploy again, or:`,
    fix: createRepository({ repository, location, project: projectId }),
  }
}
