import { viewPull, viewUser } from '../../github/api/views.ts'
import { actor, type GitHubStore } from '../../github/store.ts'
import type { Mapping, Value } from '../expressions/values.ts'

/** Whom and what every payload speaks of. */
export interface PayloadSource {
  readonly store: GitHubStore
  readonly ownerId: string
  readonly defaultBranch: string
  readonly apiUrl: string
}

/** What a push payload is made of. */
export interface Push {
  readonly ref: string
  readonly before: string
  readonly after: string
  readonly message: string
  readonly actor: string
  readonly at: string
}

/** Where links of a run lead. */
export const SERVER_URL = 'https://github.com'
/** Stands for the commit before the first one. */
export const NO_COMMIT = '0'.repeat(40)

/** The payload of a push with its last commit. */
export function pushPayload(source: PayloadSource, push: Push): Mapping {
  const { ref, before, after, message, at } = push
  const person = { name: push.actor, email: `${push.actor}@users.noreply.github.com` }
  const commit = {
    id: after,
    message,
    timestamp: at,
    url: `${SERVER_URL}/${source.store.repository}/commit/${after}`,
    author: { ...person, username: push.actor },
    committer: { ...person, username: push.actor },
    distinct: true,
  }
  return {
    ref,
    before,
    after,
    created: before === NO_COMMIT,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: `${SERVER_URL}/${source.store.repository}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: [commit],
    head_commit: commit,
    pusher: person,
    ...common(source, push.actor),
  }
}

/** What a pull request payload is made of. */
export interface PullChange {
  readonly action: string
  readonly number: number
  readonly headSha: string
  readonly headBranch: string
  readonly baseSha: string
  readonly baseBranch: string
  readonly mergeSha: string | undefined
  readonly actor: string
}

/** What is known of the pull request, with the commits that the event is about. */
export function pullPayload(source: PayloadSource, change: PullChange): Mapping {
  const { action, number } = change
  const item = source.store.item(number)
  const view = item && viewPull(item, { store: source.store, apiUrl: () => source.apiUrl }, true)
  const known = toJson(view ?? { number, state: 'open', merged: false })
  const head = { sha: change.headSha, ref: change.headBranch }
  const base = { sha: change.baseSha, ref: change.baseBranch }
  const repository = repositoryOf(source)
  return {
    action,
    number,
    pull_request: {
      ...known,
      head: { repo: repository, ...partOf(known['head']), ...head },
      base: { ...partOf(known['base']), repo: repository, ...base },
      merge_commit_sha: change.mergeSha ?? null,
    },
    ...common(source, change.actor),
  }
}

/** The payload of somebody's "Run workflow". */
export function dispatchPayload(
  source: PayloadSource,
  dispatch: {
    readonly ref: string
    readonly path: string
    readonly inputs: Mapping
    readonly actor: string
  }
): Mapping {
  const { ref, path, inputs } = dispatch
  return { ref, workflow: path, inputs, ...common(source, dispatch.actor) }
}

/** The payload of a time that has come. */
export function schedulePayload(source: PayloadSource, cron: string, actor: string): Mapping {
  return { schedule: cron, workflow: null, ...common(source, actor) }
}

function common(source: PayloadSource, login: string): Mapping {
  return { repository: repositoryOf(source), sender: toJson(viewUser(actor(login))) }
}

function repositoryOf({ store, ownerId, defaultBranch, apiUrl }: PayloadSource): Mapping {
  const [owner = '', name = ''] = store.repository.split('/')
  return {
    id: store.repositoryId,
    name,
    full_name: store.repository,
    private: true,
    visibility: 'private',
    fork: false,
    owner: { login: owner, id: Number(ownerId), type: 'Organization' },
    html_url: `${SERVER_URL}/${store.repository}`,
    url: `${apiUrl}/repos/${store.repository}`,
    clone_url: `${SERVER_URL}/${store.repository}.git`,
    default_branch: defaultBranch,
  }
}

function partOf(value: Value | undefined): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Mapping)
    : {}
}

/** What goes through JSON is JSON. */
function toJson(view: unknown): Mapping {
  return JSON.parse(JSON.stringify(view))
}
