import { join } from 'node:path'
import { type CostReport, estimateCost } from '../cost/report.ts'
import type { Prices } from '../cost/sku.ts'
import type { GitHub } from '../github/github.ts'
import { type NewMarker, renderMarker } from '../github/marker.ts'
import type { PullRequestEvent } from '../github/pull-request-event.ts'
import { groupName } from '../google/compute/group-reference.ts'
import type { Compute } from '../google/compute.ts'
import type { ObjectStore } from '../google/object-store.ts'
import type { Config } from '../inputs.ts'
import { asRecord, asText } from '../lib/json.ts'
import { Stopwatch } from '../lib/stopwatch.ts'
import { together } from '../lib/together.ts'
import type { Clock, Files, Log } from '../ports.ts'
import {
  changedFilesBelow,
  hasGroup,
  previewRollout,
  type RolloutPreview,
  type RunningRelease,
  readRunning,
} from '../release/preview.ts'
import { buildMasker } from '../report/masking/masker.ts'
import { renderPlanReport } from '../report/plan-comment.ts'
import type { RenderedReport } from '../report/plan-report.ts'
import { TerraformFailure } from '../terraform/failure.ts'
import type { Plan } from '../terraform/plan.ts'
import { type PlanningPorts, planInfrastructure } from '../terraform/planning.ts'
import { markOf, planHash, reviewedChanges } from '../terraform/review/changes.ts'
import { findStateLock } from '../terraform/state-lock.ts'
import type { Diagnostic } from '../terraform/ui-stream.ts'

export interface PlanPorts extends PlanningPorts {
  readonly compute: Compute
  readonly store: ObjectStore
  /** Undefined where the job has no token for GitHub. */
  readonly github: GitHub | undefined
  readonly prices: (signal: AbortSignal) => Promise<Prices>
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
export async function plan(
  config: Config,
  ports: PlanPorts,
  context: PlanContext
): Promise<PlanResult> {
  const story = { config, ports, context, startedAtMs: ports.clock.now() }
  const [planned, prices] = await ports.log.group('Planning the infrastructure', () =>
    together(
      context.signal,
      (signal) => planOrFailure(story, signal),
      (signal) => ports.prices(signal)
    )
  )
  if (planned instanceof TerraformFailure) {
    await publish(story, report(story, { failure: planned }), { hasDrift: undefined })
    throw planned
  }
  const surroundings = await lookAround(story, planned)
  const cost = estimateCost(planned.json, prices)
  const rendered = report(story, { plan: planned, cost, ...surroundings })
  const paths = await keep(story, planned, rendered)
  const hasDrift = context.pullRequest ? undefined : planned.hasChanges
  const commentUrl = await publish(story, rendered, { hasDrift })
  return {
    hasChanges: planned.hasChanges,
    hasDestructiveChanges: reviewedChanges(planned.json).some(({ isDestructive }) => isDestructive),
    changes: planned.counts,
    planHash: planHash(planned.json),
    monthlyCostUsd: cost.monthlyUsd,
    commentUrl,
    hasDrift,
    paths,
  }
}

/** Lets the comment of a pull request say that it was merged or closed. */
export async function endPlan(
  { name }: Config,
  { github, log }: Pick<PlanPorts, 'github' | 'log'>,
  { number, state }: PullRequestEvent
): Promise<void> {
  const isThere = await github?.closeComment(number, { kind: 'plan', name })
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

async function planOrFailure(
  { ports }: Story,
  signal: AbortSignal
): Promise<Plan | TerraformFailure> {
  try {
    // A pull request may only read, and must not stand in the way of a deploy.
    const options = { signal, isLocked: false }
    return (await planInfrastructure(ports, new Stopwatch(ports.clock), options)).plan
  } catch (error) {
    if (error instanceof TerraformFailure) return error
    throw error
  }
}

interface Surroundings {
  readonly rollout: RolloutPreview | undefined
  readonly lock: Diagnostic | undefined
}

/** What stands in the cloud beside the plan: the release that runs, a deploy that is under way. */
async function lookAround(story: Story, planned: Plan): Promise<Surroundings> {
  const { config, ports, context } = story
  const { pullRequest } = context
  const [running, files, lock] = await Promise.all([
    // Before the first apply there is no group, and perhaps not even an API to ask.
    hasGroup(planned.json)
      ? findRunning(ports.compute, asText(planned.outputs['group_name']))
      : undefined,
    pullRequest && ports.github?.changedFiles(pullRequest.number),
    findStateLock(ports.store, config.name),
  ])
  const rollout = pullRequest && {
    plan: planned.json,
    groupName: groupName(asText(planned.outputs['group_name']) || config.name),
    baseTemplateName: asText(planned.outputs['base_template_name']) || undefined,
    running,
    changedFiles: files && changedFilesBelow(config.context, files),
  }
  return { rollout: rollout && previewRollout(rollout), lock }
}

/** The release that the group is on; undefined before there is a group, or a release on it. */
async function findRunning(compute: Compute, group: string): Promise<RunningRelease | undefined> {
  if (group === '') return undefined
  const found = await compute.findGroup(group)
  const [version] = found?.versions ?? []
  if (found === undefined || version === undefined || version.name === '') return undefined
  const template = await compute.fetchTemplate(version.instanceTemplate)
  return template && readRunning(version.name, template, found.targetSize)
}

interface Findings extends Partial<Surroundings> {
  readonly plan?: Plan
  readonly failure?: TerraformFailure
  readonly cost?: CostReport
}

function report({ config, context }: Story, findings: Findings): RenderedReport {
  const { plan: planned, failure, cost, rollout, lock } = findings
  const { pullRequest, run, runUrl, secrets } = context
  const commit = pullRequest?.headSha ?? context.commit
  const changes = planned ? reviewedChanges(planned.json) : []
  const hash = planned ? planHash(planned.json) : ''
  const masker = buildMasker(planned?.json, { secrets, sensitiveVariables: [] })
  const marker: NewMarker = {
    kind: pullRequest ? 'plan' : 'drift',
    name: config.name,
    ...run,
    commit,
    planHash: hash,
    // A key of for_each may hold a secret; what is hidden here cannot be compared, and is refused.
    destructive: changes
      .filter(({ isDestructive }) => isDestructive)
      .map(({ action, address }) => ({ action, address: masker.maskAddress(address) })),
    changes: changes.map(markOf),
  }
  return renderPlanReport({
    name: config.name,
    plan: planned?.json,
    failure,
    warnings: [...(lock ? [lock] : []), ...(planned?.warnings ?? [])],
    terraformVersion: asText(asRecord(planned?.json)['terraform_version']),
    planHash: hash,
    commit,
    runUrl,
    rollout,
    cost,
    secrets,
    sensitiveVariables: [],
    marker: renderMarker(marker),
  })
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
    log.info(shows === 'ours' ? `Commented: ${url}` : `A newer run has commented already: ${url}`)
    return url
  }
  if (!config.driftIssue || !github || hasDrift === undefined) return ''
  const subject = { kind: 'drift', name: config.name } as const
  if (!hasDrift) {
    await github.closeIssue(subject, DRIFT_LABEL)
    return ''
  }
  const title = `The infrastructure of ${config.name} has drifted`
  return (await github.upsertIssue({ title, label: DRIFT_LABEL, body, startedAtMs })).url
}

const DRIFT_LABEL = 'drift'
