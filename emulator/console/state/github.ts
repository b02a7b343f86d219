import type { EmulatedDeployment } from '../../github/deployments.ts'
import type { GitHubStore, Item } from '../../github/store.ts'

/** What somebody said to an issue or pull request. */
export interface CommentState {
  readonly id: number
  readonly author: string
  /** Markdown, as it was written. */
  readonly body: string
  readonly createdAt: string
  readonly isEdited: boolean
}

/** An issue, or with `pull` a pull request. */
export interface ItemState {
  readonly number: number
  readonly title: string
  readonly author: string
  readonly state: 'open' | 'merged' | 'closed'
  readonly createdAt: string
  readonly body: string
  readonly pull:
    | {
        readonly headRef: string
        readonly headSha: string
        readonly baseRef: string
        readonly headRepository: string
      }
    | undefined
  readonly comments: readonly CommentState[]
}

/** Newest first. */
export function readItems(store: GitHubStore): readonly ItemState[] {
  return store.items.map((item) => readItem(item, store)).reverse()
}

function readItem(item: Item, store: GitHubStore): ItemState {
  const { number, title, body, author, createdAt, pull } = item
  return {
    ...{ number, title, body, createdAt },
    author: author.login,
    state: pull?.mergedAt === undefined ? item.state : 'merged',
    pull: pull && {
      headRef: pull.headRef,
      headSha: pull.headSha,
      baseRef: pull.baseRef,
      headRepository: pull.headRepository,
    },
    comments: store.commentsOf(number).map((comment) => ({
      id: comment.id,
      author: comment.author.login,
      body: comment.body,
      createdAt: comment.createdAt,
      isEdited: comment.updatedAt !== comment.createdAt,
    })),
  }
}

/** A deployment with all of its statuses, oldest first. */
export interface DeploymentState {
  readonly id: number
  readonly environment: string
  readonly ref: string
  readonly sha: string
  readonly description: string
  readonly creator: string
  readonly createdAt: string
  /** State of its newest status; `pending` before the first. */
  readonly state: string
  readonly statuses: readonly {
    readonly state: string
    readonly description: string
    readonly environmentUrl: string
    readonly createdAt: string
  }[]
}

/** Newest first. */
export function readDeployments(
  deployments: readonly EmulatedDeployment[]
): readonly DeploymentState[] {
  return deployments.map((deployment) => {
    const { id, environment, ref, sha, description, creator, createdAt } = deployment
    const statuses = [...deployment.statuses].sort((a, b) => a.id - b.id)
    return {
      ...{ id, environment, ref, sha, description, creator, createdAt },
      state: statuses.at(-1)?.state ?? 'pending',
      statuses: statuses.map((status) => ({
        state: status.state,
        description: status.description,
        environmentUrl: status.environmentUrl,
        createdAt: status.createdAt,
      })),
    }
  })
}
