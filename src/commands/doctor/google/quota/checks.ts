import { command, quotaPage } from '../../../../google/diagnosis/remedies.ts'
import type { Config } from '../../../../inputs.ts'
import { asList, asNumber, asRecord, asText, type JsonRecord } from '../../../../lib/json.ts'
import { broken, type Check, type Finding, ok, unknown } from '../../check.ts'
import { behindApi } from '../access/behind-api.ts'
import {
  bootDiskOf,
  type CheckContext,
  hasExternalAddresses,
  largestSize,
  zonesOf,
} from '../context.ts'
import {
  cpuMetric,
  diskMetric,
  type Growth,
  growthOf,
  type Need,
  type Quota,
  type Shortage,
  shortagesOf,
} from './need.ts'

/** One look at one quota, or at several that belong together. */
interface QuotaLook {
  readonly id: string
  readonly title: string
  readonly isGlobal?: boolean
  /** What so many more VMs need of it. Empty: nothing. */
  readonly needs: (situation: Situation, vms: number) => readonly Need[]
}

interface Situation {
  readonly config: Config
  readonly quotas: readonly Quota[]
  readonly growth: Growth
  readonly cpusPerVm: number
  readonly isBuilt: boolean
}

const LOOKS: readonly QuotaLook[] = [
  {
    id: 'quota-cpus',
    title: 'CPUs of the region',
    needs: ({ config, quotas, cpusPerVm }, vms) => [
      { metric: cpuMetric(config, quotas), amount: vms * cpusPerVm },
    ],
  },
  {
    id: 'quota-cpus-all-regions',
    title: 'CPUs of the project',
    isGlobal: true,
    needs: ({ cpusPerVm }, vms) => [{ metric: 'CPUS_ALL_REGIONS', amount: vms * cpusPerVm }],
  },
  {
    id: 'quota-instances',
    title: 'VMs',
    needs: (_, vms) => [{ metric: 'INSTANCES', amount: vms }],
  },
  {
    id: 'quota-addresses',
    title: 'External addresses',
    needs: ({ config }, vms) =>
      hasExternalAddresses(config) ? [{ metric: 'IN_USE_ADDRESSES', amount: vms }] : [],
  },
  {
    id: 'quota-disks',
    title: 'Disks',
    needs: ({ config }, vms) => {
      const { type, sizeGb } = bootDiskOf(config)
      return [{ metric: diskMetric(type), amount: vms * sizeGb }]
    },
  },
  {
    id: 'quota-groups',
    title: 'Instance groups',
    // One regional group counts as a group, too.
    needs: ({ isBuilt }) => [
      { metric: 'REGIONAL_INSTANCE_GROUP_MANAGERS', amount: isBuilt ? 0 : 1 },
      { metric: 'INSTANCE_GROUPS', amount: isBuilt ? 0 : 1 },
    ],
  },
  {
    id: 'quota-templates',
    title: 'Instance templates',
    isGlobal: true,
    // Base and seed, and one more of each when they are replaced; the rest are kept releases.
    needs: ({ config, isBuilt }) => [
      { metric: 'INSTANCE_TEMPLATES', amount: isBuilt ? 2 : 3 + config.keepReleases },
    ],
  },
  {
    id: 'quota-network',
    title: 'Network, firewall rules, health checks',
    isGlobal: true,
    needs: ({ isBuilt }) =>
      [
        ['NETWORKS', 1],
        ['SUBNETWORKS', 1],
        // For health checks, for SSH, for everybody.
        ['FIREWALLS', 3],
        ['HEALTH_CHECKS', 1],
      ].map(([metric, amount]) => ({
        metric: String(metric),
        amount: isBuilt ? 0 : Number(amount),
      })),
  },
]

/** What the group needs against what Google allows, usage of today counted. */
export function quotaChecks(context: CheckContext): readonly Check[] {
  const checks = LOOKS.map((look) => ({
    id: look.id,
    subject: 'Quotas',
    title: look.title,
    after: ['region'],
    look: () => lookAt(look, context),
  }))
  return behindApi('compute', context, checks)
}

async function lookAt(look: QuotaLook, context: CheckContext): Promise<Finding> {
  const { readings } = context
  const source = look.isGlobal ? await readings.computeProject() : await readings.region()
  const situation = await situationOf(context, readQuotas(source))
  const { quotas, growth } = situation
  const needs = look
    .needs(situation, growth.lasting + growth.passing)
    .filter(({ amount }) => amount > 0)
  if (needs.length === 0) return ok('Nothing more is needed.')
  const known = needs.flatMap((need) => {
    const quota = quotas.find(({ metric }) => metric === need.metric)
    return quota ? [say({ quota, need })] : []
  })
  if (known.length === 0) {
    const metrics = needs.map(({ metric }) => metric)
    return unknown(`Google lists no quota ${metrics.join(', ')} here.`)
  }
  const shortages = shortagesOf(quotas, needs)
  if (shortages.length === 0) return ok(known.join('; '))
  return broken(`${shortages.map(say).join('; ')}.`, fixOf(look, situation, shortages))
}

/** The request to Google, and what works without its answer. */
function fixOf(look: QuotaLook, situation: Situation, shortages: readonly Shortage[]): string {
  const { config, quotas, growth } = situation
  const commands = shortages.map(({ quota, need }) =>
    raise(quota.metric, quota.usage + need.amount, { config, isGlobal: look.isGlobal === true })
  )
  const lasting = look.needs(situation, growth.lasting)
  const isForSurge = growth.passing > 0 && shortagesOf(quotas, lasting).length === 0
  return [
    ...commands,
    `# or on ${quotaPage(config.projectId)}`,
    // The old VMs make room for the new ones then.
    ...(isForSurge ? ['# or, with a gap in the service at each deploy: strategy: recreate'] : []),
  ].join('\n')
}

async function situationOf(
  { config, readings }: CheckContext,
  quotas: readonly Quota[]
): Promise<Situation> {
  const [group, ...types] = await Promise.all([
    readings.group(),
    ...zonesOf(config).map((zone) => readings.machineType(zone)),
  ])
  const type = types.find((one) => one !== undefined)
  const existing = asNumber(group?.['targetSize']) ?? 0
  const { strategy } = config
  const zones = zonesOf(config).length
  const growth = growthOf({ size: largestSize(config), strategy, existing, zones })
  // A shared core counts as the CPUs that its guest sees.
  const cpusPerVm = asNumber(type?.['guestCpus']) ?? 1
  return { config, quotas, growth, cpusPerVm, isBuilt: group !== undefined }
}

function readQuotas(source: JsonRecord | undefined): readonly Quota[] {
  return asList(source?.['quotas']).map((item) => {
    const quota = asRecord(item)
    const { limit, usage } = quota
    return {
      metric: asText(quota['metric']),
      limit: asNumber(limit) ?? 0,
      usage: asNumber(usage) ?? 0,
    }
  })
}

function say({ quota, need }: Shortage): string {
  const { metric, limit, usage } = quota
  return `${metric}: ${usage} of ${limit} in use, ${need.amount} more needed at the height of a rollout`
}

/** `IN_USE_ADDRESSES` is asked for as `IN-USE-ADDRESSES-per-project-region`. */
function raise(
  metric: string,
  value: number,
  { config, isGlobal }: { readonly config: Config; readonly isGlobal: boolean }
): string {
  const id = `${metric.replaceAll('_', '-')}-per-project${isGlobal ? '' : '-region'}`
  return command(['gcloud beta quotas preferences create'], {
    service: 'compute.googleapis.com',
    'quota-id': id,
    'preferred-value': String(value),
    ...(!isGlobal && { dimensions: `region=${config.region}` }),
    project: config.projectId,
    email: 'YOU@EXAMPLE.COM',
  })
}
