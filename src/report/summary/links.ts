import { groupName } from '../../google/compute/group-reference.ts'
import { oneLine } from '../markdown.ts'
import type { RolloutStory } from './rollout-story.ts'

/** VMs that the link to the logs asks for by name; an address has its limits. */
const MOST_VMS = 20
const CONSOLE = 'https://console.cloud.google.com'

/** Where to look further, as one line of links. */
export function renderLinks(story: RolloutStory): string {
  const links = [
    ['Run', story.runUrl],
    ['Instance group', groupUrl(story)],
    ['Logs of the VMs', logsUrl(story)],
    ['Deployments', deploymentsUrl(story)],
  ] as const
  return links.flatMap(([text, url]) => (url === undefined ? [] : [linkTo(text, url)])).join(' · ')
}

/** `text` is ours; the address is encoded so far that it cannot end before its end. */
export function linkTo(text: string, url: string): string {
  const safe = oneLine(url).replace(/[^!-~]|[<>()[\]`|\\]/gu, encodeSign)
  return `[${text}](${safe})`
}

function encodeSign(sign: string): string {
  if (sign === '(') return '%28'
  return sign === ')' ? '%29' : encodeURIComponent(sign)
}

function groupUrl({ group, projectId, region }: RolloutStory): string | undefined {
  if (group === undefined) return undefined
  const [, place = region] = /\/(?:zones|regions)\/([^/]+)\//.exec(group) ?? []
  const path = [place, groupName(group)].map(encoded).join('/')
  return `${CONSOLE}/compute/instanceGroups/details/${path}?project=${encoded(projectId)}`
}

// Any field may hold the name: which one does depends on the agent that wrote the line.
function logsUrl({ vms, projectId }: RolloutStory): string | undefined {
  if (vms.length === 0) return undefined
  const names = vms.slice(0, MOST_VMS).map(({ name }) => JSON.stringify(name))
  const query = `resource.type="gce_instance"\n(${names.join(' OR ')})`
  return `${CONSOLE}/logs/query;query=${encodeURIComponent(query)}?project=${encoded(projectId)}`
}

function deploymentsUrl({ repositoryUrl, environment }: RolloutStory): string | undefined {
  if (repositoryUrl === '' || environment === undefined) return undefined
  return `${repositoryUrl}/deployments/${encoded(environment)}`
}

/** Half a character, which has no place in an address, is written out. */
export function encoded(text: string): string {
  return encodeURIComponent(oneLine(text))
}
