import type { MachineSpec } from '../../../machines/machine.ts'
import type { Project } from '../../project.ts'
import { type JsonObject, objectOf, textOf, textsOf } from '../../route.ts'
import { listOf } from './spec.ts'

/** Which VM is wanted, of which group and template. */
export interface MachineOrder {
  readonly id: string
  readonly name: string
  readonly zone: string
  /** `projects/…` of the template and of the group. */
  readonly templatePath: string
  readonly groupPath: string
}

/** What a template makes of a VM, with the two attributes that every member of a group has. */
export function machineSpecOf(
  template: JsonObject,
  order: MachineOrder,
  project: Project
): MachineSpec {
  const properties = objectOf(template, 'properties')
  const scheduling = objectOf(properties, 'scheduling')
  const [account] = listOf(properties, 'serviceAccounts')
  const email = account && textOf(account, 'email')
  const numbered = (path: string) => path.replace(/^projects\/[^/]+/, `projects/${project.number}`)
  return {
    id: order.id,
    name: order.name,
    zone: order.zone,
    machineType: textOf(properties, 'machineType') ?? '',
    metadata: {
      ...metadataOf(properties),
      'instance-template': numbered(order.templatePath),
      'created-by': numbered(order.groupPath),
    },
    serviceAccount: email
      ? { email: accountEmail(email, project), scopes: textsOf(account, 'scopes') }
      : undefined,
    tags: textsOf(objectOf(properties, 'tags'), 'items'),
    spot: scheduling['preemptible'] === true,
    preemptionNoticeMs: noticeSeconds(scheduling) * 1000,
    terminationAction: scheduling['instanceTerminationAction'] === 'DELETE' ? 'DELETE' : 'STOP',
  }
}

function noticeSeconds(scheduling: JsonObject): number {
  return Number(objectOf(scheduling, 'preemptionNoticeDuration')['seconds'] ?? 0)
}

/** `default` means Compute's own service account. */
function accountEmail(email: string, project: Project): string {
  return email === 'default' ? `${project.number}-compute@developer.gserviceaccount.com` : email
}

function metadataOf(properties: JsonObject): Readonly<Record<string, string>> {
  const items = listOf(objectOf(properties, 'metadata'), 'items')
  return Object.fromEntries(
    items.map((item) => [textOf(item, 'key') ?? '', textOf(item, 'value') ?? ''])
  )
}
