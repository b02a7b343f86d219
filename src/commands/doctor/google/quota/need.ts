import type { Config } from '../../../../inputs.ts'

/** What a deploy takes of one quota, beyond what is in use already. */
export interface Need {
  readonly metric: string
  readonly amount: number
}

/** What decides how many VMs there are at once. */
export interface Shape {
  readonly size: number
  readonly zones: number
  readonly strategy: Config['strategy']
  /** VMs that the group has by now: they count as used. */
  readonly existing: number
}

/** VMs that a rollout adds: those that stay, and those that are there only while it lasts. */
export interface Growth {
  readonly lasting: number
  readonly passing: number
}

/** How many VMs are added at the worst moment of a rollout: a surge is one for each zone. */
export function growthOf({ size, zones, strategy, existing }: Shape): Growth {
  const passing = strategy === 'surge' && size > 0 ? zones : 0
  return { lasting: Math.max(0, size - existing), passing }
}

/** A quota as Google lists it. */
export interface Quota {
  readonly metric: string
  readonly limit: number
  readonly usage: number
}

/** Families whose CPUs Google counts on their own; all others are CPUS. */
const OWN_QUOTA = ['a2', 'a3', 'c2', 'c2d', 'c3', 'g2', 'm1', 'm2', 'm3', 'n2', 'n2d', 't2d']

/**
 * From which quota the CPUs are taken: Spot VMs from PREEMPTIBLE_CPUS once the project was given
 * any, else, like all others, from that of their family.
 */
export function cpuMetric(
  { provisioning, machineType }: Pick<Config, 'provisioning' | 'machineType'>,
  quotas: readonly Quota[]
): string {
  const limitOf = (metric: string): number =>
    quotas.find((one) => one.metric === metric)?.limit ?? 0
  if (provisioning === 'spot' && limitOf('PREEMPTIBLE_CPUS') > 0) return 'PREEMPTIBLE_CPUS'
  const [family = ''] = machineType.split('-')
  return OWN_QUOTA.includes(family) ? `${family.toUpperCase()}_CPUS` : 'CPUS'
}

/** Which quota a boot disk is counted in. */
export function diskMetric(type: string): string {
  if (type === 'pd-standard') return 'DISKS_TOTAL_GB'
  return type.startsWith('hyperdisk-') ? 'HDB_TOTAL_GB' : 'SSD_TOTAL_GB'
}

/** How much more a quota would have to allow; 0 when it is enough. Below 0 Google means "no limit". */
export function shortfall({ limit, usage }: Quota, { amount }: Need): number {
  return limit < 0 ? 0 : Math.max(0, usage + amount - limit)
}

/** A quota that is not enough for a need. */
export interface Shortage {
  readonly quota: Quota
  readonly need: Need
}

/** The quotas that do not suffice; needs of which Google lists no quota are no shortage. */
export function shortagesOf(quotas: readonly Quota[], needs: readonly Need[]): readonly Shortage[] {
  return needs.flatMap((need) => {
    const quota = quotas.find(({ metric }) => metric === need.metric)
    return quota && shortfall(quota, need) > 0 ? [{ quota, need }] : []
  })
}
