import { describe, expect, it } from '@jest/globals'
import { parseDuration, renderDuration } from '../../../src/lib/duration.ts'

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['820ms', 820],
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['1h2m3s4ms', 3_723_004],
    ['007s', 7_000],
    ['7d', 604_800_000],
    ['1d12h', 129_600_000],
  ])('reads %j', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs)
  })

  it.each([
    '',
    ' ',
    '10',
    's',
    '-5s',
    '+5s',
    '1.5h',
    '10 m',
    '10m ',
    '10M',
    '1w',
    '10m5',
    '٣m',
    'ten minutes',
    '1e3s',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })
})

describe('renderDuration', () => {
  it.each([
    [0, '0 ms'],
    [820.4, '820 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [30_000, '30 s'],
    [1_040, '1.0 s'],
    [3_249, '3.2 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min'],
    [60_000, '1 min'],
    [119_600, '2 min'],
    [250_000, '4 min 10 s'],
    [5_400_000, '90 min'],
    [86_400_000, '1440 min'],
    [172_800_000, '2 days'],
    [648_000_000, '7.5 days'],
  ])('says %d ms as %j', (durationMs, text) => {
    expect(renderDuration(durationMs)).toBe(text)
  })
})
