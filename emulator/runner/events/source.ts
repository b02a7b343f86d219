import type { Mapping } from '../expressions/values.ts'
import type { Repository } from '../repository/git.ts'
import type { TriggeringEvent } from './event.ts'
import {
  dispatchPayload,
  NO_COMMIT,
  type PayloadSource,
  pullPayload,
  pushPayload,
  schedulePayload,
} from './payloads.ts'

/** Commits that have come to a branch. */
export interface PushOptions {
  readonly branch: string
  readonly sha: string
  readonly actor: string
}

/** Something that has happened to a pull request. */
export interface PullRequestOptions {
  /** `opened`, `synchronize`, `closed` … */
  readonly action: string
  readonly number: number
  readonly headSha: string
  readonly headBranch: string
  readonly baseBranch: string
  readonly actor: string
  /** Of a merged one the commit that it became; made here when it is left out. */
  readonly mergeSha?: string
}

/** An event with what the path filters of `on` ask. */
export interface Happening {
  readonly event: TriggeringEvent
  readonly changedFiles: readonly string[]
}

/** Makes events as GitHub makes them of what happens in a repository. */
export class EventSource {
  readonly #repository: Repository
  readonly #payloads: PayloadSource
  /** Where each branch was after the last push. */
  readonly #tips = new Map<string, string>()

  constructor(repository: Repository, payloads: PayloadSource) {
    this.#repository = repository
    this.#payloads = payloads
  }

  async push({ branch, sha, actor }: PushOptions): Promise<Happening> {
    const before = this.#tips.get(branch) ?? (await this.#repository.parentOf(sha))
    this.#tips.set(branch, sha)
    const ref = `refs/heads/${branch}`
    const message = await this.#repository.messageOf(sha)
    const at = new Date().toISOString()
    const what = { ref, before: before ?? NO_COMMIT, after: sha, message, actor, at }
    const payload = pushPayload(this.#payloads, what)
    return {
      event: { ...onBranch(branch, sha, actor), name: 'push', title: firstLine(message), payload },
      changedFiles: await this.#repository.changedFiles(before, sha),
    }
  }

  /** Undefined while the pull request cannot be merged: GitHub runs nothing then. */
  async pullRequest(options: PullRequestOptions): Promise<Happening | undefined> {
    const { action, number, headSha, headBranch, baseBranch, actor } = options
    const { store } = this.#payloads
    const item = store.item(number)
    const isMerged = action === 'closed' && item?.pull?.mergedAt !== undefined
    const baseSha = await this.#repository.resolve(`refs/heads/${baseBranch}`)
    const ref = isMerged ? `refs/heads/${baseBranch}` : `refs/pull/${number}/merge`
    const message = `Merge ${headSha} into ${baseSha}`
    const merge = options.mergeSha ?? (await this.#repository.merge(baseSha, headSha, message))
    const sha = isMerged ? (merge ?? baseSha) : merge
    if (sha === undefined) return undefined
    if (!isMerged) await this.#repository.setRef(ref, sha)
    const pull = {
      action,
      number,
      headSha,
      headBranch,
      baseSha,
      baseBranch,
      mergeSha: merge,
      actor,
    }
    const isFromFork = (item?.pull?.headRepository ?? store.repository) !== store.repository
    return {
      event: {
        name: 'pull_request',
        ref,
        sha,
        branch: headBranch,
        headSha,
        headRef: headBranch,
        baseRef: baseBranch,
        actor,
        title: item?.title ?? firstLine(await this.#repository.messageOf(headSha)),
        payload: pullPayload(this.#payloads, pull),
        isFromFork,
        inputs: {},
      },
      changedFiles: isMerged ? [] : await this.#repository.changedFiles(baseSha, headSha, true),
    }
  }

  async dispatch(options: {
    readonly branch: string
    readonly path: string
    readonly actor: string
    /** In the types of the file. */
    readonly inputs: Mapping
    readonly sha: string
  }): Promise<TriggeringEvent> {
    const { branch, path, actor, inputs, sha } = options
    const ref = `refs/heads/${branch}`
    // The payload has them as the form sends them: texts.
    const texts = Object.entries(inputs).map(([name, value]) => [name, String(value)] as const)
    const said = { ref, path, inputs: Object.fromEntries(texts), actor }
    const payload = dispatchPayload(this.#payloads, said)
    return {
      ...onBranch(branch, sha, actor),
      name: 'workflow_dispatch',
      title: '',
      payload,
      inputs,
    }
  }

  async schedule(branch: string, cron: string): Promise<TriggeringEvent> {
    const sha = await this.#repository.resolve(`refs/heads/${branch}`)
    const [actor = ''] = this.#payloads.store.repository.split('/')
    const payload = schedulePayload(this.#payloads, cron, actor)
    return { ...onBranch(branch, sha, actor), name: 'schedule', title: '', payload }
  }
}

function onBranch(branch: string, sha: string, actor: string) {
  const ref = `refs/heads/${branch}`
  const none = { headRef: '', baseRef: '', isFromFork: false, inputs: {} }
  return { ref, sha, branch, headSha: sha, actor, ...none }
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? ''
}
