import type { GitHub } from '../github/github.ts'
import { findReviewed, subjectName } from '../github/reviewed.ts'
import type { GoogleClient } from '../google/client.ts'
import { groupName } from '../google/compute/group-reference.ts'
import type { Compute } from '../google/compute.ts'
import type { SecretManager } from '../google/secret-manager.ts'
import { buildImage } from '../image/build.ts'
import { type Engine, findEngine } from '../image/engine.ts'
import { type PushedImage, pushImage } from '../image/push.ts'
import { imageRepository } from '../image/reference.ts'
import type { Config } from '../inputs.ts'
import { renderDuration } from '../lib/duration.ts'
import { asText } from '../lib/json.ts'
import { type Lap, Stopwatch } from '../lib/stopwatch.ts'
import { together } from '../lib/together.ts'
import type { Clock, CommandRunner, Files, Log, TokenSource } from '../ports.ts'
import { type AttemptPorts, attemptRelease } from '../release/attempt/attempt.ts'
import type { Attempted } from '../release/attempt/attempted.ts'
import { prepareRelease } from '../release/prepare.ts'
import type { Provenance, Release } from '../release/release.ts'
import type { Observation } from '../release/rollout/observation.ts'
import { type Infrastructure, knownRepositoryId, readInfrastructure } from '../terraform/outputs.ts'
import type { ChangeCounts } from '../terraform/plan.ts'
import { type Planned, planInfrastructure } from '../terraform/planning.ts'
import { digestPlan } from '../terraform/review/changes.ts'
import { guardReview, needsReview } from '../terraform/review/guard.ts'
import type { Terraform } from '../terraform/terraform.ts'

export interface DeployPorts {
  readonly terraform: (signal: AbortSignal) => Promise<Terraform>
  readonly google: GoogleClient
  readonly compute: Compute
  readonly secretManager: SecretManager
  readonly tokens: TokenSource
  /** Undefined where the job has no token for GitHub. */
  readonly github: GitHub | undefined
  readonly commands: CommandRunner
  readonly files: Files
  readonly clock: Clock
  readonly log: Log
  readonly lasting: AttemptPorts['lasting']
  /** Told before and after the time in which a killed run would leave work for the post step. */
  readonly handover: { begin(group: string): void; end(): void }
}

export interface DeployContext {
  readonly provenance: Provenance
  /** Random id of this run. */
  readonly holder: string
  readonly registryHost: string
  /** A folder of ours outside the workspace. */
  readonly workDirectory: string
  /** URL of the repository, for the image's labels. */
  readonly sourceUrl: string
  readonly signal: AbortSignal
}

export interface VmState {
  readonly name: string
  readonly release: string
  readonly image: string
  readonly health: string
  readonly address: string
}

export interface DeployResult {
  readonly outcome: 'deployed' | 'unchanged'
  readonly release: string
  readonly previousRelease: string
  readonly image: string
  readonly changes: ChangeCounts
  readonly vms: readonly VmState[]
  /** Where the load balancer serves, or else one of the VMs; empty for a worker. */
  readonly url: string
  readonly steps: readonly Lap[]
  readonly durationMs: number
}

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

  const [planned, built] = await log.group(
    'Planning the infrastructure and building the image',
    () =>
      together(
        context.signal,
        (signal) => planReviewed(story, signal),
        (signal) => build(story, signal)
      )
  )
  const [infrastructure, image] = await log.group(
    'Bringing infrastructure and image in place',
    () => bringInPlace(story, planned, built)
  )
  const release = await log.group('Making the release', () =>
    steps.time('release', () => makeRelease(story, infrastructure, image))
  )
  const rolled = await log.group(
    `Rolling ${groupName(infrastructure.groupName)} to release ${release.id}`,
    () => steps.time('roll', () => roll(story, infrastructure, { release, image }))
  )
  const vms = await describeVms(story, rolled.observation)
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

interface Story {
  readonly config: Config
  readonly ports: DeployPorts
  readonly context: DeployContext
  readonly steps: Stopwatch
}

interface Built {
  readonly engine: Engine
  readonly imageId: string
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

async function build(
  { config, ports, context, steps }: Story,
  signal: AbortSignal
): Promise<Built> {
  const log = ports.log.labelled('docker')
  const engine = await findEngine(ports.commands)
  const options = {
    context: config.context,
    dockerfile: config.dockerfile,
    target: config.target,
    buildArgs: config.buildArgs,
    labels: new Map([['org.opencontainers.image.source', context.sourceUrl]]),
    workDirectory: context.workDirectory,
    signal,
  }
  const imageId = await steps.time('build', () => buildImage({ ...ports, log }, engine, options))
  log.info(`Built ${imageId}`)
  return { engine, imageId }
}

// The push may not start before the apply that creates its repository has ended.
async function bringInPlace(
  story: Story,
  planned: Planned,
  built: Built
): Promise<[Infrastructure, PushedImage]> {
  const repositoryId = knownRepositoryId(planned.plan)
  if (repositoryId === undefined) {
    const infrastructure = await applyPlan(story, planned)
    const { signal } = story.context
    return [infrastructure, await push(story, built, { ...infrastructure, signal })]
  }
  return together(
    story.context.signal,
    () => applyPlan(story, planned),
    (signal) => push(story, built, { repositoryId, signal })
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

async function push(
  { config, ports, context, steps }: Story,
  { engine, imageId }: Built,
  { repositoryId, signal }: { readonly repositoryId: string; readonly signal: AbortSignal }
): Promise<PushedImage> {
  const { projectId, name } = config
  const repository = imageRepository(context.registryHost, { projectId, repositoryId, name })
  const options = {
    imageId,
    repository,
    projectId: config.projectId,
    workDirectory: context.workDirectory,
    signal,
  }
  const log = ports.log.labelled('docker')
  return steps.time('push', () => pushImage({ ...ports, log }, engine, options))
}

function makeRelease(
  { config, ports, context }: Story,
  { baseTemplateName }: Infrastructure,
  image: PushedImage
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

async function roll(
  { config, ports, context }: Story,
  { groupName: group }: Infrastructure,
  { release, image }: { readonly release: Release; readonly image: PushedImage }
): Promise<Attempted> {
  const { minReadyMs, progressDeadlineMs, autoRollback, name } = config
  const { provenance, holder, signal } = context
  const machineType = asText(release.template.properties['machineType']) || undefined
  const policy = { release: release.id, image: image.reference, machineType }
  ports.handover.begin(group)
  const attempted = await attemptRelease(ports, {
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
  ports.handover.end()
  return attempted
}

async function describeVms(
  { ports }: Story,
  observation: Observation
): Promise<readonly VmState[]> {
  return Promise.all(
    observation.instances.map(async (instance) => {
      const report = observation.reports.get(instance.name)
      return {
        name: instance.name,
        release: report?.release ?? '',
        image: report?.image ?? '',
        health: instance.healthStates.join(', '),
        address: (await ports.compute.fetchAddress(instance)) ?? '',
      }
    })
  )
}

function urlOf(vms: readonly VmState[], port: number | undefined): string {
  const address = vms[0]?.address ?? ''
  return address === '' || port === undefined ? '' : `http://${address}:${port}`
}

function sayResult(log: Log, infrastructure: Infrastructure, result: DeployResult): void {
  const { url, loadBalancerAddress } = infrastructure
  const group = groupName(infrastructure.groupName)
  const took = renderDuration(result.durationMs)
  log.info(
    result.outcome === 'unchanged'
      ? `Unchanged: ${group} runs release ${result.release} (${took}).`
      : `Deployed release ${result.release} to ${result.vms.length} VMs of ${group} in ${took}.`
  )
  for (const vm of result.vms) log.info(`  ${vm.name}  ${vm.address}  ${vm.health.toLowerCase()}`)
  if (url && loadBalancerAddress)
    log.info(`  ${url}, once its DNS points at ${loadBalancerAddress}`)
}
