import { findReviewed, subjectName } from '../github/reviewed.ts'
import { groupName } from '../google/compute/group-reference.ts'
import type { PublishedImage } from '../image/publish.ts'
import type { PreparedImage } from '../image/story.ts'
import type { Config } from '../inputs.ts'
import { alongside } from '../lib/alongside.ts'
import { asText } from '../lib/json.ts'
import { Stopwatch } from '../lib/stopwatch.ts'
import { together } from '../lib/together.ts'
import { attemptRelease } from '../release/attempt/attempt.ts'
import type { Attempted } from '../release/attempt/attempted.ts'
import { prepareRelease } from '../release/prepare.ts'
import { pruneReleases } from '../release/prune/prune.ts'
import type { Release } from '../release/release.ts'
import { type Infrastructure, knownRepositoryId, readInfrastructure } from '../terraform/outputs.ts'
import { type Planned, planInfrastructure } from '../terraform/planning.ts'
import { digestPlan } from '../terraform/review/changes.ts'
import { guardReview, needsReview } from '../terraform/review/guard.ts'
import { prepare, publish, repositoryOf } from './deploy/image.ts'
import { type DeployResult, describeVms, sayResult, urlOf } from './deploy/result.ts'
import type { DeployContext, DeployPorts, Story } from './deploy/story.ts'

/** A push to main: plan and build side by side, apply and push, then roll the group onto the image. */
export async function deploy(
  config: Config,
  ports: DeployPorts,
  context: DeployContext
): Promise<DeployResult> {
  const { clock, log } = ports
  const startedAt = clock.now()
  const steps = new Stopwatch(clock)
  const story = { config, ports, context, steps }

  const [planned, prepared] = await log.group(
    'Planning the infrastructure and building the image',
    () =>
      together(
        context.signal,
        (signal) => planReviewed(story, signal),
        (signal) => prepare(story, signal)
      )
  )
  const [infrastructure, image] = await log.group(
    'Bringing infrastructure and image in place',
    () => bringInPlace(story, planned, prepared)
  )
  const release = await log.group('Making the release', () =>
    steps.time('release', () => makeRelease(story, infrastructure, image))
  )
  const rolled = await log.group(
    `Rolling ${groupName(infrastructure.groupName)} to release ${release.id}`,
    () => rollAndKeep(story, infrastructure, { release, image })
  )
  const [vms] = await together(
    context.signal,
    () => describeVms(story, rolled.observation),
    async (signal) => rolled.wasRolled && prune(story, infrastructure, { release, signal })
  )
  ports.handover.end()
  const result = {
    outcome: rolled.wasRolled ? ('deployed' as const) : ('unchanged' as const),
    release: release.id,
    previousRelease: rolled.wasRolled ? rolled.previousRelease : '',
    image: image.reference,
    changes: planned.plan.counts,
    vms,
    url: infrastructure.url ?? urlOf(vms, infrastructure.port),
    steps: steps.laps,
    durationMs: clock.now() - startedAt,
  }
  sayResult(log, infrastructure, result)
  return result
}

/** Refuses a plan that nobody saw before anything is built for it, if that matters here. */
async function planReviewed(
  { config, ports, context, steps }: Story,
  signal: AbortSignal
): Promise<Planned> {
  const planned = await planInfrastructure(ports, steps, { signal, isLocked: true })
  const digest = digestPlan(planned.plan.json)
  if (needsReview(config.review, digest)) {
    const { commit, ref } = context.provenance
    const subject = subjectName(config)
    guardReview(config.review, digest, await findReviewed(ports.github, { subject, commit, ref }))
  }
  return planned
}

// The push may not start before the apply that creates its repository has ended.
async function bringInPlace(
  story: Story,
  planned: Planned,
  prepared: PreparedImage
): Promise<[Infrastructure, PublishedImage]> {
  const repositoryId = knownRepositoryId(planned.plan)
  if (repositoryId === undefined) {
    const infrastructure = await applyPlan(story, planned)
    const { signal } = story.context
    return [infrastructure, await publish(story, prepared, { ...infrastructure, signal })]
  }
  return together(
    story.context.signal,
    () => applyPlan(story, planned),
    (signal) => publish(story, prepared, { repositoryId, signal })
  )
}

async function applyPlan(
  { ports, steps }: Story,
  { terraform, plan }: Planned
): Promise<Infrastructure> {
  if (!plan.hasChanges) return readInfrastructure(plan.outputs)
  const log = ports.log.labelled('terraform')
  await steps.time('apply', () => terraform.apply(plan, log))
  return readInfrastructure(await terraform.readOutputs(log))
}

function makeRelease(
  { config, ports, context }: Story,
  { baseTemplateName }: Infrastructure,
  image: PublishedImage
): Promise<Release> {
  const { name, secrets } = config
  const { provenance } = context
  return prepareRelease(ports, {
    name,
    baseTemplateName,
    image: image.reference,
    secrets,
    provenance,
  })
}

/** What the layers for the next build may still take once all VMs are ready. */
const CACHE_PATIENCE_MS = 20_000

/** The layers for the next build are kept while the VMs boot. */
async function rollAndKeep(
  story: Story,
  infrastructure: Infrastructure,
  made: { readonly release: Release; readonly image: PublishedImage }
): Promise<Attempted> {
  const { ports, context, steps } = story
  return alongside(
    () => steps.time('roll', () => roll(story, infrastructure, made)),
    (signal) => made.image.keepCache(signal),
    { clock: ports.clock, patienceMs: CACHE_PATIENCE_MS, signal: context.signal }
  )
}

async function roll(
  { config, ports, context }: Story,
  { groupName: group }: Infrastructure,
  { release, image }: { readonly release: Release; readonly image: PublishedImage }
): Promise<Attempted> {
  const { minReadyMs, progressDeadlineMs, autoRollback, name } = config
  const { provenance, holder, signal } = context
  const machineType = asText(release.template.properties['machineType']) || undefined
  const policy = { release: release.id, image: image.reference, machineType }
  ports.handover.begin(group)
  return attemptRelease(ports, {
    group,
    prefix: name,
    release,
    policy: { ...policy, minReadyMs, progressDeadlineMs },
    kind: 'deploy',
    provenance,
    holder,
    autoRollback,
    signal,
  })
}

/** Takes template and tag from the releases that nobody goes back to any more. */
async function prune(
  story: Story,
  { groupName: group, repositoryId }: Infrastructure,
  { release, signal }: { readonly release: Release; readonly signal: AbortSignal }
): Promise<void> {
  const { config, ports, context } = story
  const { name, projectId, region, keepReleases, serviceAccount } = config
  const { holder, provenance } = context
  const { runUrl, actor } = provenance
  await story.steps.time('prune', () =>
    pruneReleases(ports, {
      name,
      group,
      prefix: name,
      release: release.id,
      repository: repositoryOf(story, repositoryId),
      projectId,
      region,
      keepReleases,
      owner: { holder, runUrl, actor },
      deployer: serviceAccount,
      signal,
    })
  )
}
