import { ActionError } from '../../errors.ts'
import type { GoogleClient } from '../client.ts'
import {
  type ComputeScope,
  groupName,
  groupPath,
  templatePath,
} from '../compute/group-reference.ts'
import { inspectGroup } from '../inspection/group.ts'
import { changeCompute } from '../operations.ts'

/** Leaves the autoscaler where it is and takes its say from it. `link` is its URL. @throws ActionError GCP_* */
export async function switchOffAutoscaler(google: GoogleClient, link: string): Promise<void> {
  const [, place, name = ''] = /(projects\/.+\/autoscalers)\/([^/]+)$/.exec(link) ?? []
  if (place === undefined) return
  await changeCompute(google, {
    method: 'PATCH',
    path: `${place}?autoscaler=${name}`,
    body: { name, autoscalingPolicy: { mode: 'OFF' } },
    purpose: `switch off the autoscaler ${name}`,
    // It went with somebody else's change: then it says nothing any more.
    accept: [404],
  })
}

/** Asks for no VM at all; they are gone some time later. @throws ActionError GCP_* */
export async function emptyGroup(
  google: GoogleClient,
  scope: ComputeScope,
  group: string
): Promise<void> {
  await changeCompute(google, {
    method: 'POST',
    path: `${groupPath(group, scope)}/resize?size=0`,
    purpose: `resize the instance group ${groupName(group)} to 0`,
  })
}

const ATTEMPTS = 5

/**
 * Makes `template` the group's only version, so that no release is in use any more. Meant for a
 * group without VMs: nothing is to boot from it.
 *
 * @throws ActionError DESTROY_FAILED when somebody else is faster every time, GCP_*
 */
export async function parkGroup(
  google: GoogleClient,
  scope: ComputeScope,
  { group, template }: { readonly group: string; readonly template: string }
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const found = await inspectGroup(google, scope, group)
    if (found === undefined) return
    const [version, ...others] = found.versions
    const isParked = version !== undefined && isSame(version.instanceTemplate, template, scope)
    if (isParked && others.length === 0) return
    const outcome = await changeCompute(google, {
      method: 'PATCH',
      path: groupPath(group, scope),
      body: {
        fingerprint: found.fingerprint,
        versions: [{ name: '', instanceTemplate: templatePath(template, scope) }],
      },
      purpose: `take the instance group ${groupName(group)} off its release`,
      accept: [412],
    })
    if (outcome === 'done') return
  }
  throw new ActionError(
    'DESTROY_FAILED',
    `The instance group ${groupName(group)} was changed by somebody else each of the ${ATTEMPTS} times that it was to be taken off its release.`,
    {
      hint: 'See who changes it (Cloud Audit Logs, method instanceGroupManagers.patch), then run this job again.',
    }
  )
}

function isSame(link: string, template: string, scope: ComputeScope): boolean {
  return templatePath(link, scope) === templatePath(template, scope)
}
