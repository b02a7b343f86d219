import { findReviewed, subjectName } from '../github/reviewed.ts'
import { groupName } from '../google/compute/group-reference.ts'
import type { PublishedImage } from '../image/publish.ts'
import type { PreparedImage } from '../image/story.ts'
import type { Config } from '../inputs.ts'
import { abortable } from '../lib/abortable.ts'
import { Stopwatch } from '../lib/stopwatch.ts'
import { together } from '../lib/together.ts'
import { guardRolledBack } from '../release/choice/rolled-back.ts'
import { LedgerFile } from '../release/ledger/ledger-file.ts'
import { prepareRelease } from '../release/prepare.ts'
import type { Release } from '../release/release.ts'
import { type Infrastructure, knownRepositoryId, readInfrastructure } from '../terraform/outputs.ts'
import { type Planned, planInfrastructure } from '../terraform/planning.ts'
import { digestPlan } from '../terraform/review/changes.ts'
import { guardReview, needsReview } from '../terraform/review/guard.ts'
import { Chronicle } from './deploy/chronicle.ts'
import { prepare, publish } from './deploy/image.ts'
import { type Deployed, type DeployResult, sayResult, urlOf } from './deploy/result.ts'
import { prune, rollAndKeep } from './deploy/rolling.ts'
import { prepareSecrets, publishAfterApply, publishBesideApply } from './deploy/secrets.ts'
import type { DeployContext, DeployPorts, Story } from './deploy/story.ts'
import { told } from './deploy/telling.ts'
import { describeVms } from './deploy/vms.ts'

/** A push to main: plan and build side by side, apply and push, then roll the group onto the image. */
export async function deploy(
  config: Config,
  ports: DeployPorts,
  context: DeployContext
): Promise<DeployResult> {
  const { clock } = ports
  const chronicle = new Chronicle(clock.now())
  const story = { config, ports, context, steps: new Stopwatch(clock), chronicle }
  const { result } = await told(story, () => bringAbout(story))
  return result
}

async function bringAbout(story: Story): Promise<Deployed> {
  const { ports, context, steps, chronicle } = story
  const { clock, log } = ports
  const [planned, prepared] = await log.group(
    'Planning the infrastructure and building the image',
    () =>
      together(
        context.signal,
        (signal) => planWithSecrets(story, signal),
        (signal) => prepare(story, signal)
      )
  )
  const [[infrastructure, image]] = await log.group(
    'Bringing infrastructure and image in place',
    () =>
      together(
        context.signal,
        () => bringInPlace(story, planned, prepared),
        () => publishBesideApply(story)
      )
  )
  const release = await log.group('Making the release', () =>
    steps.time('release', async () => {
      await publishAfterApply(story)
      return makeRelease(story, infrastructure, image)
    })
  )
  ports.announcement.begun({ release: release.id, image: image.reference })
  const rolled = await log.group(
    `Rolling ${groupName(infrastructure.groupName)} to release ${release.id}`,
    () => rollAndKeep(story, infrastructure, { release, image })
  )
  const [vms] = await together(
    context.signal,
    () => describeVms(ports.compute, rolled.observation),
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
    durationMs: clock.now() - chronicle.startedAtMs,
  }
  sayResult(log, infrastructure, result)
  return { result, observation: rolled.observation, wayBack: rolled.wayBack }
}

async function planWithSecrets(story: Story, signal: AbortSignal): Promise<Planned> {
  const [planned] = await together(
    signal,
    (either) => planReviewed(story, either),
    () => prepareSecrets(story)
  )
  return planned
}

/** Refuses a plan that nobody saw before anything is built for it, if that matters here. */
async function planReviewed(
  { config, ports, context, steps, chronicle }: Story,
  signal: AbortSignal
): Promise<Planned> {
  const [planned] = await together(
    signal,
    (either) => planInfrastructure(ports, steps, { signal: either, isLocked: true }),
    // Long before terraform is ready, and before much has been built.
    (either) => refuseRolledBack({ config, ports, context }, either)
  )
  chronicle.note({ plan: planned.plan })
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
  { ports, steps, chronicle }: Story,
  { terraform, plan }: Planned
): Promise<Infrastructure> {
  const log = ports.log.labelled('terraform')
  if (plan.hasChanges) await steps.time('apply', () => terraform.apply(plan, log))
  chronicle.note({ isApplied: true })
  const outputs = plan.hasChanges ? await terraform.readOutputs(log) : plan.outputs
  const infrastructure = readInfrastructure(outputs)
  chronicle.note({ infrastructure })
  return infrastructure
}

async function makeRelease(
  { config, ports, context, chronicle }: Story,
  { baseTemplateName }: Infrastructure,
  image: PublishedImage
): Promise<Release> {
  const { name, secrets } = config
  const { provenance } = context
  const release = await prepareRelease(ports, {
    name,
    baseTemplateName,
    image: image.reference,
    secrets,
    provenance,
  })
  chronicle.note({ release: release.id })
  return release
}

/** The release is not made yet: what it comes to is judged once more before it is rolled out. */
async function refuseRolledBack(
  { config, ports, context }: Pick<Story, 'config' | 'ports' | 'context'>,
  signal: AbortSignal
): Promise<void> {
  const { store, clock } = ports
  const file = new LedgerFile({ store, clock }, { prefix: config.name, signal })
  // A question that Google is slow to answer keeps no failure of the plan waiting.
  const ledger = await abortable(signal, () => file.read())
  guardRolledBack(ledger, { commit: context.provenance.commit, force: config.force })
}
