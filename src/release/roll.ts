import { ActionError } from '../errors.ts'
import type { Compute } from '../google/compute.ts'
import type { Release } from './release.ts'
import { type Observation, obstacles, type RolloutPolicy } from './rollout.ts'
import { GroupWatch, type WatchPorts } from './watch.ts'

export interface RollOptions {
  readonly group: string
  readonly release: Release
  readonly policy: RolloutPolicy
  readonly signal: AbortSignal
}

export interface Rolled {
  /** False when the group was on the release already and nothing was sent. */
  readonly wasPatched: boolean
  /** The release that the group was on before; empty on the base template. */
  readonly previousRelease: string
  readonly observation: Observation
}

/**
 * Rolls the group onto a release whose template exists, and returns when it is verified.
 *
 * @throws ActionError ROLLOUT_FAILED, ROLLOUT_TIMED_OUT
 */
export async function rollGroup(ports: WatchPorts, options: RollOptions): Promise<Rolled> {
  const { group, release, policy, signal } = options
  const watch = new GroupWatch(ports, { group, policy, signal })
  const before = await watch.observe()
  const previousRelease = before.group.versions[0]?.name ?? ''
  if (obstacles(before, policy).length === 0) {
    ports.log.info('Every VM runs this release already: nothing to do.')
    return { wasPatched: false, previousRelease, observation: before }
  }
  const wasPatched = previousRelease !== release.id
  if (wasPatched) await patchGroup(ports.compute, group, release)
  return { wasPatched, previousRelease, observation: await watch.untilVerified() }
}

const PATCH_ATTEMPTS = 5

/** A group that changed under our hands is read again; a few times, since others may be busy too. */
async function patchGroup(compute: Compute, group: string, release: Release): Promise<void> {
  const template = await compute.fetchTemplate(release.template.name)
  if (template === undefined) {
    throw new ActionError(
      'GCP_UNEXPECTED_ANSWER',
      `The instance template ${release.template.name} is gone, so ${group} was left as it was.`,
      { hint: 'Somebody may have deleted it: run the job again, which makes it anew.' }
    )
  }
  const version = { name: release.id, instanceTemplate: template.selfLink }
  for (let attempt = 1; attempt <= PATCH_ATTEMPTS; attempt++) {
    const { fingerprint } = await compute.fetchGroup(group)
    if ((await compute.patchVersion(group, version, fingerprint)) === 'done') return
  }
  throw new ActionError(
    'ROLLOUT_FAILED',
    `The instance group ${group} was changed by somebody else each of the ${PATCH_ATTEMPTS} times that release ${release.id} was to be rolled out.`,
    {
      hint: 'See who changes it (Cloud Audit Logs, method instanceGroupManagers.patch), then run the job again.',
    }
  )
}
