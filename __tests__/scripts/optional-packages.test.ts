import { describe, expect, it } from '@jest/globals'
import { completeLock } from '../../scripts/lock/optional-packages.ts'

describe('completeLock', () => {
  it('adds what is named and missing, for its own platform only', () => {
    const { lock, added } = completeLock({
      packages: {
        'node_modules/tool': {
          version: '1.0.0',
          optionalDependencies: { '@tool/linux-x64-musl': '1.0.0', '@tool/darwin-arm64': '1.0.0' },
        },
        'node_modules/@tool/darwin-arm64': { version: '1.0.0' },
      },
    })
    expect(added).toEqual(['@tool/linux-x64-musl'])
    expect(lock.packages['node_modules/@tool/linux-x64-musl']).toEqual({
      version: '1.0.0',
      dev: true,
      optional: true,
      cpu: ['x64'],
      os: ['linux'],
      libc: ['musl'],
    })
  })

  it('leaves a complete lock as it is', () => {
    const lock = { packages: { 'node_modules/tool': { version: '1.0.0' } } }
    expect(completeLock(lock)).toEqual({ lock, added: [] })
  })
})
