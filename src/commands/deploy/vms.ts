import type { Compute } from '../../google/compute.ts'
import type { Observation } from '../../release/rollout/observation.ts'
import type { VmState } from './result.ts'

/** What the VMs say of themselves, and where they are. */
export async function describeVms(
  compute: Compute,
  { instances, reports }: Observation
): Promise<readonly VmState[]> {
  return Promise.all(
    instances.map(async (instance) => {
      const report = reports.get(instance.name)
      return {
        name: instance.name,
        release: report?.release ?? '',
        image: report?.image ?? '',
        health: instance.healthStates.join(', '),
        address: (await compute.fetchAddress(instance)) ?? '',
      }
    })
  )
}
