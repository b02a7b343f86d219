import { asList, asNumber, asRecord, asText } from '../lib/json.ts'
import type { GitHubClient } from './api/client.ts'

export interface PullRequest {
  readonly number: number
  readonly headSha: string
  readonly baseRef: string
  readonly state: 'open' | 'merged' | 'closed'
  /** Of the commit that it became; empty before. */
  readonly mergeCommit: string
  readonly mergedBy: string
  readonly url: string
}

const PERMISSION = 'pull-requests: write'

export async function fetchPullRequest(client: GitHubClient, number: number): Promise<PullRequest> {
  const { data } = await client.request({
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    parameters: { pull_number: number },
    purpose: `read pull request #${number}`,
    permission: PERMISSION,
  })
  return readPullRequest(data)
}

/**
 * The merged pull request that brought this commit to its branch; undefined for a direct push, and
 * for a commit that is merely part of one: what was reviewed is the whole of it.
 */
export async function findMergedPullRequest(
  client: GitHubClient,
  commit: string
): Promise<PullRequest | undefined> {
  const pulls = await client.readAll({
    route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    parameters: { commit_sha: commit },
    purpose: `find the pull request of commit ${commit.slice(0, 7)}`,
    permission: 'pull-requests: read',
  })
  const merged = asList(pulls)
    .map(readPullRequest)
    .filter(({ state }) => state === 'merged')
  // A fast-forward by hand makes no commit of its own.
  return (
    merged.find(({ mergeCommit }) => mergeCommit === commit) ??
    merged.find(({ headSha }) => headSha === commit)
  )
}

/** GitHub lists no more of them than this. */
const MAX_FILES = 3_000

/** What a pull request changes, also under the name that a file had before; undefined where GitHub lists not all. */
export async function listChangedFiles(
  client: GitHubClient,
  number: number
): Promise<readonly string[] | undefined> {
  const files = await client.readAll({
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
    parameters: { pull_number: number },
    purpose: `list the files of pull request #${number}`,
    permission: 'pull-requests: read',
  })
  if (files.length >= MAX_FILES) return undefined
  const names = files.map(asRecord).flatMap((file) => [file['filename'], file['previous_filename']])
  return names.map(asText).filter((name) => name !== '')
}

function readPullRequest(data: unknown): PullRequest {
  const pull = asRecord(data)
  const isMerged = asText(pull['merged_at']) !== ''
  return {
    number: asNumber(pull['number']) ?? 0,
    headSha: asText(asRecord(pull['head'])['sha']),
    baseRef: asText(asRecord(pull['base'])['ref']),
    state: isMerged ? 'merged' : pull['state'] === 'closed' ? 'closed' : 'open',
    // Of an open one it is the trial merge that GitHub keeps.
    mergeCommit: isMerged ? asText(pull['merge_commit_sha']) : '',
    mergedBy: asText(asRecord(pull['merged_by'])['login']),
    url: asText(pull['html_url']),
  }
}
