import { ActionError } from '../errors.ts'
import type { InstanceGroup } from '../google/compute/group.ts'
import { groupName } from '../google/compute/group-reference.ts'
import type { Compute } from '../google/compute.ts'
import { isPassing } from './passing.ts'

export interface Destination {
  /** The release's id, which is the name of the group's version. */
  readonly release: string
  /** Link of the release's instance template, regional or global. */
  readonly templateLink: string
}

export interface Moved {
  /** False when the group was on the release already and nothing was sent. */
  readonly wasPatched: boolean
  /** The release that the group was on before; empty on the base template. */
  readonly previousRelease: string
}

export interface MovePorts {
  /**
   * Its client should outlive `signal`: a PATCH that nobody waits for any more may still arrive, and
   * then it moves a group that nobody watches.
   */
  readonly compute: Compute
  /** Once it aborts no PATCH is begun; one that is under way is waited for. */
  readonly signal: AbortSignal
}

const ATTEMPTS = 5

/**
 * Makes the release the group's one version, forth or back. The group is read first, and again
 * after every refusal or lost answer: what was already sent is not sent twice, and what somebody
 * else changed meanwhile is not overwritten unseen.
 *
 * @throws ActionError ROLLOUT_FAILED when somebody else is faster every time; the signal's reason
 */
export async function moveGroup(
  { compute, signal }: MovePorts,
  group: string,
  destination: Destination
): Promise<Moved> {
  let previousRelease: string | undefined
  for (let attempt = 1; ; attempt++) {
    const found = await compute.fetchGroup(group)
    previousRelease ??= found.versions[0]?.name ?? ''
    if (isOn(found, destination)) return { wasPatched: attempt > 1, previousRelease }
    if (attempt > ATTEMPTS) throw alwaysChanged(group, destination)
    signal.throwIfAborted()
    if (await patch(compute, group, { ...destination, fingerprint: found.fingerprint }))
      return { wasPatched: true, previousRelease }
  }
}

/** Whether the group is known to be moved; it may be nevertheless. */
async function patch(
  compute: Compute,
  group: string,
  { release, templateLink, fingerprint }: Destination & { readonly fingerprint: string }
): Promise<boolean> {
  const version = { name: release, instanceTemplate: templateLink }
  try {
    return (await compute.patchVersion(group, version, fingerprint)) === 'done'
  } catch (error) {
    // No answer is no proof that nothing was done.
    if (isPassing(error)) return false
    throw error
  }
}

function isOn({ versions }: InstanceGroup, { release }: Destination): boolean {
  return versions.length === 1 && versions[0]?.name === release
}

function alwaysChanged(group: string, { release }: Destination): ActionError {
  return new ActionError(
    'ROLLOUT_FAILED',
    `The instance group ${groupName(group)} was changed by somebody else each of the ${ATTEMPTS} times that release ${release} was to be rolled out.`,
    {
      hint: 'See who changes it (Cloud Audit Logs, method instanceGroupManagers.patch), then run the job again.',
    }
  )
}
