import { describe, expect, it } from '@jest/globals'
import { findMissing, suitesOf } from '../../scripts/test/suites.ts'

describe('suitesOf', () => {
  it('leaves nothing out where everything is there', () => {
    expect(suitesOf(findMissing(() => true)).leftOut).toEqual([])
  })

  it('names each suite that it leaves out, and why', () => {
    const { runnable, leftOut } = suitesOf(findMissing(() => false))
    expect(runnable.map(({ name }) => name)).toEqual(['unit', 'emulator', 'boot scripts', 'app'])
    expect(leftOut).toEqual([
      { name: 'real clients', because: 'there is no terraform on PATH' },
      {
        name: 'e2e',
        because: [
          'there is no terraform on PATH',
          'no Docker engine answers (.ci/run starts one)',
          'there is no /bin/busybox (package busybox-static, of which small test images are made)',
        ].join(' and '),
      },
    ])
  })

  it('narrows to one suite', () => {
    const { runnable, leftOut } = suitesOf([], 'e2e')
    expect(runnable.map(({ name }) => name)).toEqual(['e2e'])
    expect(leftOut).toEqual([])
  })
})
