import { asRecord, asText } from '../lib/json.ts'
import type { GitHubClient } from './api/client.ts'
import { markClosed, parseMarker } from './marker.ts'
import { fetchPullRequest, type PullRequest } from './pull-requests.ts'
import { type Settled, type Shelf, settle } from './sticky/settle.ts'
import { readSightings, type Subject } from './sticky/sightings.ts'
import type { Wanted } from './sticky/step.ts'

const PERMISSION = 'pull-requests: write'
/** Whoever deleted it: the next look tells what that means. */
const GONE: readonly number[] = [404, 410]
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}'
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments'

/** Brings the one comment of the subject in order; without `wanted` only what is there already. */
export function settleComment(
  client: GitHubClient,
  { pullRequest, subject }: { readonly pullRequest: number; readonly subject: Subject },
  wanted: Wanted | undefined
): Promise<Settled> {
  return settle(client, commentShelf(client, pullRequest, subject), wanted)
}

/** Our comments of a subject on a pull request, as GitHub lists them. */
export async function listOwnComments(
  client: GitHubClient,
  pullRequest: number,
  subject: Subject
): Promise<readonly unknown[]> {
  const [login, comments] = await Promise.all([
    client.ownLogin(),
    client.readAll({
      route: `GET ${COMMENTS}`,
      parameters: { issue_number: pullRequest },
      purpose: `read the comments of pull request #${pullRequest}`,
      permission: PERMISSION,
    }),
  ])
  return comments.filter((comment) => readSightings([comment], subject, login).length > 0)
}

function commentShelf(client: GitHubClient, number: number, subject: Subject): Shelf {
  const purpose = `write the comment on pull request #${number}`
  const write = (route: string, parameters: Readonly<Record<string, unknown>>) =>
    client.requestOnce({ route, parameters, accept: GONE, purpose, permission: PERMISSION })
  return {
    purpose,
    look: async () => {
      const [pullRequest, comments, login] = await Promise.all([
        fetchPullRequest(client, number),
        listOwnComments(client, number, subject),
        client.ownLogin(),
      ])
      return {
        seen: readSightings(comments, subject, login),
        head: pullRequest.headSha,
        isOver: pullRequest.state === 'merged',
        finish: (body) => renderNote(body, pullRequest),
      }
    },
    create: async (body) => {
      const route = `POST ${COMMENTS}`
      const parameters = { issue_number: number, body }
      const answer = await client.requestOnce({
        route,
        parameters,
        purpose,
        permission: PERMISSION,
      })
      return asText(asRecord(answer.data)['html_url'])
    },
    update: async (id, body) => {
      const { status } = await write(`PATCH ${COMMENT}`, { comment_id: id, body })
      return !GONE.includes(status)
    },
    remove: async (id) => {
      await write(`DELETE ${COMMENT}`, { comment_id: id })
    },
  }
}

/**
 * Pure: below its marker the comment says when its pull request is over, or has moved on to another
 * commit than the one that is shown; else it says nothing there.
 */
export function renderNote(body: string, pullRequest: PullRequest): string {
  const marker = parseMarker(body)
  if (!marker) return body
  const [, first = '', rest = ''] = PARTS.exec(body) ?? []
  const { state } = pullRequest
  const words = noteOf(marker.commit, pullRequest)
  const line = markClosed(first, state === 'open' ? undefined : state)
  if (words === '') return rest === '' ? line : `${line}\n${rest}`
  return `${line}\n> ${words} ${NOTE}\n\n${rest.trimStart()}`
}

const NOTE = '<!-- deploy-spot-mig:note -->'
/** The marker's line, a note that may follow it, and all the rest. */
const PARTS = /^([^\r\n]*)(?:\r?\n> [^\r\n]* <!-- deploy-spot-mig:note -->)?(?:\r?\n)?(.*)$/s

function noteOf(shown: string, pullRequest: PullRequest): string {
  const { state, headSha, mergeCommit, mergedBy, baseRef } = pullRequest
  const short = (sha: string): string => sha.slice(0, 12)
  const by = mergedBy === '' ? '' : ` by ${mergedBy}`
  if (state === 'merged')
    return `**Merged** into ${asCode(baseRef)} as ${short(mergeCommit)}${by}: the deploy of that commit makes a plan of its own.`
  if (state === 'closed') return '**Closed without merging**: nothing of this plan is applied.'
  if (shown === headSha) return ''
  return `**Outdated**: this is the plan of ${short(shown)}, and the branch is at ${short(headSha)} now.`
}

// A branch may be called almost anything.
function asCode(ref: string): string {
  return `\`${ref.replaceAll('`', "'")}\``
}

/** Whether somebody else than `login` had the last hand on a comment: people with write access may edit it. */
export async function wasEditedByOthers(
  client: GitHubClient,
  comment: unknown,
  login: string
): Promise<boolean> {
  const { data } = await client.request({
    route: 'POST /graphql',
    parameters: { query: EDITOR_QUERY, variables: { id: asText(asRecord(comment)['node_id']) } },
    purpose: 'find out who changed the comment with the plan',
    permission: 'pull-requests: read',
  })
  const node = asRecord(asRecord(asRecord(data)['data'])['node'])
  if (node['editor'] === null) return false
  const editor = asRecord(node['editor'])
  // Here an app has no "[bot]" behind its login, as it has everywhere else.
  const suffix = editor['__typename'] === 'Bot' ? '[bot]' : ''
  return `${asText(editor['login'])}${suffix}`.toLowerCase() !== login.toLowerCase()
}

const EDITOR_QUERY =
  'query ($id: ID!) { node(id: $id) { ... on IssueComment { editor { __typename login } } } }'
