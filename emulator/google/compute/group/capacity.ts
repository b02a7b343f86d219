import { membersOf } from './availability.ts'
import { change, type Draft, fail, newId } from './draft.ts'
import type { Instance, InstanceError } from './model.ts'

/** Asks for a VM for every instance that should have one and whose turn has come. */
export function createVms(draft: Draft): void {
  for (const instance of membersOf(draft.instances)) {
    const building = ['CREATING', 'RECREATING', 'RESTARTING'].includes(instance.action)
    if (building && !instance.vm && instance.retryAt <= draft.now) createVm(draft, instance)
  }
}

function createVm(draft: Draft, instance: Instance): void {
  const error = refusal(draft, instance)
  if (error) moveOn(draft, fail(draft, instance, error))
  else orderVm(draft, instance)
}

function orderVm(draft: Draft, instance: Instance): void {
  const id = newId(draft)
  const { name, zone, version } = instance
  draft.commands.push({ kind: 'create', name, id, zone, version })
  change(draft, instance, {
    vm: {
      id,
      status: 'PROVISIONING',
      createdAt: draft.now,
      availableAt: undefined,
      health: 'UNKNOWN',
      successes: 0,
      failures: 0,
      doomed: false,
    },
  })
}

function refusal(draft: Draft, instance: Instance): InstanceError | undefined {
  if (draft.quotaExceeded) return quotaError(instance.zone)
  return draft.stockoutZones.includes(instance.zone) ? stockoutError(draft, instance) : undefined
}

/** BALANCED and ANY look for capacity elsewhere; EVEN and most repairs stay in their zone. */
function moveOn(draft: Draft, instance: Instance): void {
  const { onCreate, onRepair } = draft.spec.zoneChange
  if (!(instance.action === 'CREATING' ? onCreate : onRepair)) return
  const open = draft.spec.zones.filter((zone) => !draft.stockoutZones.includes(zone))
  const zone = emptiestZone(open, membersOf(draft.instances))
  if (zone && zone !== instance.zone) change(draft, instance, { zone })
}

/** The zone with the fewest of `instances`; the first of equals. */
export function emptiestZone(
  zones: readonly string[],
  instances: readonly Instance[]
): string | undefined {
  const count = (zone: string) => instances.filter((instance) => instance.zone === zone).length
  return zones.reduce<string | undefined>(
    (best, zone) => (best === undefined || count(zone) < count(best) ? zone : best),
    undefined
  )
}

function stockoutError({ spec }: Draft, { zone, version }: Instance): InstanceError {
  const vmType = version.machineType ?? ''
  return {
    code: 'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS',
    message: `The zone 'projects/${spec.projectId}/zones/${zone}' does not have enough resources available to fulfill the request.  '(resource type:compute)'.`,
    details: [
      {
        errorInfo: {
          reason: 'resource_availability',
          domain: 'compute.googleapis.com',
          metadatas: { zone, vmType, zonesAvailable: '', attachment: '' },
        },
      },
      {
        localizedMessage: {
          locale: 'en-US',
          message: `A ${vmType} VM instance is currently unavailable in the ${zone} zone. Alternatively, you can try your request again with a different VM hardware configuration or at a later time. For more information, see the troubleshooting documentation.`,
        },
      },
    ],
  }
}

function quotaError(zone: string): InstanceError {
  const region = zone.replace(/-[a-z]$/, '')
  const limit = 24
  return {
    code: 'QUOTA_EXCEEDED',
    message: `Quota 'CPUS' exceeded.  Limit: ${limit}.0 in region ${region}.`,
    details: [
      {
        quotaInfo: {
          metricName: 'compute.googleapis.com/cpus',
          limitName: 'CPUS-per-project-region',
          dimensions: { region },
          limit,
        },
      },
    ],
  }
}
