import { groupName } from '../../google/compute/group-reference.ts'
import { renderDuration } from '../../lib/duration.ts'
import { codeSpan, counted } from '../markdown.ts'
import { renderFacts } from './facts.ts'
import { renderFailure } from './failure.ts'
import { linkTo, renderLinks } from './links.ts'
import { prose } from './prose.ts'
import type { RolloutEnd, RolloutStory } from './rollout-story.ts'
import { renderTimeline } from './timeline.ts'
import { renderVms } from './vms.ts'

/** Pure: the page of the run about one deploy or rollback, as Markdown; the result comes first. */
export function renderRolloutSummary(story: RolloutStory): string {
  const parts = [
    `## ${renderHeadline(story)}`,
    renderSubline(story),
    renderFailure(story),
    renderFacts(story),
    titled('VMs', renderVms(story.vms)),
    titled('Timeline', renderTimeline(story)),
    titled('Roll back', renderWayBack(story)),
    `<sub>${renderLinks(story)}</sub>`,
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function titled(title: string, text: string): string {
  return text === '' ? '' : `### ${title}\n\n${text}`
}

const SIGNS: Readonly<Record<RolloutEnd, string>> = {
  deployed: '✅',
  unchanged: '✅',
  rolled_back: '❌',
  failed: '❌',
  refused: '❌',
  cancelled: '⚪',
}

function renderHeadline(story: RolloutStory): string {
  return `${SIGNS[story.end]} ${resultOf(story)}`
}

function resultOf(story: RolloutStory): string {
  const { end, kind, release = '', runs: now = '', vms } = story
  const name = codeSpan(groupName(story.group ?? story.name))
  const what = kind === 'deploy' ? 'Deployed' : 'Rolled back'
  const runs = `${name} runs release ${codeSpan(release)}`
  switch (end) {
    case 'deployed':
      return `${what}: ${runs} on ${counted(vms.length, 'VM')}`
    case 'unchanged':
      return `Unchanged: ${runs} already`
    case 'rolled_back':
      return `Failed and taken back: ${name} runs release ${codeSpan(now)} again`
    case 'refused':
      return `Refused: ${name} was left as it is`
    case 'cancelled':
      return `Cancelled: ${codeSpan(story.name)}`
    default:
      return `Failed: ${codeSpan(story.name)}`
  }
}

function renderSubline({ url, startedAtMs, endedAtMs, end }: RolloutStory): string {
  const took = `${end === 'cancelled' ? 'Stopped after' : 'Took'} ${renderDuration(endedAtMs - startedAtMs)}.`
  const isUp = end === 'deployed' || end === 'unchanged'
  return isUp && url !== '' ? `${linkTo(prose(url), url)} · ${took}` : took
}

/** The one dispatch that brings the earlier release back; where the group is as it was there is none. */
function renderWayBack({
  kind,
  end,
  wayBack = '',
  previousRelease = '',
  repositoryUrl,
}: RolloutStory): string {
  if (end !== 'deployed' && end !== 'unchanged') return ''
  if (wayBack !== '') return renderDispatch(repositoryUrl, wayBack)
  if (kind === 'rollback' && previousRelease !== '') {
    return `There is no earlier verified release. To undo this rollback:\n\n${renderDispatch(repositoryUrl, previousRelease)}`
  }
  return 'There is no earlier verified release yet: the next deploy makes this one the way back.'
}

function renderDispatch(repositoryUrl: string, release: string): string {
  const repository = repositoryUrl.split('/').slice(-2).join('/')
  const command = `gh workflow run rollback.yml --repo ${repository} -f release=${release}`
  const page = linkTo('On GitHub', `${repositoryUrl}/actions/workflows/rollback.yml`)
  return `\`\`\`sh\n${command}\n\`\`\`\n\n${page}: *Run workflow*, release ${codeSpan(release)}.`
}
