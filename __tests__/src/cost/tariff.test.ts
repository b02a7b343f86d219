import { describe, expect, it } from '@jest/globals'
import { parseSku, type Sku } from '../../../src/cost/sku.ts'
import { DISKS, isOfUse, machineTariffs, priceOf } from '../../../src/cost/tariff.ts'
import { PRICES } from './price-list.ts'

/** A SKU as the catalogue answers it. */
function answered(tiers: readonly object[], more: object = {}): object {
  return {
    skuId: '0000-0000-0000',
    description: 'Storage PD Capacity',
    category: { resourceFamily: 'Storage', resourceGroup: 'PDStandard', usageType: 'OnDemand' },
    serviceRegions: ['us-central1'],
    pricingInfo: [
      {
        effectiveTime: '2026-10-08T07:00:00.000Z',
        pricingExpression: { usageUnit: 'GiBy.mo', tieredRates: tiers },
      },
    ],
    ...more,
  }
}

const rate = (startUsageAmount: number, units: string | undefined, nanos?: number): object => ({
  startUsageAmount,
  unitPrice: {
    currencyCode: 'USD',
    ...(units !== undefined && { units }),
    ...(nanos !== undefined && { nanos }),
  },
})

describe('parseSku', () => {
  it('reads what an estimate needs', () => {
    expect(parseSku(answered([rate(0, '0', 40_000_000)]))).toEqual({
      description: 'Storage PD Capacity',
      usageType: 'OnDemand',
      regions: ['us-central1'],
      unit: 'GiBy.mo',
      nanoUsd: 40_000_000,
      since: '2026-10-08T07:00:00.000Z',
    })
  })

  it.each([
    ['dollars and billionths', [rate(0, '2', 500_000_000)], 2_500_000_000],
    ['whole dollars alone', [rate(0, '3')], 3_000_000_000],
    ['billionths alone', [rate(0, undefined, 5)], 5],
    ['nothing at all, which is free', [rate(0, undefined)], 0],
    ['what costs after a free allowance', [rate(0, '0'), rate(30, '0', 7)], 7],
    ['what costs first where more is cheaper', [rate(0, '0', 9), rate(1024, '0', 8)], 9],
  ])('takes %s', (_, tiers, nanoUsd) => {
    expect(parseSku(answered(tiers))?.nanoUsd).toBe(nanoUsd)
  })

  it('takes the price that holds now', () => {
    const [old, current] = [1, 2].map((nanos) => ({
      pricingExpression: { tieredRates: [rate(0, '0', nanos)] },
    }))
    expect(parseSku(answered([], { pricingInfo: [old, current] }))?.nanoUsd).toBe(2)
  })

  it.each([
    ['no price', []],
    ['another currency', [{ unitPrice: { currencyCode: 'EUR', nanos: 1 } }]],
    ['no currency', [{ unitPrice: { nanos: 1 } }]],
    ['a price that is no number', [rate(0, 'much')]],
    ['a tier that is none', ['x']],
  ])('has nothing to say of %s', (_, tiers) => {
    expect(parseSku(answered(tiers as object[]))).toBeUndefined()
  })

  it.each([undefined, null, 1, 'sku', [], {}, { pricingInfo: {} }])('survives %p', (json) => {
    expect(parseSku(json)).toBeUndefined()
  })
})

describe('priceOf', () => {
  const spot = machineTariffs('E2 Instance', true)
  const standard = machineTariffs('E2 Instance', false)

  it('keeps Spot and on demand apart', () => {
    expect(priceOf(PRICES, standard.memory, 'us-central1')).toEqual({ nanoUsd: 2_923_500 })
    expect(priceOf(PRICES, spot.memory, 'us-central1')).toEqual({ nanoUsd: 1_350_000 })
  })

  it('keeps regions apart', () => {
    expect(priceOf(PRICES, standard.core, 'europe-west1')).toEqual({ nanoUsd: 9_000_000_000 })
    expect(priceOf(PRICES, standard.core, 'asia-east1')).toBeUndefined()
  })

  it.each([
    ['Regional Balanced PD Capacity', false],
    ['Balanced PD Capacity in Frankfurt', true],
    ['Balanced PD Capacity', true],
    ['Balanced PD Capacity Promotion in Frankfurt', false],
  ])('takes "%s" for pd-balanced: %p', (description, isIt) => {
    const sku = { description, usageType: 'OnDemand', regions: ['r'], unit: 'GiBy.mo', since: '' }
    const tariff = DISKS.get('pd-balanced') ?? standard.core
    const found = priceOf({ skus: [{ ...sku, nanoUsd: 1 }], asOf: '' }, tariff, 'r')
    expect(found !== undefined).toBe(isIt)
  })

  it('does not take a price of another unit', () => {
    const [first] = PRICES.skus
    const skus = [{ ...first, unit: 'mo' } as Sku]
    expect(priceOf({ skus, asOf: '' }, standard.core, 'us-central1')).toBeUndefined()
  })
})

describe('isOfUse', () => {
  it.each([
    ['Spot Preemptible N2 Instance Ram running in Tokyo', 'Preemptible', true],
    ['Networking Cloud Nat Gateway Uptime', 'OnDemand', true],
    ['Hyperdisk Balanced Capacity in Tokyo', 'OnDemand', true],
    ['Commitment v1: E2 Core running in Tokyo for 1 Year', 'Commit1Yr', false],
    ['Network Internet Data Transfer Out from Tokyo to Americas', 'OnDemand', false],
    ['Licensing Fee for Windows Server', 'OnDemand', false],
  ])('%s, %s: %p', (description, usageType, isIt) => {
    const rest = { regions: [], unit: 'h', nanoUsd: 1, since: '' }
    expect(isOfUse({ description, usageType, ...rest })).toBe(isIt)
  })
})
