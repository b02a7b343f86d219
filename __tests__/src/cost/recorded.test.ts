import { describe, expect, it } from '@jest/globals'
import { estimateCost } from '../../../src/cost/report.ts'
import type { PriceList } from '../../../src/cost/sku.ts'
import { recordedPlan } from './plans.ts'
import { PRICES } from './price-list.ts'

/** The same numbers in the region of the recordings. */
const BELGIUM: PriceList = {
  ...PRICES,
  skus: PRICES.skus
    .filter(({ regions }) => !regions.includes('europe-west1'))
    .map((sku) =>
      sku.regions.includes('us-central1') ? { ...sku, regions: ['europe-west1'] } : sku
    ),
}

const estimate = (name: Parameters<typeof recordedPlan>[0]) =>
  estimateCost(recordedPlan(name), BELGIUM)

describe('estimateCost, of plans that terraform made of the bundled configuration', () => {
  it('knows the first deploy, though no template has a name yet', () => {
    // 5.64655 + 10 x 0.10 + 730 x 0.0025; the base template's address, not the seed's lack of one
    expect(estimate('first-deploy')).toEqual({
      monthlyUsd: 8.48,
      // 12.229544 + 1.00 + 730 x 0.005
      monthlyUsdOnDemand: 16.88,
      differenceUsd: 8.48,
      parts: [
        { name: '1 VM e2-small (Spot)', monthlyUsd: 5.65 },
        { name: '1 disk of 10 GB (pd-balanced)', monthlyUsd: 1 },
        { name: '1 external address', monthlyUsd: 1.83 },
      ],
      unknown: ['network traffic', 'images in Artifact Registry'],
      isPartial: false,
      pricesAsOf: '2026-10-08',
    })
  })

  it('sees no difference where nothing changes', () => {
    expect(estimate('no-changes')).toMatchObject({ monthlyUsd: 8.48, differenceUsd: 0 })
  })

  it('follows the base template, though the group still shows its first one', () => {
    // 3 x 24.459088 + 3 x 20 x 0.17 + 3 x 3.65 = 73.38 + 10.20 + 10.95
    expect(estimate('larger')).toMatchObject({
      monthlyUsd: 94.53,
      differenceUsd: 86.05,
      parts: [
        { name: '3 VMs e2-medium', monthlyUsd: 73.38 },
        { name: '3 disks of 20 GB (pd-ssd)', monthlyUsd: 10.2 },
        { name: '3 external addresses', monthlyUsd: 10.95 },
      ],
    })
  })

  it('knows autoscaler, load balancer and Cloud NAT', () => {
    expect(estimate('autoscaled')).toMatchObject({
      // 5.65 + 1.00 + (1.022 + 3.65) + 18.25
      monthlyUsd: 29.57,
      // 4 x 5.64655 + 4.00 + (4 x 1.022 + 3.65) + 18.25 = 22.59 + 4.00 + 7.74 + 18.25
      monthlyUsdAtMost: 52.58,
      parts: [
        { name: '1 to 4 VMs e2-small (Spot)' },
        { name: '1 to 4 disks of 10 GB (pd-balanced)' },
        { name: 'Cloud NAT for 1 to 4 VMs', monthlyUsd: 4.67 },
        { name: 'load balancer (2 forwarding rules)', monthlyUsd: 18.25 },
      ],
      unknown: [
        'network traffic',
        'versions of secrets',
        'traffic through Cloud NAT',
        'images in Artifact Registry',
        'traffic through the load balancer',
      ],
      isPartial: false,
    })
  })

  it('leaves nothing behind a destroy', () => {
    expect(estimate('destroy')).toMatchObject({
      monthlyUsd: 0,
      differenceUsd: -8.48,
      parts: [],
      unknown: [],
    })
  })
})
