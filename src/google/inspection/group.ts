import { asRecord, asText, type JsonRecord } from '../../lib/json.ts'
import type { GoogleClient } from '../client.ts'
import { type InstanceGroup, readGroup } from '../compute/group.ts'
import { type ComputeScope, groupName, groupPath } from '../compute/group-reference.ts'

/** A group, and everything that Google says of it besides. */
export interface InspectedGroup extends InstanceGroup {
  readonly name: string
  /** Its VMs are called so, with a dash and some letters behind. */
  readonly baseInstanceName: string
  /** Link; undefined for a group of constant size. */
  readonly autoscaler: string | undefined
  /** As Google gave it. */
  readonly whole: JsonRecord
}

/** Undefined where there is no such group (yet, or any more). @throws ActionError GCP_* */
export async function inspectGroup(
  google: GoogleClient,
  scope: ComputeScope,
  reference: string
): Promise<InspectedGroup | undefined> {
  const answer = await google.request({
    service: 'compute',
    method: 'GET',
    path: groupPath(reference, scope),
    purpose: `read the instance group ${groupName(reference)}`,
    accept: [404],
  })
  if (answer.status === 404) return undefined
  const whole = asRecord(answer.json)
  return {
    ...readGroup(whole),
    name: asText(whole['name']),
    baseInstanceName: asText(whole['baseInstanceName']),
    autoscaler: asText(asRecord(whole['status'])['autoscaler']) || undefined,
    whole,
  }
}
