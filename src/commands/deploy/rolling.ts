import type { PublishedImage } from '../../image/publish.ts'
import { alongside } from '../../lib/alongside.ts'
import { asText } from '../../lib/json.ts'
import { attemptRelease } from '../../release/attempt/attempt.ts'
import type { Attempted } from '../../release/attempt/attempted.ts'
import { guardRolledBack } from '../../release/choice/rolled-back.ts'
import { pruneReleases } from '../../release/prune/prune.ts'
import type { Release } from '../../release/release.ts'
import type { Infrastructure } from '../../terraform/outputs.ts'
import { repositoryOf } from './image.ts'
import type { Story } from './story.ts'

interface Made {
  readonly release: Release
  readonly image: PublishedImage
}

/** What the layers for the next build may still take once all VMs are ready. */
const CACHE_PATIENCE_MS = 20_000

/**
 * Rolls the group onto the release, and keeps the layers for the next build while the VMs boot.
 *
 * @throws ActionError RELEASE_ROLLED_BACK, ROLLOUT_*, DEPLOY_LOCKED, DEPLOY_LOCK_LOST, LEDGER_*, GCP_*
 */
export async function rollAndKeep(
  story: Story,
  infrastructure: Infrastructure,
  made: Made
): Promise<Attempted> {
  const { ports, context, steps } = story
  return alongside(
    () => steps.time('roll', () => roll(story, infrastructure, made)),
    (signal) => made.image.keepCache(signal),
    { clock: ports.clock, patienceMs: CACHE_PATIENCE_MS, signal: context.signal }
  )
}

async function roll(
  { config, ports, context, chronicle }: Story,
  { groupName: group }: Infrastructure,
  { release, image }: Made
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
    guard: (ledger) =>
      guardRolledBack(ledger, {
        release: release.id,
        commit: provenance.commit,
        force: config.force,
      }),
    provenance,
    holder,
    autoRollback,
    signal,
    trail: chronicle.trail,
  })
}

/** Takes template and tag from the releases that nobody goes back to any more. Never rejects. */
export async function prune(
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
