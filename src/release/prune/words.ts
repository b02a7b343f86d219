import { describeError } from '../../errors.ts'
import type { GoogleFailure } from '../../google/diagnosis/failure.ts'
import { grantOnRepository, grantRole } from '../../google/diagnosis/remedies.ts'
import type { Failure, Swept } from './sweep.ts'

/** What the commands in a warning need. */
export interface Place {
  readonly projectId: string
  readonly region: string
  /** E-mail address of the service account that deploys; undefined where a job has none. */
  readonly deployer: string | undefined
  /** The next command for a refusal, as far as it is known. */
  readonly fixFor: (refusal: GoogleFailure) => string | undefined
}

const MOST_NAMED = 5

/** `a1b2…, c3d4… and 3 more`. */
export function nameReleases(releases: readonly string[]): string {
  const named = releases.slice(0, MOST_NAMED).join(', ')
  const rest = releases.length - MOST_NAMED
  return rest > 0 ? `${named} and ${rest} more` : named
}

/** One warning for everything that a sweep could not do; undefined when there is nothing to say. */
export function describeFailures({ failures, left }: Swept, place: Place): string | undefined {
  const [first] = failures
  if (first === undefined) return undefined
  const what =
    left.length > 0
      ? `Old releases are still there (${nameReleases(left)})`
      : `The image of release ${first.release} has no tag that keeps it`
  return `${what}; the next deploy tries again. ${describeFailure(first, place)}`
}

function describeFailure(failure: Failure, place: Place): string {
  if ('error' in failure) return describeError(failure.error)
  const { refusal, of, release } = failure
  const subject =
    of === 'template'
      ? `delete the instance template of release ${release}: Compute Engine`
      : `delete the tag of release ${release}: Artifact Registry`
  const said = `Could not ${subject} answered ${refusal.status} ${refusal.reason}: ${refusal.message}`
  if (refusal.status !== 403) return said
  // An API that is off is a 403, too, and no role mends it.
  const known = place.fixFor(refusal)
  if (known?.includes('services enable')) return `${said}\n${known}`
  return `${said}\n${grantCommand(of, place)}`
}

/** Least first: on the repository where that is enough. */
function grantCommand(of: Failure['of'], { projectId, region, deployer }: Place): string {
  const member = deployer === undefined ? 'MEMBER' : `serviceAccount:${deployer}`
  const grant = { project: projectId, member }
  if (of === 'template') return grantRole('roles/compute.instanceAdmin.v1', grant)
  return grantOnRepository('roles/artifactregistry.repoAdmin', {
    ...grant,
    repository: of.repositoryId,
    location: region,
  })
}
