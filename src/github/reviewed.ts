import type { Reviewed, Unreviewed } from '../terraform/review/guard.ts'
import type { GitHub } from './github.ts'

/** How the plan comments of a service are told from those of others, and of other environments. */
export function subjectName(service: {
  readonly projectId: string
  readonly region: string
  readonly name: string
}): string {
  return `${service.projectId}/${service.region}/${service.name}`
}

/**
 * What people saw before `commit` came to its branch. It counts only where it is our own comment,
 * nobody edited it, and it shows the very commit that was merged.
 *
 * @throws ActionError GITHUB_*
 */
export async function findReviewed(
  github: GitHub | undefined,
  {
    subject,
    commit,
    ref,
  }: { readonly subject: string; readonly commit: string; readonly ref: string }
): Promise<Reviewed | Unreviewed> {
  if (!github) return { unreviewedBecause: 'this job has no token for GitHub (input github_token)' }
  const pull = await github.mergedPullRequestOf(commit)
  if (!pull) {
    return { unreviewedBecause: `commit ${short(commit)} belongs to no merged pull request` }
  }
  const whose = `pull request #${pull.number}`
  if (ref !== `refs/heads/${pull.baseRef}`) {
    return { unreviewedBecause: `${whose} was merged into ${pull.baseRef}, and this is ${ref}` }
  }
  const comment = await github.findOwnComment(pull.number, { kind: 'plan', name: subject })
  if (!comment) return { unreviewedBecause: `${whose} has no plan comment of ours` }
  const { marker, url, wasEdited } = comment
  if (wasEdited) return { unreviewedBecause: `somebody edited the plan comment ${url}` }
  if (marker.commit !== pull.headSha) {
    const merged = `${short(pull.headSha)} was merged`
    return {
      unreviewedBecause: `the plan comment of ${whose} shows ${short(marker.commit)}, but ${merged}`,
    }
  }
  if (marker.planHash === '') return { unreviewedBecause: `the plan of ${whose} failed (${url})` }
  const { planHash, destructive, changes } = marker
  return { commentUrl: url, planHash, destructive, changes }
}

function short(commit: string): string {
  return commit.slice(0, 7)
}
