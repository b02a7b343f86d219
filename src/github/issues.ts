import { asRecord, asText } from '../lib/json.ts'
import type { GitHubClient } from './api/client.ts'
import { type Settled, type Shelf, settle } from './sticky/settle.ts'
import { readSightings, type Subject } from './sticky/sightings.ts'
import type { Wanted } from './sticky/step.ts'

const PERMISSION = 'issues: write'
const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}'
const ISSUES = '/repos/{owner}/{repo}/issues'

export interface IssueText {
  readonly subject: Subject
  readonly title: string
  /** Made where it does not exist; by it the issue is found again. */
  readonly label: string
}

/** Keeps one open issue of the subject up to date, or makes it. One that somebody closed stays closed. */
export function settleIssue(
  client: GitHubClient,
  text: IssueText,
  wanted: Wanted
): Promise<Settled> {
  return settle(client, issueShelf(client, text), wanted)
}

/** Closes every open issue of the subject. @returns how many there were */
export async function closeIssues(
  client: GitHubClient,
  { subject, label }: Pick<IssueText, 'subject' | 'label'>
): Promise<number> {
  const open = await listOpen(client, { subject, label })
  for (const { id } of open) await close(client, id, 'completed')
  return open.length
}

function issueShelf(client: GitHubClient, { subject, title, label }: IssueText): Shelf {
  const purpose = `write the issue "${title}"`
  const write = async (route: string, parameters: Readonly<Record<string, unknown>>) => {
    const request = { route, parameters, purpose, permission: PERMISSION }
    return asText(asRecord((await client.requestOnce(request)).data)['html_url'])
  }
  return {
    purpose,
    look: async () => ({
      seen: await listOpen(client, { subject, label }),
      finish: (body) => body,
    }),
    create: (body) => write(`POST ${ISSUES}`, { title, body, labels: [label] }),
    update: async (id, body) => {
      await write(`PATCH ${ISSUE}`, { issue_number: id, title, body })
      return true
    },
    remove: (id) => close(client, id, 'not_planned'),
  }
}

async function listOpen(
  client: GitHubClient,
  { subject, label }: Pick<IssueText, 'subject' | 'label'>
) {
  const [login, issues] = await Promise.all([
    client.ownLogin(),
    client.readAll({
      route: `GET ${ISSUES}`,
      parameters: { state: 'open', labels: label },
      purpose: `look for an open issue with the label ${label}`,
      permission: PERMISSION,
    }),
  ])
  // GitHub lists pull requests among the issues.
  const proper = issues.filter((issue) => !('pull_request' in asRecord(issue)))
  return readSightings(proper, subject, login)
}

async function close(
  client: GitHubClient,
  number: number,
  reason: 'completed' | 'not_planned'
): Promise<void> {
  await client.request({
    route: `PATCH ${ISSUE}`,
    parameters: { issue_number: number, state: 'closed', state_reason: reason },
    purpose: `close issue #${number}`,
    permission: PERMISSION,
  })
}
