import type { Clinic } from '../clinic.ts'
import type { Case } from './case.ts'

const operator =
  (what: string, body: object) =>
  ({ rest }: Clinic): Promise<unknown> =>
    rest.post(`/emulator/${what}`, body)

const B = 'europe-west1-b'

export const PLACE_CASES: readonly Case[] = [
  {
    id: 'region',
    when: 'it is down',
    breaks: operator('region', { region: 'europe-west1', up: false }),
    kind: 'error',
    said: /^It is DOWN\.$/,
    fix: 'gcloud compute regions list --project=mervis-demo --filter=status=UP',
    helps: operator('region', { region: 'europe-west1', up: true }),
    also: 'many',
  },
  {
    id: 'zones',
    when: 'a zone is none of the region',
    inputs: { zones: 'europe-west1-a, europe-west1-b' },
    kind: 'error',
    said: /europe-west1 has no zone europe-west1-a; it has europe-west1-b/,
    fix: 'zones: europe-west1-b, europe-west1-c, europe-west1-d',
    also: 'many',
  },
  {
    id: 'zones',
    when: 'one of three is down',
    breaks: operator('zone', { zone: B, up: false }),
    kind: 'warning',
    said: /^Down: europe-west1-b; the VMs go to the others/,
    fix: 'zones: europe-west1-c, europe-west1-d',
  },
  {
    id: 'zones',
    when: 'the only one is down',
    inputs: { zones: B },
    breaks: operator('zone', { zone: B, up: false }),
    kind: 'error',
    said: /^Down: europe-west1-b: no VM can be made/,
    fix: 'zones: europe-west1-c, europe-west1-d',
    also: 'many',
  },
  {
    id: 'machine-type',
    when: 'one zone has none of that type',
    breaks: operator('machine-type', { zone: B, machineType: 'e2-small', offered: false }),
    kind: 'error',
    said: /^e2-small is not offered in europe-west1-b\.$/,
    fix: 'zones: europe-west1-c, europe-west1-d',
  },
  {
    id: 'boot-image',
    when: 'the family is empty',
    breaks: operator('image-family', { family: 'cos-stable', offered: false }),
    kind: 'error',
    said: /family cos-stable of cos-cloud leads to no image/,
    fix: 'gcloud compute images list --project=cos-cloud --filter=family:cos-stable',
    helps: operator('image-family', { family: 'cos-stable', offered: true }),
  },
]

interface QuotaCase {
  readonly id: string
  readonly metric: string
  readonly limit: number
  readonly said: RegExp
  /** What the command asks for. */
  readonly wanted: number
  readonly isGlobal?: boolean
  /** Not for VMs, or not only for those that are there while a rollout lasts. */
  readonly isLasting?: boolean
  readonly inputs?: Readonly<Record<string, string>>
  readonly breaks?: (clinic: Clinic) => Promise<unknown>
}

const SURGE = '\n# or, with a gap in the service at each deploy: strategy: recreate'

function quotaCase(quota: QuotaCase): Case {
  const region = quota.isGlobal ? {} : { region: 'europe-west1' }
  const id = `${quota.metric.replaceAll('_', '-')}-per-project${quota.isGlobal ? '' : '-region'}`
  const dimensions = quota.isGlobal ? '' : ' --dimensions=region=europe-west1'
  return {
    id: quota.id,
    when: `${quota.metric} is at most ${quota.limit}`,
    ...(quota.inputs && { inputs: quota.inputs }),
    breaks: async (clinic) => {
      await quota.breaks?.(clinic)
      await clinic.rest.post('/emulator/quota-limit', {
        metric: quota.metric,
        limit: quota.limit,
        ...region,
      })
    },
    kind: 'error',
    said: quota.said,
    fix: `gcloud beta quotas preferences create --service=compute.googleapis.com --quota-id=${id} --preferred-value=${quota.wanted}${dimensions} --project=mervis-demo --email=YOU@EXAMPLE.COM\n# or on https://console.cloud.google.com/iam-admin/quotas?project=mervis-demo${quota.isLasting ? '' : SURGE}`,
  }
}

/** Nothing is deployed: one VM, and at the height of a rollout one more in each of three zones. */
export const QUOTA_CASES: readonly Case[] = [
  quotaCase({
    id: 'quota-cpus',
    metric: 'PREEMPTIBLE_CPUS',
    limit: 4,
    said: /^PREEMPTIBLE_CPUS: 0 of 4 in use, 8 more needed/,
    wanted: 8,
  }),
  quotaCase({
    id: 'quota-cpus',
    // Where Spot VMs have no quota of their own they take from this one.
    breaks: operator('quota-limit', {
      metric: 'PREEMPTIBLE_CPUS',
      limit: 0,
      region: 'europe-west1',
    }),
    metric: 'CPUS',
    limit: 2,
    said: /^CPUS: 0 of 2 in use, 8 more needed/,
    wanted: 8,
  }),
  quotaCase({
    id: 'quota-cpus',
    inputs: { machine_type: 'n2-standard-2', provisioning: 'standard' },
    metric: 'N2_CPUS',
    isLasting: true,
    limit: 0,
    said: /^N2_CPUS: 0 of 0 in use/,
    wanted: 8,
  }),
  quotaCase({
    id: 'quota-cpus-all-regions',
    isGlobal: true,
    metric: 'CPUS_ALL_REGIONS',
    limit: 7,
    said: /^CPUS_ALL_REGIONS: 0 of 7 in use, 8 more needed/,
    wanted: 8,
  }),
  quotaCase({
    id: 'quota-instances',
    metric: 'INSTANCES',
    limit: 3,
    said: /^INSTANCES: 0 of 3 in use, 4 more/,
    wanted: 4,
  }),
  quotaCase({
    id: 'quota-addresses',
    metric: 'IN_USE_ADDRESSES',
    limit: 1,
    said: /^IN_USE_ADDRESSES: 0 of 1 in use, 4 more/,
    wanted: 4,
  }),
  quotaCase({
    id: 'quota-disks',
    metric: 'SSD_TOTAL_GB',
    limit: 39,
    said: /^SSD_TOTAL_GB: 0 of 39 in use, 40 more/,
    wanted: 40,
  }),
  quotaCase({
    id: 'quota-groups',
    metric: 'REGIONAL_INSTANCE_GROUP_MANAGERS',
    isLasting: true,
    limit: 0,
    said: /^REGIONAL_INSTANCE_GROUP_MANAGERS: 0 of 0/,
    wanted: 1,
  }),
  quotaCase({
    id: 'quota-templates',
    isGlobal: true,
    metric: 'INSTANCE_TEMPLATES',
    isLasting: true,
    limit: 12,
    said: /^INSTANCE_TEMPLATES: 0 of 12 in use, 13 more/,
    wanted: 13,
  }),
  quotaCase({
    id: 'quota-network',
    isGlobal: true,
    metric: 'NETWORKS',
    isLasting: true,
    limit: 0,
    said: /^NETWORKS: 0 of 0 in use, 1 more/,
    wanted: 1,
  }),
]
