import { ActionError, type ErrorMore } from '../../errors.ts'
import type { ImageRepository } from '../reference.ts'

/** Where images go, in the words of its owner. */
export interface PushTarget {
  readonly repository: ImageRepository
  readonly projectId: string
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

function hintFor(target: PushTarget, { status, message }: Refusal): string {
  const { id, location } = placeOf(target)
  const { projectId } = target
  const flags = `${id} --location ${location} --project ${projectId}`
  if (status === 404 || /name unknown|NAME_UNKNOWN|repository .*not found/i.test(message)) {
    return `There is no repository ${id} in ${location} of project ${projectId}: the apply of a deploy creates it. If it was deleted by hand, deploy again; see: gcloud artifacts repositories describe ${flags}`
  }
  if (/has not been used in project|is disabled/i.test(message)) {
    return `Run: gcloud services enable artifactregistry.googleapis.com --project ${projectId} (it takes effect within some minutes).`
  }
  if (status === 403 || /denied|forbidden/i.test(message)) {
    return `Grant the deployer roles/artifactregistry.writer on repository ${id} in ${location}: gcloud artifacts repositories add-iam-policy-binding ${flags} --role roles/artifactregistry.writer --member serviceAccount:DEPLOYER`
  }
  if (status === 401 || /unauthorized|authentication/i.test(message)) {
    return `The registry does not take the job's token: does the identity of this job still exist in project ${projectId}? See: gcloud iam service-accounts list --project ${projectId}`
  }
  if (status === 429 || /toomanyrequests|quota|rate limit/i.test(message)) {
    return `The quota of Artifact Registry is used up; see https://console.cloud.google.com/iam-admin/quotas?project=${projectId}, and run the job again later.`
  }
  if (/no space left/i.test(message)) {
    return 'The disk of the runner is full: free room before this step (docker system prune --all --force).'
  }
  return 'Check https://status.cloud.google.com and the network of the runner, then run the job again.'
}
