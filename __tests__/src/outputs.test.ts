import { describe, expect, it } from '@jest/globals'
import type { DeployResult } from '../../src/commands/deploy/result.ts'
import { renderFailure, renderOutputs, renderRolloutOutputs } from '../../src/outputs.ts'

const RESULT: DeployResult = {
  outcome: 'deployed',
  release: 'a1b2c3d4e5f6',
  previousRelease: '',
  image: `h/p/r/i@sha256:${'0'.repeat(64)}`,
  changes: { add: 1, change: 0, destroy: 2 },
  vms: [
    {
      name: 'mervis-x7k2',
      release: 'a1b2c3d4e5f6',
      image: 'i',
      health: 'HEALTHY',
      address: '203.0.113.7',
    },
  ],
  url: 'http://203.0.113.7:8080',
  steps: [{ name: 'plan', ms: 1234 }],
  durationMs: 61_449,
}

describe('renderOutputs', () => {
  it('gives text for each output, JSON where there is more than a value', () => {
    expect(Object.fromEntries(renderOutputs(RESULT))).toEqual({
      outcome: 'deployed',
      release: 'a1b2c3d4e5f6',
      previous_release: '',
      image: RESULT.image,
      changes: '{"add":1,"change":0,"destroy":2}',
      vms: JSON.stringify(RESULT.vms),
      url: 'http://203.0.113.7:8080',
      steps: '[{"name":"plan","ms":1234}]',
      duration_seconds: '61.4',
    })
  })
})

describe('renderRolloutOutputs', () => {
  it('gives what a deploy gives, but for the plan', () => {
    const { changes: _, ...others } = Object.fromEntries(renderOutputs(RESULT))
    expect(Object.fromEntries(renderRolloutOutputs(RESULT))).toEqual(others)
  })
})

describe('renderFailure', () => {
  it('says what kind of failure it was and why, and claims no release', () => {
    const failure = {
      message: 'No VM came up.',
      code: 'ROLLOUT_FAILED',
      outcome: 'failed',
    } as const
    expect(Object.fromEntries(renderFailure(failure))).toEqual({
      outcome: 'failed',
      release: '',
      failure_code: 'ROLLOUT_FAILED',
      failure_reason: 'No VM came up.',
    })
  })

  it('says that it was taken back, and what runs again', () => {
    const failure = {
      message: 'm',
      code: 'ROLLOUT_FAILED',
      outcome: 'rolled_back',
      runs: 'a1b2',
    } as const
    expect(Object.fromEntries(renderFailure(failure))).toMatchObject({
      outcome: 'rolled_back',
      release: 'a1b2',
    })
  })
})
