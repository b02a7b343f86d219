import { describe, expect, it } from '@jest/globals'
import { estimateCost } from '../../../src/cost/report.ts'
import { aGroup, aPlan, type GroupOptions, type PlannedResource, refersTo, rules } from './plans.ts'
import { PRICES } from './price-list.ts'

const monthly = (options: GroupOptions): number | undefined =>
  estimateCost(aPlan(aGroup(options)), PRICES).monthlyUsd

const GROUP = 'google_compute_region_instance_group_manager.vms'

function autoscaler(least: number, most: number): PlannedResource {
  return {
    address: 'google_compute_region_autoscaler.vms',
    values: { autoscaling_policy: [{ min_replicas: least, max_replicas: most }] },
    expressions: { target: refersTo(GROUP) },
  }
}

const NAT: PlannedResource = {
  address: 'google_compute_router_nat.out',
  values: { region: 'us-central1', nat_ip_allocate_option: 'AUTO_ONLY', type: 'PUBLIC' },
}

describe('estimateCost', () => {
  // By hand: hours a month x (cores x price + GiB x price), to the cent.
  it.each<[what: string, options: GroupOptions, usd: number]>([
    // 730 x (0.5 x 0.01007 + 2 x 0.00135) = 730 x 0.007735 = 5.64655
    ['e2-small, Spot', {}, 5.65],
    // 730 x (0.5 x 0.0218116 + 2 x 0.0029235) = 730 x 0.0167528 = 12.229544
    ['e2-small, standard', { spot: false }, 12.23],
    // 730 x (0.25 x 0.01007 + 1 x 0.00135) = 730 x 0.0038675 = 2.823275
    ['e2-micro, Spot', { machineType: 'e2-micro' }, 2.82],
    // 730 x (1 x 0.0218116 + 4 x 0.0029235) = 730 x 0.0335056 = 24.459088
    ['e2-medium, standard', { machineType: 'e2-medium', spot: false }, 24.46],
    // 730 x (2 x 0.01007 + 8 x 0.00135) = 730 x 0.03094 = 22.5862
    ['e2-standard-2, Spot', { machineType: 'e2-standard-2' }, 22.59],
    // 730 x (4 x 0.0218116 + 4 x 0.0029235) = 730 x 0.0989404 = 72.226492
    ['e2-highcpu-4, standard', { machineType: 'e2-highcpu-4', spot: false }, 72.23],
    // 730 x (4 x 0.02 + 5 x 0.003) = 730 x 0.095 = 69.35
    ['4 cores and 5 GiB', { machineType: 'e2-custom-4-5120', spot: false }, 69.35],
    // 730 x (2 x 0.03 + 7.5 x 0.004) = 730 x 0.09 = 65.7
    ['n1-standard-2, standard', { machineType: 'n1-standard-2', spot: false }, 65.7],
    // 3 x 5.64655 = 16.93965
    ['three VMs', { size: 3 }, 16.94],
    ['no VM', { size: 0, disk: { disk_type: 'pd-ssd', disk_size_gb: 50 } }, 0],
    // 5.65 + 10 x 0.10
    ['pd-balanced', { disk: { disk_type: 'pd-balanced', disk_size_gb: 10 } }, 6.65],
    // 5.65 + 25 x 0.17
    ['pd-ssd', { disk: { disk_type: 'pd-ssd', disk_size_gb: 25 } }, 9.9],
    // 5.65 + 30 x 0.04, without the free 30 GB of the billing account
    ['pd-standard, which is the default', { disk: { disk_size_gb: 30 } }, 6.85],
    // 5.65 + 730 x 0.0025 = 5.65 + 1.825, of which half cents go up
    ['an address of a Spot VM', { externalIp: true }, 7.48],
    // 12.23 + 730 x 0.005 = 12.23 + 3.65
    ['an address of a standard VM', { externalIp: true, spot: false }, 15.88],
    ['a disk that exists elsewhere', { disk: { source: 'data', disk_size_gb: 10 } }, 5.65],
  ])('knows the price of %s', (_, options, usd) => {
    expect(monthly(options)).toBe(usd)
  })

  it.each<[what: string, more: readonly PlannedResource[], usd: number]>([
    // VM 5.65; one VM and one address: 730 x 0.0014 + 730 x 0.005 = 1.022 + 3.65
    ['Cloud NAT', [NAT], 10.32],
    // 730 x 0.025 = 18.25, the first five rules together
    ['a load balancer', rules(1), 23.9],
    ['two of its rules', rules(2), 23.9],
    // and 2 x 730 x 0.01 = 14.6
    ['seven of them', rules(7), 38.5],
    [
      'a disk',
      [
        {
          address: 'google_compute_disk.a',
          values: { type: 'pd-ssd', size: 100, zone: 'us-central1-a' },
        },
      ],
      22.65,
    ],
    [
      'two secret versions',
      ['[0]', '[1]'].map((key) => ({
        address: 'google_secret_manager_secret_version.a',
        key,
        values: {},
      })),
      5.77,
    ],
  ])('knows the price of %s beside a VM', (_, more, usd) => {
    expect(estimateCost(aPlan([...aGroup(), ...more]), PRICES)).toMatchObject({
      monthlyUsd: usd,
      isPartial: false,
    })
  })

  it('bills a single instance like a VM of a group', () => {
    const instance = {
      address: 'google_compute_instance.one',
      values: {
        machine_type: 'e2-small',
        zone: 'us-east1-b',
        boot_disk: [{ initialize_params: [{ size: 10, type: 'pd-balanced' }] }],
        network_interface: [{ access_config: [{}] }],
        scheduling: [{ preemptible: true }],
      },
    }
    // 5.65 + 1.00 + 1.83, each line rounded
    expect(estimateCost(aPlan([instance]), PRICES)).toMatchObject({
      monthlyUsd: 8.48,
      parts: [
        { name: '1 VM e2-small (Spot)', monthlyUsd: 5.65 },
        { name: '1 disk of 10 GB (pd-balanced)', monthlyUsd: 1 },
        { name: '1 external address', monthlyUsd: 1.83 },
      ],
    })
  })

  it('caps what Cloud NAT takes for VMs at 32, and adds an address for every 1,008', () => {
    // NAT alone: 730 x 32 x 0.0014 + 730 x 2 x 0.005 = 32.704 + 7.3
    const { parts } = estimateCost(aPlan([...aGroup({ size: 1009 }), NAT]), PRICES)
    expect(parts.at(-1)).toEqual({ name: 'Cloud NAT for 1009 VMs', monthlyUsd: 40 })
  })

  it('bills the addresses that a gateway is given', () => {
    const nat = {
      ...NAT,
      values: { ...NAT.values, nat_ip_allocate_option: 'MANUAL_ONLY', nat_ips: ['a', 'b'] },
    }
    // 730 x 0.0014 + 2 x 730 x 0.005 = 1.022 + 7.3
    const { parts } = estimateCost(aPlan([...aGroup(), nat]), PRICES)
    expect(parts.at(-1)).toEqual({ name: 'Cloud NAT for 1 VM', monthlyUsd: 8.32 })
  })

  it('leaves VMs with an address of their own, and those of other regions, out of Cloud NAT', () => {
    const elsewhere = { ...NAT, values: { ...NAT.values, region: 'us-east1' } }
    for (const resources of [
      [...aGroup({ externalIp: true }), NAT],
      [...aGroup(), elsewhere],
    ]) {
      // The gateway keeps its one address: 730 x 0.005
      const { parts } = estimateCost(aPlan(resources), PRICES)
      expect(parts.at(-1)).toEqual({ name: 'Cloud NAT for 0 VMs', monthlyUsd: 3.65 })
    }
  })

  it('puts what is alike on one line, rounded once', () => {
    const disks = ['[0]', '[1]', '[2]'].map((key) => ({
      address: 'google_compute_disk.a',
      key,
      values: { size: 10.1, zone: 'us-central1-a' },
    }))
    // 3 x 10.1 x 0.04 = 1.212
    expect(estimateCost(aPlan(disks), PRICES).parts).toEqual([
      { name: '1 disk of 10.1 GB (pd-standard), 3 times', monthlyUsd: 1.21 },
    ])
  })

  it('shows lines that add up to the sum', () => {
    const options = { externalIp: true, disk: { disk_type: 'pd-balanced', disk_size_gb: 11 } }
    const { parts, monthlyUsd } = estimateCost(aPlan(aGroup(options)), PRICES)
    const cents = parts.reduce((sum, part) => sum + Math.round(part.monthlyUsd * 100), 0)
    expect(cents / 100).toBe(monthlyUsd)
  })

  describe('when an autoscaler decides', () => {
    const plan = aPlan([...aGroup({ size: 2 }), autoscaler(1, 5)], aGroup())

    it('gives the price of its fewest and of its most VMs', () => {
      expect(estimateCost(plan, PRICES)).toMatchObject({
        monthlyUsd: 5.65,
        monthlyUsdAtMost: 28.23, // 5 x 5.64655 = 28.23275
        differenceUsd: 0,
        parts: [{ name: '1 to 5 VMs e2-small (Spot)', monthlyUsd: 5.65 }],
      })
    })

    it('has no range when both are the same', () => {
      const { monthlyUsdAtMost } = estimateCost(aPlan([...aGroup(), autoscaler(3, 3)]), PRICES)
      expect(monthlyUsdAtMost).toBeUndefined()
    })
  })

  describe('the difference', () => {
    it.each<[what: string, before: readonly PlannedResource[], usd: number]>([
      ['nothing before', [], 5.65],
      ['the same before', aGroup(), 0],
      // 5.65 - 22.59
      ['a larger machine before', aGroup({ machineType: 'e2-standard-2' }), -16.94],
      // 5.65 - 12.23
      ['a standard VM before', aGroup({ spot: false }), -6.58],
    ])('with %s', (_, before, usd) => {
      expect(estimateCost(aPlan(aGroup(), before), PRICES).differenceUsd).toBe(usd)
    })

    it('is not known when something without a price comes or goes', () => {
      const before = aGroup({ machineType: 'c4d-standard-2' })
      expect(estimateCost(aPlan(aGroup(), before), PRICES).differenceUsd).toBeUndefined()
    })

    it('is known when what has no price stays', () => {
      const database = { address: 'google_sql_database_instance.main', values: {} }
      const before = [...aGroup({ spot: false }), database]
      expect(estimateCost(aPlan([...aGroup(), database], before), PRICES)).toMatchObject({
        differenceUsd: -6.58,
        isPartial: true,
      })
    })
  })

  it('says what the same would cost without Spot, and nothing where none is', () => {
    // 12.23 + 3.65
    const spot = estimateCost(aPlan(aGroup({ externalIp: true })), PRICES)
    expect(spot.monthlyUsdOnDemand).toBe(15.88)
    const standard = estimateCost(aPlan(aGroup({ spot: false })), PRICES)
    expect(standard).not.toHaveProperty('monthlyUsdOnDemand')
  })
})

describe('without prices', () => {
  it('says why, and nothing else', () => {
    const line = "Google's price list could not be read. Run: gcloud services enable …"
    expect(estimateCost(aPlan(aGroup()), { unreadable: line })).toEqual({
      monthlyUsd: undefined,
      differenceUsd: undefined,
      parts: [],
      unknown: [],
      isPartial: true,
      pricesAsOf: '',
      unreadable: line,
    })
  })
})
