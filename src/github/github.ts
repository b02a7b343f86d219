import { asRecord } from '../lib/json.ts'
import { GitHubClient, type GitHubOptions, type GitHubPorts } from './api/client.ts'
import { listOwnComments, settleComment, wasEditedByOthers } from './comments.ts'
import { closeIssues, settleIssue } from './issues.ts'
import { type Marker, parseMarker } from './marker.ts'
import {
  fetchPullRequest,
  findMergedPullRequest,
  listChangedFiles,
  type PullRequest,
} from './pull-requests.ts'
import { isNewer } from './sticky/generation.ts'
import type { Settled } from './sticky/settle.ts'
import { readSightings, type Subject } from './sticky/sightings.ts'
import type { Wanted } from './sticky/step.ts'

export interface OwnComment {
  readonly id: number
  readonly url: string
  readonly body: string
  readonly marker: Marker
  /** Somebody else changed it after us: what it says may not be what we said. */
  readonly wasEdited: boolean
}

export interface Written {
  readonly url: string
  /** `newer`: a later run had been there, and its words were left alone. */
  readonly shows: 'ours' | 'newer'
}

export interface TextToKeep {
  /** Starts with the line of `renderMarker`, which says who and when we are. */
  readonly body: string
  /** When this attempt began: a text that has not been touched since is older than ours. */
  readonly startedAtMs: number
}

export interface CommentToKeep extends TextToKeep {
  readonly pullRequest: number
}

export interface IssueToKeep extends TextToKeep {
  readonly title: string
  readonly label: string
}

/** What a deployment wants of GitHub, for one repository, as the owner of one token. */
export class GitHub {
  readonly #client: GitHubClient

  constructor(ports: GitHubPorts, options: GitHubOptions) {
    this.#client = new GitHubClient(ports, options)
  }

  /**
   * Leaves one comment that shows the latest run: updated in place, made again where somebody
   * deleted it, with a note where the pull request is over.
   */
  async upsertComment({ pullRequest, ...text }: CommentToKeep): Promise<Written> {
    const { marker, wanted } = read(text)
    const where = { pullRequest, subject: marker }
    return toWritten(await settleComment(this.#client, where, wanted))
  }

  /** Lets the comment say that its pull request is over (or open again). @returns whether there is one */
  async closeComment(pullRequest: number, subject: Subject): Promise<boolean> {
    const { shows } = await settleComment(this.#client, { pullRequest, subject }, undefined)
    return shows !== 'nothing'
  }

  /** Our comment about the subject; should there be several, that of the latest run. */
  async findOwnComment(pullRequest: number, subject: Subject): Promise<OwnComment | undefined> {
    const comments = await listOwnComments(this.#client, pullRequest, subject)
    const login = await this.#client.ownLogin()
    const sightings = readSightings(comments, subject, login)
    const sighting = sightings.toSorted((a, b) => (isNewer(a.generation, b.generation) ? -1 : 1))[0]
    const comment = comments.find((one) => asRecord(one)['id'] === sighting?.id)
    const marker = sighting && parseMarker(sighting.body)
    if (!sighting || !marker) return undefined
    const wasEdited = await wasEditedByOthers(this.#client, comment, login)
    const { id, url, body } = sighting
    return { id, url, body, marker, wasEdited }
  }

  fetchPullRequest(number: number): Promise<PullRequest> {
    return fetchPullRequest(this.#client, number)
  }

  /** Undefined where there are more than GitHub lists. */
  changedFiles(pullRequest: number): Promise<readonly string[] | undefined> {
    return listChangedFiles(this.#client, pullRequest)
  }

  /** Undefined for a direct push, which nobody has reviewed. */
  mergedPullRequestOf(commit: string): Promise<PullRequest | undefined> {
    return findMergedPullRequest(this.#client, commit)
  }

  /** Leaves one open issue that shows the latest run. */
  async upsertIssue({ title, label, ...text }: IssueToKeep): Promise<Written> {
    const { marker, wanted } = read(text)
    return toWritten(await settleIssue(this.#client, { subject: marker, title, label }, wanted))
  }

  /** Closes what `upsertIssue` left open. @returns how many issues that were */
  closeIssue(subject: Subject, label: string): Promise<number> {
    return closeIssues(this.#client, { subject, label })
  }
}

function toWritten({ url, shows }: Settled): Written {
  return { url, shows: shows === 'ours' ? 'ours' : 'newer' }
}

function read({ body, startedAtMs }: TextToKeep): { marker: Marker; wanted: Wanted } {
  const marker = parseMarker(body)
  // A mistake of ours, and not of anybody who could mend it.
  if (!marker) throw new Error('A text without a marker would never be found again.')
  return { marker, wanted: { body, generation: marker, startedAtMs } }
}
