import type { LogLine } from '../../runner/log-lines.ts'
import { type Html, html } from '../markup/html.ts'
import { renderMarkdown } from '../markup/markdown.ts'
import type { JobState, RunState, StepState } from '../state/runs.ts'
import { badge, inWords, nothing, since, spent, timeOfDay, toneOf } from './words.ts'

const SHOWN = 20
const SHOWN_LINES = 2_000

/** The runs of the repository's workflows; a step's log is fetched when somebody opens it. */
export function renderRuns(runs: readonly RunState[]): Html {
  if (runs.length === 0) return nothing('No workflow has run.')
  return html`<ol class="runs">${runs.slice(0, SHOWN).map(renderRun)}</ol>`
}

/** The summary of the newest run that wrote one; what a pull request's run says stands there. */
export function renderSummary(runs: readonly RunState[]): Html {
  const written = runs.filter(({ summary }) => summary !== '')
  const run = written.find(({ event }) => event !== 'pull_request') ?? written[0]
  if (!run) return nothing('No run has written a summary.')
  return html`<p class="muted">${run.name} #${run.number} · ${run.title}</p>
<div class="markdown">${renderMarkdown(run.summary)}</div>`
}

function mark(status: string, conclusion: string | undefined): Html {
  const word = conclusion ?? status
  const sign = { success: '✓', failure: '✕', cancelled: '⊘', skipped: '–' }[word] ?? '●'
  return html`<span class="mark ${toneOf(word)}" role="img" aria-label="${inWords(word)}">${sign}</span>`
}

function renderRun(run: RunState): Html {
  const { id, name, title, event, branch, sha, actor, errors, jobs, summary } = run
  const times = jobs.flatMap(({ steps }) => steps)
  const endedAtMs = Math.max(run.createdAtMs, ...times.map((step) => step.endedAtMs ?? 0))
  const took =
    run.status === 'completed' ? spent(run.createdAtMs, endedAtMs) : since(run.createdAtMs)
  return html`<li data-key="run-${id}"><details data-key="details">
<summary class="opener">${mark(run.status, run.conclusion)}<span class="grow"><b>${name}</b> ${title}
<small class="muted">${event} · ${branch} · <code>${sha.slice(0, 7)}</code> · ${actor} · ${timeOfDay(run.createdAtMs)}</small></span>
<span class="muted">${took}</span></summary>
${errors.map((error) => html`<p class="reason">${error}</p>`)}
${jobs.map((job) => renderJob(job, id))}
${summary !== '' && html`<details class="fold" data-key="summary"><summary>Summary</summary><div class="markdown">${renderMarkdown(summary)}</div></details>`}
</details></li>`
}

function renderJob({ id, name, status, conclusion, steps, ...job }: JobState, run: number): Html {
  return html`<section class="job" data-key="job-${id}"><h4>${mark(status, conclusion)} ${name}
${job.environment !== undefined && badge('quiet', job.environment)}
${/^https?:/.test(job.environmentUrl) && html`<a href="${job.environmentUrl}" target="_blank" rel="noopener noreferrer">${job.environmentUrl}</a>`}</h4>
<ol class="steps">${steps.map((step) => renderStep(step, { run, job: id }))}</ol></section>`
}

function renderStep(
  step: StepState,
  { run, job }: { readonly run: number; readonly job: number }
): Html {
  const { number, name, status, conclusion, startedAtMs, endedAtMs, lines, annotations } = step
  const log = `/emulator/console/runs/${run}/jobs/${job}/steps/${number}/log`
  const head = html`${mark(status, conclusion)}<span class="grow">${name}</span>
<span class="muted">${conclusion !== 'skipped' && spent(startedAtMs, endedAtMs)}</span>`
  return html`<li data-key="step-${number}">${
    lines === 0
      ? html`<div class="step">${head}</div>`
      : html`<details data-key="log" data-log="${log}" data-lines="${lines}"><summary class="opener step">${head}</summary><div class="log" data-island tabindex="0" aria-label="log of ${name}"></div></details>`
  }${annotations.map(({ level, text }) => html`<p class="annotation ${level}">${text}</p>`)}</li>`
}

/** A step's log for people: what only a debugger wants is left out. */
export function renderLog(log: readonly LogLine[]): Html {
  const shown = log.slice(-SHOWN_LINES)
  const left = log.length - shown.length
  return html`${left > 0 && html`<div class="muted">${left} earlier lines are not shown</div>`}${shown.map(renderLine)}`
}

function renderLine(line: LogLine): Html {
  if (line.kind === 'group') return html`<div class="title">${line.title}</div>`
  if (line.kind === 'text') return html`<div>${line.text || ' '}</div>`
  if (line.kind === 'annotation')
    return html`<div class="${line.level}">${line.level}: ${line.text}</div>`
  return html``
}
