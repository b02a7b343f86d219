import { describe, expect, it } from '@jest/globals'
import { estimateCost } from '../../../src/cost/report.ts'
import type { PriceList } from '../../../src/cost/sku.ts'
import { aGroup, aPlan, type PlannedResource, rules } from './plans.ts'
import { PRICES } from './price-list.ts'

const GROUP = 'google_compute_region_instance_group_manager.vms'

describe('what is not known', () => {
  const unknownOf = (
    resources: readonly PlannedResource[],
    prices: PriceList = PRICES
  ): readonly string[] => estimateCost(aPlan(resources), prices).unknown

  const one = (address: string, values: object = {}): readonly PlannedResource[] => [
    { address, values },
  ]

  it.each<[what: string, resources: readonly PlannedResource[], names: readonly string[]]>([
    ['traffic of VMs', aGroup(), ['network traffic']],
    [
      'a machine type whose name does not tell its memory',
      aGroup({ machineType: 'c4d-standard-2' }),
      ['1 VM c4d-standard-2 (Spot)', 'network traffic'],
    ],
    [
      'a machine type that the region does not sell',
      aGroup({ machineType: 'n1-standard-1' }),
      ['1 VM n1-standard-1 (Spot), which has no price in the list', 'network traffic'],
    ],
    [
      'GPUs',
      aGroup({ template: { guest_accelerator: [{ type: 'nvidia-l4', count: 1 }] } }),
      ['GPUs of e2-small', 'network traffic'],
    ],
    [
      'a disk as large as its image',
      aGroup({ disk: { disk_type: 'pd-ssd' } }),
      ['1 disk (pd-ssd)', 'network traffic'],
    ],
    [
      'local SSDs',
      aGroup({ disk: { type: 'SCRATCH', disk_size_gb: 375 } }),
      ['1 disk (local-ssd)', 'network traffic'],
    ],
    [
      'what Google takes off by itself',
      aGroup({ machineType: 'n1-standard-2', spot: false }),
      ['network traffic', 'the sustained use discount on n1-standard-2'],
    ],
    [
      'a group whose size the plan does not tell',
      aGroup().map((resource) => ({
        ...resource,
        values: { ...resource.values, target_size: null },
      })),
      [`the VMs of ${GROUP}`],
    ],
    [
      'resources that are not in the tables',
      ['[0]', '[1]'].map((key) => ({ address: 'google_sql_database_instance.a', key, values: {} })),
      ['google_sql_database_instance (2)'],
    ],
    [
      'an address that no rule of the plan uses',
      one('google_compute_global_address.a'),
      ['google_compute_global_address'],
    ],
    ['a regional address', one('google_compute_address.a'), ['google_compute_address']],
    [
      'a gateway between private networks',
      one('google_compute_router_nat.a', { type: 'PRIVATE' }),
      ['google_compute_router_nat'],
    ],
    [
      'an internal load balancer',
      rules(1, 'INTERNAL_MANAGED'),
      ['google_compute_global_forwarding_rule'],
    ],
    [
      'what is stored',
      [...one('google_artifact_registry_repository.a'), ...one('google_storage_bucket.a')],
      ['images in Artifact Registry', 'data in Cloud Storage'],
    ],
    ['versions of secrets', one('google_secret_manager_secret.a'), ['versions of secrets']],
  ])('is named: %s', (_, resources, names) => {
    expect(unknownOf(resources)).toEqual(names)
  })

  it.each([
    'google_project_service.a',
    'google_service_account.a',
    'google_project_iam_member.a',
    'google_artifact_registry_repository_iam_member.a',
    'google_compute_network.a',
    'google_compute_firewall.a',
    'google_compute_health_check.a',
    'google_compute_backend_service.a',
    'google_compute_target_https_proxy.a',
    'google_compute_managed_ssl_certificate.a',
    'google_compute_region_instance_template.a',
  ])('is not what costs nothing: %s', (address) => {
    expect(unknownOf(one(address))).toEqual([])
  })

  it('leaves out the address of the load balancer, which is free in use', () => {
    const address = one('google_compute_global_address.web')
    expect(unknownOf([...address, ...rules(1)])).toEqual(['traffic through the load balancer'])
  })

  it('makes the sum a part of it, and no sum when it is all there is', () => {
    const machine = aGroup({ machineType: 'c4d-standard-2' })
    expect(estimateCost(aPlan(machine), PRICES)).toMatchObject({
      monthlyUsd: undefined,
      differenceUsd: undefined,
      isPartial: true,
    })
    const withDisk = aGroup({ machineType: 'c4d-standard-2', disk: { disk_size_gb: 10 } })
    expect(estimateCost(aPlan(withDisk), PRICES)).toMatchObject({
      monthlyUsd: 0.4,
      isPartial: true,
    })
  })

  it('is a price that might be another one', () => {
    const [first] = PRICES.skus
    const twice = {
      ...PRICES,
      skus: [...PRICES.skus, { ...first, nanoUsd: 1 }] as PriceList['skus'],
    }
    expect(unknownOf(aGroup({ spot: false }), twice)).toEqual([
      '1 VM e2-small, which has no price in the list',
      'network traffic',
    ])
  })
})
