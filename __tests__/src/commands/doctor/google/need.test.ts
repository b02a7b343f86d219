import { describe, expect, it } from '@jest/globals'
import {
  cpuMetric,
  diskMetric,
  growthOf,
  type Shape,
  shortagesOf,
  shortfall,
} from '../../../../../src/commands/doctor/google/quota/need.ts'

describe('growthOf', () => {
  const shape = (more: Partial<Shape>): Shape => ({
    size: 1,
    zones: 3,
    strategy: 'surge',
    existing: 0,
    ...more,
  })

  it.each<[string, Partial<Shape>, number, number]>([
    ['one VM and a surge in each of three zones', {}, 1, 3],
    ['nothing beside it when the old one goes first', { strategy: 'recreate' }, 1, 0],
    ['a surge alone where the VM runs already', { existing: 1 }, 0, 3],
    ['the surge of one zone', { zones: 1, existing: 1 }, 0, 1],
    ['growth and surge', { size: 5, existing: 2 }, 3, 3],
    ['no less for a group that shrinks', { size: 1, existing: 4 }, 0, 3],
    ['nothing for a service that is switched off', { size: 0 }, 0, 0],
  ])('is %s', (_, more, lasting, passing) => {
    expect(growthOf(shape(more))).toEqual({ lasting, passing })
  })
})

describe('cpuMetric', () => {
  const quota = (metric: string, limit: number) => ({ metric, limit, usage: 0 })

  it.each([
    ['Spot quota that was granted', 'spot', 'e2-small', 24, 'PREEMPTIBLE_CPUS'],
    ['the common quota where Spot was granted none', 'spot', 'e2-small', 0, 'CPUS'],
    ["the family's own where Spot was granted none", 'spot', 'n2-standard-2', 0, 'N2_CPUS'],
    ['the common quota for standard VMs', 'standard', 'e2-small', 24, 'CPUS'],
    ["the family's own for standard VMs", 'standard', 'n2d-standard-2', 24, 'N2D_CPUS'],
  ] as const)('names %s', (_, provisioning, machineType, limit, expected) => {
    const quotas = [quota('CPUS', 24), quota('PREEMPTIBLE_CPUS', limit)]
    expect(cpuMetric({ provisioning, machineType }, quotas)).toBe(expected)
  })

  it('takes a list without Spot quota for one that grants none', () => {
    expect(cpuMetric({ provisioning: 'spot', machineType: 'e2-small' }, [])).toBe('CPUS')
  })
})

describe('diskMetric', () => {
  it.each([
    ['pd-balanced', 'SSD_TOTAL_GB'],
    ['pd-ssd', 'SSD_TOTAL_GB'],
    ['pd-standard', 'DISKS_TOTAL_GB'],
    ['hyperdisk-balanced', 'HDB_TOTAL_GB'],
  ])('counts %s in %s', (type, metric) => {
    expect(diskMetric(type)).toBe(metric)
  })
})

describe('shortfall', () => {
  it.each([
    ['enough to the last one', { limit: 8, usage: 4 }, 4, 0],
    ['one too few', { limit: 8, usage: 5 }, 4, 1],
    ['nothing at all', { limit: 0, usage: 0 }, 3, 3],
    ['no limit, as Google writes it', { limit: -1, usage: 50 }, 3, 0],
  ])('is right for %s', (_, quota, amount, missing) => {
    expect(shortfall({ metric: 'CPUS', ...quota }, { metric: 'CPUS', amount })).toBe(missing)
  })
})

describe('shortagesOf', () => {
  const quotas = [
    { metric: 'CPUS', limit: 8, usage: 6 },
    { metric: 'INSTANCES', limit: 10, usage: 1 },
  ]

  it('gives what does not suffice, with what is needed of it', () => {
    const needs = [
      { metric: 'CPUS', amount: 4 },
      { metric: 'INSTANCES', amount: 2 },
    ]
    expect(shortagesOf(quotas, needs)).toEqual([{ quota: quotas[0], need: needs[0] }])
  })

  it('takes a quota that Google does not list for none', () => {
    expect(shortagesOf(quotas, [{ metric: 'HDB_TOTAL_GB', amount: 40 }])).toEqual([])
  })
})
