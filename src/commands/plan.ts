import { join } from 'node:path'
import { type CostReport, estimateCost } from '../cost/report.ts'
import type { Prices } from '../cost/sku.ts'
import { ActionError, describeError } from '../errors.ts'
import type { GitHub } from '../github/github.ts'
import { type NewMarker, renderMarker } from '../github/marker.ts'
import type { PullRequestEvent } from '../github/pull-request-event.ts'
import { subjectName } from '../github/reviewed.ts'
import type { Compute } from '../google/compute.ts'
import type { ObjectStore } from '../google/object-store.ts'
import type { Tree } from '../image/context/tree.ts'
import { guardFindings } from '../image/gate/gate.ts'
import { leaksOf } from '../image/gate/report.ts'
import { type Survey, surveySource } from '../image/survey.ts'
import type { Config } from '../inputs.ts'
import { asRecord, asText } from '../lib/json.ts'
import { Stopwatch } from '../lib/stopwatch.ts'
import type { Clock, Files, Log } from '../ports.ts'
import { buildMasker } from '../report/masking/masker.ts'
import { renderPlanReport } from '../report/plan-comment.ts'
import type { RenderedReport } from '../report/plan-report.ts'
import { TerraformFailure } from '../terraform/failure.ts'
import type { Plan } from '../terraform/plan.ts'
import { type PlanningPorts, planInfrastructure } from '../terraform/planning.ts'
import { digestPlan, markOf, type PlanDigest } from '../terraform/review/changes.ts'
import type { Diagnostic } from '../terraform/ui-stream.ts'
import { isOurs, lookAround, note, type Surroundings } from './plan/surroundings.ts'

export interface PlanPorts extends PlanningPorts {
  readonly tree: Tree
  readonly compute: Compute
  readonly store: ObjectStore
  /** Undefined where the job has no token for GitHub. */
  readonly github: GitHub | undefined
  readonly prices: (signal: AbortSignal) => Promise<Prices>
  /** Told as soon as there is a plan, and again once it was commented. */
  readonly setOutputs: (result: PlanResult) => void
  /** Adds to the page of the run. */
  readonly summarize: (markdown: string) => Promise<void>
  readonly files: Files
  readonly clock: Clock
  readonly log: Log
}

export interface PlanContext {
  /** Undefined on a schedule or by hand: then the plan tells what has drifted. */
  readonly pullRequest: PullRequestEvent | undefined
  readonly run: { readonly runId: number; readonly runAttempt: number }
  readonly commit: string
  readonly runUrl: string
  /** Where the plan stays for further steps: a private folder of the job. */
  readonly reportDirectory: string
  /** Where drift is told: a plan for anything else says nothing about what runs. */
  readonly isOnDefaultBranch: boolean
  /** Values that must not be shown, wherever they stand. */
  readonly secrets: readonly string[]
  readonly signal: AbortSignal
}

export interface PlanResult {
  readonly hasChanges: boolean
  readonly hasDestructiveChanges: boolean
  readonly changes: Plan['counts']
  readonly planHash: string
  readonly monthlyCostUsd: number | undefined
  /** Empty without a comment or an issue. */
  readonly commentUrl: string
  /** Undefined in a pull request. */
  readonly hasDrift: boolean | undefined
  readonly paths: { readonly plan: string; readonly json: string; readonly markdown: string }
}

/** A pull request: what a merge would change, in one comment. Elsewhere: what has drifted. */
export async function plan(config: Config, ports: PlanPorts, context: PlanContext): Promise<void> {
  const story = { config, ports, context, startedAtMs: ports.clock.now() }
  // A plan that fails does not wait for what it would have cost.
  const pricing = ports.prices(context.signal)
  pricing.catch(() => undefined)
  const surveying = survey(story)
  // Asked for below, unless planning is cancelled before.
  surveying.catch(() => undefined)
  const planned = await ports.log.group('Planning the infrastructure', () => planOrFailure(story))
  const surveyed = await surveying
  if (planned instanceof ActionError) {
    const findings = { failure: planned, ...surveyed }
    const told = publish(story, report(story, findings), { hasDrift: undefined })
    await told.catch((error: unknown) => ports.log.warning(describeError(error)))
    throw planned
  }
  const scene = { ...story, survey: surveyed.survey }
  const [{ rollout, notes }, prices] = await Promise.all([lookAround(scene, planned), pricing])
  const cost = estimateCost(planned.json, prices)
  const digest = digestPlan(planned.json)
  const around = { rollout, notes: [...notes, ...surveyed.notes] }
  const rendered = report(story, { ...surveyed, ...around, plan: planned, digest, cost })
  const hasDrift = context.pullRequest ? undefined : planned.hasChanges
  const result: PlanResult = {
    hasChanges: planned.hasChanges,
    hasDestructiveChanges: digest.changes.some(({ isDestructive }) => isDestructive),
    changes: planned.counts,
    planHash: digest.planHash,
    monthlyCostUsd: cost.monthlyUsd,
    commentUrl: '',
    hasDrift,
    paths: await keep(story, planned, rendered),
  }
  // A comment that is refused must not take the plan away from the steps that come after.
  ports.setOutputs(result)
  const commentUrl = await publish(story, rendered, { hasDrift })
  ports.setOutputs({ ...result, commentUrl })
  // Only now: whoever has to mend it finds it in the comment.
  guardFindings(config.secretScan, surveyed.survey?.findings ?? [], 'context', ports.log)
}

/** Lets the comment of a pull request say that it was merged or closed. */
export async function endPlan(
  config: Config,
  { github, log }: Pick<PlanPorts, 'github' | 'log'>,
  { number, state }: PullRequestEvent
): Promise<void> {
  if (!config.comment) return
  const subject = { kind: 'plan', name: subjectName(config) } as const
  const isThere = await github?.closeComment(number, subject)
  log.info(
    isThere
      ? `The plan comment of pull request #${number} says now that it is ${state}.`
      : `Pull request #${number} has no plan comment of ours.`
  )
}

interface Story {
  readonly config: Config
  readonly ports: PlanPorts
  readonly context: PlanContext
  readonly startedAtMs: number
}

async function planOrFailure({ ports, context }: Story): Promise<Plan | ActionError> {
  try {
    // A pull request may only read, and must not stand in the way of a deploy.
    const options = { signal: context.signal, isLocked: false }
    return (await planInfrastructure(ports, new Stopwatch(ports.clock), options)).plan
  } catch (error) {
    if (isOurs(error)) return error
    throw error
  }
}

interface Surveyed {
  readonly survey: Survey | undefined
  readonly notes: readonly Diagnostic[]
}

/** It needs no Docker, and a key is better found before it is merged. */
async function survey({ config, ports, context }: Story): Promise<Surveyed> {
  if (context.pullRequest === undefined || config.image !== undefined)
    return { survey: undefined, notes: [] }
  try {
    return { survey: await surveySource(ports, config, context.signal), notes: [] }
  } catch (error) {
    // The plan is worth being seen whatever the deploy will say to this.
    if (isOurs(error)) return { survey: undefined, notes: [note('warning', error)] }
    throw error
  }
}

interface Findings extends Partial<Surroundings> {
  readonly survey?: Survey | undefined
  readonly plan?: Plan
  readonly digest?: PlanDigest
  readonly failure?: ActionError
  readonly cost?: CostReport
}

/** Of a plan that failed. */
const NO_PLAN: PlanDigest = { changes: [], planHash: '' }

function report({ config, context }: Story, findings: Findings): RenderedReport {
  const { plan: planned, digest, failure, cost, rollout, survey: surveyed, notes = [] } = findings
  const { changes, planHash } = digest ?? NO_PLAN
  const { pullRequest, run, runUrl, secrets } = context
  const commit = pullRequest?.headSha ?? context.commit
  const known = { secrets, sensitiveVariables: [] }
  const masker = buildMasker(planned?.json, known)
  const marker: NewMarker = {
    kind: pullRequest ? 'plan' : 'drift',
    name: subjectName(config),
    ...run,
    commit,
    planHash,
    // A key of for_each may hold a secret; what is hidden here cannot be compared, and is refused.
    destructive: changes
      .filter(({ isDestructive }) => isDestructive)
      .map(({ action, address }) => ({ action, address: masker.maskAddress(address) })),
    changes: changes.map(markOf),
  }
  const parts = {
    name: `${config.projectId}/${config.name}`,
    plan: planned?.json,
    failure: failure && { diagnostics: diagnosticsOf(failure) },
    warnings: [...notes, ...(planned?.warnings ?? [])],
    terraformVersion: asText(asRecord(planned?.json)['terraform_version']),
    planHash,
    commit,
    runUrl,
    rollout,
    cost,
    leaks: surveyed && leaksOf(surveyed.findings, config.secretScan),
    ...known,
    marker: renderMarker(marker),
  }
  return renderPlanReport(parts, masker)
}

/** Terraform's own, with their places, and what to do next. */
function diagnosticsOf(failure: ActionError): readonly Diagnostic[] {
  if (!(failure instanceof TerraformFailure)) return [note('error', failure)]
  const { diagnostics, hint } = failure
  const next: Diagnostic = {
    ...note('warning', failure),
    summary: 'What to do next',
    detail: hint ?? '',
  }
  return hint === undefined ? diagnostics : [...diagnostics, next]
}

/** For further steps of the job. Plan and JSON hold every value, sensitive ones too. */
async function keep(
  { ports, context }: Story,
  planned: Plan,
  rendered: RenderedReport
): Promise<PlanResult['paths']> {
  const [json, markdown] = ['plan.json', 'plan.md'].map((name) =>
    join(context.reportDirectory, name)
  )
  const paths = { plan: planned.path, json: json ?? '', markdown: markdown ?? '' }
  await Promise.all([
    ports.files.writePrivate(paths.json, JSON.stringify(planned.json)),
    ports.files.writePrivate(paths.markdown, rendered.summary),
  ])
  return paths
}

/** @returns the URL of the comment or issue; empty where there is none */
async function publish(
  story: Story,
  rendered: RenderedReport,
  { hasDrift }: { readonly hasDrift: boolean | undefined }
): Promise<string> {
  const { config, ports, context, startedAtMs } = story
  const { github, log } = ports
  await log.group('The plan', async () => log.info(rendered.log))
  await ports.summarize(rendered.summary)
  const body = rendered.comment
  if (context.pullRequest) {
    if (!config.comment || !github) return ''
    const { number } = context.pullRequest
    const { url, shows } = await github.upsertComment({ pullRequest: number, body, startedAtMs })
    if (shows === 'ours') log.info(`Commented: ${url}`)
    else log.info(url === '' ? 'Merged already, without a plan.' : `Left as it is: ${url}`)
    return url
  }
  if (!config.driftIssue || !github || hasDrift === undefined) return ''
  if (!context.isOnDefaultBranch) {
    log.info('The issue about drift is left to the default branch.')
    return ''
  }
  const subject = { kind: 'drift', name: subjectName(config) } as const
  if (!hasDrift) {
    await github.closeIssue(subject, DRIFT_LABEL)
    return ''
  }
  const title = `The infrastructure of ${config.name} has drifted`
  return (await github.upsertIssue({ title, label: DRIFT_LABEL, body, startedAtMs })).url
}

const DRIFT_LABEL = 'drift'
