import { describe, expect, it } from '@jest/globals'
import {
  isTimeZone,
  nextStart,
  parseCron,
} from '../../../../emulator/google/compute/autoscaler/cron.ts'

const next = (cron: string, zone: string, after: string): string | undefined => {
  const parsed = parseCron(cron)
  if (!parsed) throw new Error(`${cron} is no schedule`)
  const at = nextStart(parsed, zone, Date.parse(after))
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 16)
}

describe('nextStart', () => {
  it.each([
    ['* * * * *', 'UTC', '2026-01-01T00:00:00Z', '2026-01-01T00:01'],
    ['0 7 * * *', 'UTC', '2026-01-01T07:00:00Z', '2026-01-02T07:00'],
    ['*/15 * * * *', 'UTC', '2026-01-01T00:16:00Z', '2026-01-01T00:30'],
    ['5,50 8-9 * * *', 'UTC', '2026-01-01T08:06:00Z', '2026-01-01T08:50'],
    ['0 0 1 * *', 'UTC', '2026-01-15T00:00:00Z', '2026-02-01T00:00'],
    ['0 0 29 2 *', 'UTC', '2027-03-01T00:00:00Z', '2028-02-29T00:00'],
    ['0 9 * JAN-MAR Mon-Fri', 'UTC', '2026-03-31T10:00:00Z', '2027-01-01T09:00'],
    ['0 9 * * 7', 'UTC', '2026-01-01T00:00:00Z', '2026-01-04T09:00'],
    // Either of the two days, as in cron.
    ['0 0 13 * FRI', 'UTC', '2026-01-01T00:00:00Z', '2026-01-02T00:00'],
    ['0 7 * * *', 'Europe/Berlin', '2026-07-01T00:00:00Z', '2026-07-01T05:00'],
    ['30 9 * * *', 'Asia/Kolkata', '2026-01-01T00:00:00Z', '2026-01-01T04:00'],
    // 02:30 does not exist on the day that clocks go forward.
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-30T00:30'],
  ])('%s in %s after %s is %s', (cron, zone, after, expected) => {
    expect(next(cron, zone, after)).toBe(expected)
  })

  it('knows no day that never comes', () => {
    expect(next('0 0 30 2 *', 'UTC', '2026-01-01T00:00:00Z')).toBeUndefined()
  })
})

describe('parseCron', () => {
  it.each([
    '',
    '0 7 * *',
    '0 7 * * * *',
    '60 * * * *',
    '5-1 * * * *',
    '*/0 * * * *',
    '@daily',
    '0 7 * * FOO',
  ])('refuses "%s"', (text) => {
    expect(parseCron(text)).toBeUndefined()
  })
})

describe('isTimeZone', () => {
  it.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['Berlin', false],
    ['', false],
  ])('%s: %s', (name, expected) => {
    expect(isTimeZone(name)).toBe(expected)
  })
})
