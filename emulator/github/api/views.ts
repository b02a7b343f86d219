import { type Actor, actor, type Comment, type GitHubStore, type Item } from '../store.ts'

/** Where links of answers lead. */
export interface Surroundings {
  readonly store: GitHubStore
  /** `http://127.0.0.1:PORT/github/api`. */
  readonly apiUrl: () => string
}

const SERVER = 'https://github.com'
/** GitHub's own app, whose installation token a job gets. */
export const ACTIONS_APP = { id: 15368, slug: 'github-actions', name: 'GitHub Actions' }

export function viewUser({ login, id, type }: Actor): unknown {
  const path = type === 'Bot' ? `apps/${login.replace('[bot]', '')}` : login
  return { login, id, type, site_admin: false, html_url: `${SERVER}/${path}` }
}

export function viewComment(comment: Comment, { store, apiUrl }: Surroundings): unknown {
  const { id, number, author, body } = comment
  const page = store.item(number)?.pull ? 'pull' : 'issues'
  return {
    url: `${apiUrl()}/repos/${store.repository}/issues/comments/${id}`,
    html_url: `${SERVER}/${store.repository}/${page}/${number}#issuecomment-${id}`,
    issue_url: `${apiUrl()}/repos/${store.repository}/issues/${number}`,
    id,
    node_id: nodeIdOf(comment),
    user: viewUser(author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: author.type === 'Bot' ? 'CONTRIBUTOR' : 'MEMBER',
    body,
    performed_via_github_app: author.login === 'github-actions[bot]' ? ACTIONS_APP : null,
  }
}

/** The id by which GraphQL knows a comment; opaque to clients. */
export function nodeIdOf({ id }: Comment): string {
  return `IC_${Buffer.from(String(id)).toString('base64url')}`
}

export function idOfNode(nodeId: string): number | undefined {
  const [, encoded] = /^IC_([\w-]+)$/.exec(nodeId) ?? []
  return encoded === undefined ? undefined : Number(Buffer.from(encoded, 'base64url').toString())
}

export function viewLabel(name: string): unknown {
  return { name, color: 'ededed', default: false, description: null }
}

export function viewIssue(item: Item, { store, apiUrl }: Surroundings): unknown {
  const base = `${apiUrl()}/repos/${store.repository}`
  return {
    ...viewCommon(item),
    url: `${base}/issues/${item.number}`,
    comments_url: `${base}/issues/${item.number}/comments`,
    html_url: `${SERVER}/${store.repository}/${item.pull ? 'pull' : 'issues'}/${item.number}`,
    state_reason: item.stateReason,
    comments: store.commentsOf(item.number).length,
    ...(item.pull && {
      pull_request: {
        url: `${base}/pulls/${item.number}`,
        merged_at: item.pull.mergedAt ?? null,
      },
    }),
  }
}

/** Undefined for an issue. `whole` adds what the list of pull requests leaves out. */
export function viewPull(
  item: Item,
  { store, apiUrl }: Surroundings,
  whole: boolean
): Record<string, unknown> | undefined {
  const { pull } = item
  if (!pull) return undefined
  const base = `${apiUrl()}/repos/${store.repository}`
  return {
    ...viewCommon(item),
    url: `${base}/pulls/${item.number}`,
    html_url: `${SERVER}/${store.repository}/pull/${item.number}`,
    draft: pull.draft,
    head: viewEnd({ ref: pull.headRef, sha: pull.headSha, repository: pull.headRepository }, store),
    base: viewEnd({ ref: pull.baseRef, sha: '0'.repeat(40), repository: store.repository }, store),
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommitSha ?? null,
    ...(whole && {
      merged: pull.mergedAt !== undefined,
      merged_by: pull.mergedBy ? viewUser(pull.mergedBy) : null,
      comments: store.commentsOf(item.number).length,
    }),
  }
}

function viewCommon(item: Item): Record<string, unknown> {
  return {
    id: item.id,
    number: item.number,
    title: item.title,
    body: item.body === '' ? null : item.body,
    state: item.state,
    locked: item.locked,
    user: viewUser(item.author),
    labels: item.labels.map(viewLabel),
    created_at: item.createdAt,
    updated_at: item.updatedAt,
    closed_at: item.closedAt,
  }
}

interface End {
  readonly ref: string
  readonly sha: string
  readonly repository: string
}

function viewEnd({ ref, sha, repository }: End, store: GitHubStore): unknown {
  const [owner = ''] = repository.split('/')
  const isFork = repository !== store.repository
  return {
    label: `${owner}:${ref}`,
    ref,
    sha,
    user: viewUser(actor(owner)),
    repo: {
      id: isFork ? store.repositoryId + 1 : store.repositoryId,
      full_name: repository,
      fork: isFork,
      private: true,
    },
  }
}
