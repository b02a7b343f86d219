import type { Project } from '../../project.ts'
import { type JsonObject, objectOf, textOf } from '../../route.ts'
import type { Hosted } from '../groups/runner.ts'
import { listOf } from '../groups/spec.ts'
import { timestamp } from '../operations.ts'
import { fingerprintOf } from '../resources/store.ts'
import type { Links } from '../scope.ts'

/** What an instance is rendered with, besides itself. */
export interface InstanceContext {
  readonly links: Links
  readonly project: Project
  readonly template: JsonObject
  readonly status: string
}

/** A VM as instances.get shows it. */
export function renderInstance(hosted: Hosted, context: InstanceContext): JsonObject {
  const { links, project, template, status } = context
  const properties = objectOf(template, 'properties')
  const zonePath = `projects/${project.id}/zones/${hosted.zone}`
  const path = `${zonePath}/instances/${hosted.name}`
  const created = timestamp(hosted.createdAt)
  return {
    kind: 'compute#instance',
    id: hosted.id,
    name: hosted.name,
    status,
    creationTimestamp: created,
    lastStartTimestamp: created,
    zone: links.url(zonePath),
    machineType: links.url(`${zonePath}/machineTypes/${hosted.spec.machineType}`),
    cpuPlatform: 'Intel Broadwell',
    tags: { items: hosted.spec.tags, fingerprint: fingerprintOf(hosted.spec.tags) },
    labels: objectOf(properties, 'labels'),
    labelFingerprint: fingerprintOf(objectOf(properties, 'labels')),
    metadata: renderMetadata(hosted),
    networkInterfaces: renderInterfaces(properties, hosted),
    disks: listOf(properties, 'disks'),
    scheduling: objectOf(properties, 'scheduling'),
    ...(hosted.spec.serviceAccount && { serviceAccounts: [hosted.spec.serviceAccount] }),
    deletionProtection: false,
    fingerprint: fingerprintOf([hosted.id, status]),
    selfLink: links.url(path),
  }
}

function renderMetadata({ spec }: Hosted): JsonObject {
  const items = Object.entries(spec.metadata).map(([key, value]) => ({ key, value }))
  return { kind: 'compute#metadata', fingerprint: fingerprintOf(items), items }
}

function renderInterfaces(properties: JsonObject, { machine }: Hosted): readonly JsonObject[] {
  const networkIP = machine.address()
  return listOf(properties, 'networkInterfaces').map((nic, index) => ({
    ...nic,
    name: textOf(nic, 'name') ?? `nic${index}`,
    ...(networkIP !== undefined && { networkIP }),
    fingerprint: fingerprintOf(nic),
  }))
}
