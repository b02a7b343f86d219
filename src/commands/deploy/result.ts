import { groupName } from '../../google/compute/group-reference.ts'
import { renderDuration } from '../../lib/duration.ts'
import type { Lap } from '../../lib/stopwatch.ts'
import type { Log } from '../../ports.ts'
import type { Observation } from '../../release/rollout/observation.ts'
import { counted } from '../../report/markdown.ts'
import type { Infrastructure } from '../../terraform/outputs.ts'
import type { ChangeCounts } from '../../terraform/plan.ts'

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

/** The result with what was seen last. */
export interface Deployed {
  readonly result: DeployResult
  readonly observation: Observation
  /** The release that a rollback would bring back; empty when there is none. */
  readonly wayBack: string
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
