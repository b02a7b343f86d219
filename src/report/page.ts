import { type Budget, type Fitted, fitGroups } from './budget.ts'
import { codeSpan, counted } from './markdown.ts'
import type { Masker } from './masking/masker.ts'
import type { PlanChanges } from './plan/changes.ts'
import type { PlanReport } from './plan-report.ts'
import { renderCostDetails } from './sections/cost.ts'
import { isDeployRefused } from './sections/leaks.ts'
import { renderLeftOut, type Section, titleOf } from './sections/section.ts'

/** For titles, folds and counts of what is left out, per section. */
const ROOM_PER_SECTION = 250
/** For the remark on what was cut. */
const ROOM_FOR_REMARK = 700

/** What a page tells. */
export interface Story {
  readonly report: PlanReport
  readonly changes: PlanChanges
  readonly masker: Masker
  readonly sections: readonly Section[]
  /** The parts of the one line. */
  readonly headline: readonly string[]
}

/** What it is written on. */
export interface Paper extends Budget {
  /** What the page begins with. */
  readonly start: string
  /** Where everything is that has no room here. */
  readonly whole: string
}

/** The story as Markdown that fits on the paper. */
export function renderPage(story: Story, paper: Paper): string {
  const start = paper.start === '' ? '' : `${paper.start}\n\n`
  if (isQuiet(story)) return `${start}${renderQuietLine(story)}\n`
  const head = `${start}${renderHead(story)}`
  const foot = [renderCost(story), renderFoot(story)].filter(isSaid).join('\n\n')
  const taken = paper.measure(head) + paper.measure(foot)
  const reserved = ROOM_FOR_REMARK + story.sections.length * ROOM_PER_SECTION
  const fitted = fitGroups(story.sections, { ...paper, limit: paper.limit - taken - reserved })
  const parts = [
    head,
    renderRemark(fitted, `[${paper.whole}](${story.report.runUrl})`),
    ...story.sections.map((section, index) => renderSection(section, fitted[index])),
    foot,
  ]
  return `${parts.filter(isSaid).join('\n\n')}\n`
}

function isQuiet({ changes, sections, report }: Story): boolean {
  const isFailed = report.failure !== undefined || changes.isErrored
  return !changes.hasChanges && sections.length === 0 && !isFailed
}

/** The infrastructure stays as it is: one line, and nothing to open. */
function renderQuietLine(story: Story): string {
  const { report, masker, headline } = story
  const why = report.cost?.unreadable === undefined ? '' : renderCost(story)
  const answer = `${codeSpan(masker.mask(report.name))}: ${headline.map(asProse).join(' · ')}.`
  return [answer, renderRollout(report), why, renderFoot(story)].filter(isSaid).join(' ')
}

/** The answer, what is lost, and what happens to the VMs. */
function renderHead({ report, changes, headline, masker }: Story): string {
  const [first = '', ...rest] = headline.map(asProse)
  const answer = [`**${codeSpan(masker.mask(report.name))}: ${first}**`, ...rest].join(' · ')
  const isFailed = report.failure !== undefined || changes.isErrored
  const more = isFailed
    ? [renderLeak(report)]
    : [renderLeak(report), renderAlarm(changes), renderRollout(report)]
  return [answer, ...more].filter(isSaid).join('\n\n')
}

function isSaid(part: string): boolean {
  return part !== ''
}

/** Words of ours stand as they are; should others get between them, they stand as code. */
function asProse(words: string): string {
  return /[^\w\s.,:;+−()/%'-]/.test(words) ? codeSpan(words) : words
}

function renderLeak({ leaks }: PlanReport): string {
  if (!isDeployRefused(leaks)) return ''
  return '> [!CAUTION]\n> A merge would not deploy: the image would hold secrets.'
}

function renderAlarm({ destructive }: PlanChanges): string {
  const replaced = destructive.filter(({ action }) => action === 'replace').length
  const gone = destructive.length - replaced
  const will = [
    ...(gone === 0 ? [] : [`destroys ${counted(gone, 'resource')}`]),
    ...(replaced === 0 ? [] : [`replaces ${counted(replaced, 'resource')}`]),
  ]
  return will.length === 0 ? '' : `> [!CAUTION]\n> This ${will.join(' and ')}.`
}

function renderRollout({ rollout, leaks }: PlanReport): string {
  if (!rollout?.willRoll || rollout.vms === 0 || isDeployRefused(leaks)) return ''
  const { vms, group, steps, strategy, running } = rollout
  const which = `${counted(vms, 'VM')} of ${codeSpan(group)}`
  if (running === undefined) return `On merge, the first release starts on ${which}.`
  const order = strategy === 'surge' ? 'new before old' : 'old before new'
  const how = `in ${counted(steps, 'step')}, ${order}`
  return `On merge, ${which} will be replaced ${how}. Live now: release ${codeSpan(running)}.`
}

function renderCost({ report: { cost, failure }, masker }: Story): string {
  if (!cost || failure) return ''
  const lines = renderCostDetails(cost, (text) => codeSpan(masker.mask(text)))
  if (cost.unreadable !== undefined || lines.length === 0) return lines.join('\n')
  const prices = cost.pricesAsOf === '' ? '' : `, list prices of ${cost.pricesAsOf}`
  return `<details><summary>Cost per month${prices}</summary>\n\n${lines.join('\n')}\n</details>`
}

function renderSection(section: Section, fitted: Fitted | undefined): string {
  if (!fitted) return ''
  const note = section.note === undefined ? '' : `${section.note}\n\n`
  const leftOut = renderLeftOut(fitted.counts[4] ?? 0)
  const body = `${note}${fitted.texts.join('')}${leftOut}`.trim()
  if (section.isFolded) {
    return `<details><summary>${titleOf(section)}</summary>\n\n${body}\n\n</details>`
  }
  return `#### ${titleOf(section)}\n\n${body}`
}

/** Says what was cut, and where it is; empty when nothing was. */
function renderRemark(fitted: readonly Fitted[], whole: string): string {
  const at = (level: number): number =>
    fitted.reduce((sum, { counts }) => sum + (counts[level] ?? 0), 0)
  const [context, excerpts, names, gone] = [at(1), at(2), at(3), at(4)]
  if (context + excerpts + names + gone === 0) return ''
  const cut = [
    ...(context + excerpts === 0 ? [] : ['lines that stay as they are']),
    ...(excerpts === 0 ? [] : [`parts of ${counted(excerpts, 'long change')}`]),
    ...(names === 0 ? [] : [`the details of ${counted(names, 'change')}`]),
    ...(gone === 0 ? [] : [`${counted(gone, 'change')} altogether`]),
  ]
  return `> [!NOTE]\n> Too long to be shown whole. Left out, the least important first: ${cut.join(', ')}. All of it is in the ${whole}.`
}

function renderFoot({ report }: Story): string {
  const { commit, runUrl, terraformVersion, planHash } = report
  const parts = [
    codeSpan(commit.slice(0, 12)),
    `[run](${runUrl})`,
    ...(terraformVersion === '' ? [] : [`terraform ${codeSpan(terraformVersion)}`]),
    ...(planHash === '' ? [] : [`plan ${codeSpan(planHash.slice(0, 12))}`]),
  ]
  return `<sub>${parts.join(' · ')}</sub>`
}
