import { groupName } from '../../google/compute/group-reference.ts'
import { renderDuration } from '../../lib/duration.ts'
import type { Lap } from '../../lib/stopwatch.ts'
import type { Log } from '../../ports.ts'
import type { Observation } from '../../release/rollout/observation.ts'
import { counted } from '../../report/markdown.ts'
import type { Infrastructure } from '../../terraform/outputs.ts'
import type { ChangeCounts } from '../../terraform/plan.ts'
import type { Story } from './story.ts'

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
  /** Where the load balancer serves, or else one of the VMs; empty for a worker. */
  readonly url: string
  readonly steps: readonly Lap[]
  readonly durationMs: number
}

/** What the VMs say of themselves, and where they are. */
export async function describeVms(
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

/** Of a service without a load balancer; empty for a worker. */
export function urlOf(vms: readonly VmState[], port: number | undefined): string {
  const address = vms[0]?.address ?? ''
  return address === '' || port === undefined ? '' : `http://${address}:${port}`
}

export function sayResult(log: Log, infrastructure: Infrastructure, result: DeployResult): void {
  const { url, loadBalancerAddress } = infrastructure
  const group = groupName(infrastructure.groupName)
  const took = renderDuration(result.durationMs)
  log.info(
    result.outcome === 'unchanged'
      ? `Unchanged: ${group} runs release ${result.release} (${took}).`
      : `Deployed release ${result.release} to ${counted(result.vms.length, 'VM')} of ${group} in ${took}.`
  )
  for (const vm of result.vms) log.info(`  ${vm.name}  ${vm.address}  ${vm.health.toLowerCase()}`)
  if (url && loadBalancerAddress)
    log.info(`  ${url}, once its DNS points at ${loadBalancerAddress}`)
}
