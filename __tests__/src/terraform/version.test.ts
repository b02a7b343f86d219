import { describe, expect, it } from '@jest/globals'
import { isFitting, PINNED_VERSION } from '../../../src/terraform/version.ts'

describe('isFitting', () => {
  it.each([
    ['1.9.0', true],
    ['1.9.10', true],
    ['1.11.4', true],
    ['1.100.0', true],
    ['1.8.99', false],
    ['0.15.5', false],
    ['2.0.0', false],
    ['10.0.0', false],
    ['1.16.0-rc2', false],
    ['1.9', false],
    ['v1.11.4', false],
    ['', false],
  ])('takes %s when none is wanted: %s', (found, fits) => {
    expect(isFitting(found, undefined)).toBe(fits)
  })

  it.each([
    ['1.11.4', '1.11.4', true],
    ['1.11.4', '1.11.5', false],
    ['1.8.0', '1.8.0', true],
    ['1.16.0-rc2', '1.16.0-rc2', true],
  ])('holds %s against the wanted %s: %s', (found, wanted, fits) => {
    expect(isFitting(found, wanted)).toBe(fits)
  })

  it('pins a version that fits', () => {
    expect(isFitting(PINNED_VERSION, undefined)).toBe(true)
  })
})
