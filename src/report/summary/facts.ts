import { codeSpan, counted, grouped } from '../markdown.ts'
import { renderCostLine } from '../sections/cost.ts'
import { encoded, linkTo } from './links.ts'
import type { RolloutStory } from './rollout-story.ts'
import { shortDigest } from './vms.ts'

/** What it was made of and what it left as it was, as a list. */
export function renderFacts(story: RolloutStory): string {
  const facts = [
    ['Release', releaseOf(story)],
    ['Commit', commitOf(story)],
    ['Image', imageOf(story)],
    ['Infrastructure', infrastructureOf(story)],
    ['Cost', costOf(story)],
  ] as const
  return facts.flatMap(([name, text]) => (text === '' ? [] : [`- **${name}** ${text}`])).join('\n')
}

function releaseOf({ release, previousRelease, end }: RolloutStory): string {
  if (release === undefined) return ''
  const before = previousRelease && previousRelease !== release ? previousRelease : ''
  if (end === 'unchanged') return `${codeSpan(release)}, as before`
  if (end !== 'deployed')
    return `${codeSpan(release)}, not kept${before && `; before it ${codeSpan(before)}`}`
  return `${codeSpan(release)}${before && `, before it ${codeSpan(before)}`}`
}

function commitOf({ commit, ref, actor, repositoryUrl }: RolloutStory): string {
  if (commit === '') return ''
  const short = codeSpan(commit.slice(0, 12))
  const link =
    repositoryUrl === '' ? short : linkTo(short, `${repositoryUrl}/commit/${encoded(commit)}`)
  const branch = ref.replace(/^refs\/(?:heads|tags)\//, '')
  const on = branch === '' ? '' : ` on ${codeSpan(branch)}`
  return `${link}${on}${actor === '' ? '' : ` by ${codeSpan(actor)}`}`
}

const ORIGINS = {
  built: 'built by this run',
  known: 'as it was: the same source was built before',
  given: 'as the input `image` names it',
} as const

function imageOf({ image, imageOrigin }: RolloutStory): string {
  if (image === undefined) return ''
  return [codeSpan(shortDigest(image)), ...(imageOrigin ? [ORIGINS[imageOrigin]] : [])].join(', ')
}

function infrastructureOf({ infrastructure, isApplied, spans }: RolloutStory): string {
  if (infrastructure === undefined) return ''
  const { add, change, destroy } = infrastructure
  if (add + change + destroy === 0) return 'as it was'
  const counts = `${grouped(add)} added, ${grouped(change)} changed, ${grouped(destroy)} destroyed`
  if (isApplied) return counts
  // An apply that fails may have done some of it.
  const wasBegun = spans.some(({ name }) => name === 'apply')
  return wasBegun
    ? `${counted(add + change + destroy, 'change')} planned, not all of them applied`
    : `${counted(add + change + destroy, 'change')} planned, not applied`
}

function costOf({ cost }: RolloutStory): string {
  if (cost?.monthlyUsd === undefined) return ''
  const onDemand = cost.monthlyUsdOnDemand
  const instead = onDemand === undefined ? '' : `; without Spot VMs ${onDemand.toFixed(2)}`
  return `${renderCostLine(cost)}${instead} (list prices of ${cost.pricesAsOf})`
}
