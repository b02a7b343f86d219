import { ActionError } from '../errors.ts'
import type { GoogleClient } from '../google/client.ts'
import type { Compute, InstanceTemplate } from '../google/compute.ts'
import type { SecretManager } from '../google/secret-manager.ts'
import { buildImage } from '../image/build.ts'
import { type Engine, findEngine } from '../image/engine.ts'
import { type PushedImage, pushImage } from '../image/push.ts'
import type { ImageRepository } from '../image/reference.ts'
import type { DeployConfig } from '../inputs.ts'
import { renderDuration } from '../lib/duration.ts'
import { type Lap, Stopwatch } from '../lib/stopwatch.ts'
import { together } from '../lib/together.ts'
import type { Clock, CommandRunner, Files, Log, TokenSource } from '../ports.ts'
import { makeRelease, type Provenance, type Release } from '../release/release.ts'
import { type Observation, obstacles } from '../release/rollout.ts'
import { GroupWatch } from '../release/watch.ts'
import { type Infrastructure, readInfrastructure } from '../terraform/outputs.ts'
import type { ChangeCounts, Plan } from '../terraform/plan.ts'
import type { Terraform } from '../terraform/terraform.ts'

export interface DeployPorts {
  readonly terraform: (signal: AbortSignal) => Promise<Terraform>
  readonly google: GoogleClient
  readonly compute: Compute
  readonly secretManager: SecretManager
  readonly tokens: TokenSource
  readonly commands: CommandRunner
  readonly files: Files
  readonly clock: Clock
  readonly log: Log
}

export interface DeployContext {
  readonly provenance: Provenance
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
  /** Where one of the VMs answers; empty for a worker. */
  readonly url: string
  readonly steps: readonly Lap[]
  readonly durationMs: number
}

/** A push to main: plan and build side by side, apply and push, then roll the group onto the image. */
export async function deploy(
  config: DeployConfig,
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
        (signal) => planInfrastructure(story, signal),
        (signal) => build(story, signal)
      )
  )
  const [infrastructure, image] = await log.group(
    'Bringing infrastructure and image in place',
    () => bringInPlace(story, planned, built)
  )
  const release = await log.group('Making the release', () =>
    steps.time('release', () => prepareRelease(story, infrastructure, image))
  )
  const rolled = await log.group(
    `Rolling ${infrastructure.groupName} to release ${release.id}`,
    () => steps.time('roll', () => roll(story, infrastructure, { release, image }))
  )
  const vms = await describeVms(story, rolled.observation)
  const result = {
    outcome: rolled.outcome,
    release: release.id,
    previousRelease: rolled.previousRelease,
    image: image.reference,
    changes: planned.plan.counts,
    vms,
    url: urlOf(vms, infrastructure.port),
    steps: steps.laps,
    durationMs: clock.now() - startedAt,
  }
  sayResult(log, infrastructure.groupName, result)
  return result
}

interface Story {
  readonly config: DeployConfig
  readonly ports: DeployPorts
  readonly context: DeployContext
  readonly steps: Stopwatch
}

interface Planned {
  readonly terraform: Terraform
  readonly plan: Plan
}

interface Built {
  readonly engine: Engine
  readonly imageId: string
}

async function planInfrastructure({ ports, steps }: Story, signal: AbortSignal): Promise<Planned> {
  const log = ports.log.labelled('terraform')
  const terraform = await steps.time('terraform', () => ports.terraform(signal))
  await steps.time('init', () => terraform.init(log))
  const plan = await steps.time('plan', () => terraform.plan(log))
  const { add, change, destroy } = plan.counts
  log.info(
    plan.hasChanges
      ? `Plan: ${add} to add, ${change} to change, ${destroy} to destroy`
      : 'Plan: no changes'
  )
  return { terraform, plan }
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
  if (planned.plan.createdTypes.has('google_artifact_registry_repository')) {
    const infrastructure = await applyPlan(story, planned)
    return [
      infrastructure,
      await push(story, built, { infrastructure, signal: story.context.signal }),
    ]
  }
  const known = readInfrastructure(planned.plan.outputs)
  return together(
    story.context.signal,
    () => applyPlan(story, planned),
    (signal) => push(story, built, { infrastructure: known, signal })
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
  {
    infrastructure,
    signal,
  }: { readonly infrastructure: Infrastructure; readonly signal: AbortSignal }
): Promise<PushedImage> {
  const repository: ImageRepository = {
    host: context.registryHost,
    path: `${config.projectId}/${infrastructure.repositoryId}/${config.name}`,
  }
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

async function prepareRelease(
  { config, ports, context }: Story,
  infrastructure: Infrastructure,
  image: PushedImage
): Promise<Release> {
  const [base, secretLines] = await Promise.all([
    fetchBase(ports.compute, infrastructure.baseTemplateName),
    resolveSecretLines(config, ports.secretManager),
  ])
  const release = makeRelease({
    name: config.name,
    base,
    image: image.reference,
    secretLines,
    provenance: context.provenance,
  })
  ports.log.info(`Release ${release.id} = ${base.name} + ${image.reference}`)
  if ((await ports.compute.fetchTemplate(release.template.name)) === undefined) {
    await ports.compute.ensureTemplate(release.template)
  }
  return release
}

async function fetchBase(compute: Compute, name: string): Promise<InstanceTemplate> {
  const base = await compute.fetchTemplate(name)
  if (base) return base
  throw new ActionError(
    'GCP_UNEXPECTED_ANSWER',
    `Compute Engine does not know the base template ${name} that Terraform's outputs name.`,
    { hint: 'Somebody may have deleted it: run the deploy again, so that terraform makes it anew.' }
  )
}

/** `latest` becomes a number here, so that a release stays what it is. Undefined: there are no secrets. */
async function resolveSecretLines(
  { secrets }: DeployConfig,
  secretManager: SecretManager
): Promise<string | undefined> {
  if (secrets.size === 0) return undefined
  const lines = [...secrets].map(async ([name, { secret, version }]) => {
    return `${name}=${secret}/${await secretManager.resolveVersion(secret, version)}`
  })
  return (await Promise.all(lines)).sort().join('\n')
}

interface Rolled {
  readonly outcome: DeployResult['outcome']
  readonly previousRelease: string
  readonly observation: Observation
}

async function roll(
  { config, ports, context }: Story,
  { groupName }: Infrastructure,
  { release, image }: { readonly release: Release; readonly image: PushedImage }
): Promise<Rolled> {
  const policy = {
    release: release.id,
    image: image.reference,
    minReadyMs: config.minReadyMs,
    progressDeadlineMs: config.progressDeadlineMs,
  }
  const watch = new GroupWatch(ports, { group: groupName, policy, signal: context.signal })
  const before = await watch.observe()
  const current = before.group.versions[0]?.name ?? ''
  if (obstacles(before, policy).length === 0) {
    ports.log.info('Every VM runs this release already: nothing to do.')
    return { outcome: 'unchanged', previousRelease: current, observation: before }
  }
  if (current !== release.id) await patchGroup(ports.compute, groupName, release)
  return { outcome: 'deployed', previousRelease: current, observation: await watch.untilVerified() }
}

const PATCH_ATTEMPTS = 5

/** A group that changed under our hands is read again; a few times, since others may be busy too. */
async function patchGroup(compute: Compute, groupName: string, release: Release): Promise<void> {
  const template = await compute.fetchTemplate(release.template.name)
  const version = { name: release.id, instanceTemplate: template?.selfLink ?? '' }
  for (let attempt = 1; attempt <= PATCH_ATTEMPTS; attempt++) {
    const { fingerprint } = await compute.fetchGroup(groupName)
    if ((await compute.patchVersion(groupName, version, fingerprint)) === 'done') return
  }
  throw new ActionError(
    'ROLLOUT_FAILED',
    `The instance group ${groupName} was changed by somebody else each of the ${PATCH_ATTEMPTS} times that release ${release.id} was to be rolled out.`,
    {
      hint: 'See who changes it (Cloud Audit Logs, method instanceGroupManagers.patch), then run the job again.',
    }
  )
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

function sayResult(log: Log, groupName: string, result: DeployResult): void {
  const took = renderDuration(result.durationMs)
  log.info(
    result.outcome === 'unchanged'
      ? `Unchanged: ${groupName} runs release ${result.release} (${took}).`
      : `Deployed release ${result.release} to ${result.vms.length} VMs of ${groupName} in ${took}.`
  )
  for (const vm of result.vms) log.info(`  ${vm.name}  ${vm.address}  ${vm.health.toLowerCase()}`)
}
