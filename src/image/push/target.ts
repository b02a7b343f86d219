import { ActionError, type ErrorMore } from '../../errors.ts'
import { failureInWords, type GoogleFailure } from '../../google/diagnosis/failure.ts'
import type { ImageRepository } from '../reference.ts'

/** Where images go, in the words of its owner. */
export interface PushTarget {
  readonly repository: ImageRepository
  readonly projectId: string
  /** What is known of a failure; undefined for one that nobody knows. */
  readonly fixFor: (failure: GoogleFailure) => string | undefined
}

/** What a registry or an engine said when it refused. */
export interface Refusal {
  /** Of the registry's answer; 0 where only words are known. */
  readonly status: number
  readonly message: string
}

/** The one error of a push. */
export function pushFailed(target: PushTarget, why: string, more: ErrorMore = {}): ActionError {
  const { host, path } = target.repository
  return new ActionError(
    'IMAGE_PUSH_FAILED',
    `Could not push the image to ${host}/${path}: ${why}`,
    more
  )
}

/** An error with the next command for a refusal that no second try changes. */
export function refused(target: PushTarget, refusal: Refusal): ActionError {
  return pushFailed(target, refusal.message, { hint: hintFor(target, refusal) })
}

/** The name of the repository in Artifact Registry, and where it is. */
export function placeOf({ repository }: PushTarget): {
  readonly id: string
  readonly location: string
} {
  const id = repository.path.split('/').at(-2) ?? ''
  const location = /^(.+)-docker\.pkg\.dev$/.exec(repository.host)?.[1] ?? repository.host
  return { id, location }
}

function hintFor(target: PushTarget, refusal: Refusal): string {
  const { status, message } = refusal
  const { projectId } = target
  const known = target.fixFor(asFailure(target, refusal))
  if (known !== undefined) return known
  if (status === 401 || /unauthorized|authentication/i.test(message)) {
    return `The registry does not take the job's token: does the identity of this job still exist in project ${projectId}? See: gcloud iam service-accounts list --project=${projectId}`
  }
  if (status === 429 || /toomanyrequests|quota|rate limit/i.test(message)) {
    return `The quota of Artifact Registry is used up; see https://console.cloud.google.com/iam-admin/quotas?project=${projectId}, and run the job again later.`
  }
  if (/no space left/i.test(message)) {
    return 'The disk of the runner is full: free room before this step (docker system prune --all --force).'
  }
  return 'Check https://status.cloud.google.com and the network of the runner, then run the job again.'
}

/** What engines and registries say in many ways, with the name of the repository, which not all of them give. */
function asFailure(target: PushTarget, { status, message }: Refusal): GoogleFailure {
  const words = failureInWords(message)
  if (/^Unauthenticated request|\/v2\/token\b/.test(message)) return words
  const { id, location } = placeOf(target)
  if (status === 404 || /name unknown|NAME_UNKNOWN|repository .*not found/i.test(message)) {
    return { ...words, reason: 'NAME_UNKNOWN', message: `Repository "${id}" not found` }
  }
  if (/has not been used in project|is disabled/i.test(message)) {
    const details = { service: 'artifactregistry.googleapis.com' }
    return { status: 403, reason: 'SERVICE_DISABLED', message: '', details }
  }
  if (status !== 403 && !/denied|forbidden/i.test(message)) return words
  const permission = 'artifactregistry.repositories.uploadArtifacts'
  const resource = `projects/${target.projectId}/locations/${location}/repositories/${id}`
  return { status: 403, reason: 'DENIED', message, details: { permission, resource } }
}
