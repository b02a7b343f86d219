import { describe, expect, it } from '@jest/globals'
import {
  type DeployReport,
  findDisappointments,
  renderReport,
} from '../../../scripts/demo/report.ts'

function aDeploy(overrides: Partial<DeployReport> = {}): DeployReport {
  return {
    outcome: 'deployed',
    release: 'r1',
    image: 'host/web@sha256:1',
    durationMs: 9000,
    steps: [{ name: 'plan', ms: 400 }],
    terraform: { add: 17, change: 0, destroy: 0 },
    requests: { total: 10, failed: 0, failures: [], versions: { '1.0.0': 10 } },
    vms: [
      {
        name: 'web-1',
        release: 'r1',
        image: 'host/web@sha256:1',
        health: 'HEALTHY',
        address: '127.0.1.2',
      },
    ],
    failureReason: '',
    ...overrides,
  }
}

const first = aDeploy()
const second = aDeploy({
  image: 'host/web@sha256:2',
  vms: [
    {
      name: 'web-2',
      release: 'r2',
      image: 'host/web@sha256:2',
      health: 'HEALTHY',
      address: '127.0.1.3',
    },
  ],
})
const third = aDeploy({ outcome: 'unchanged', image: second.image })

describe('findDisappointments', () => {
  it('finds none in what a demo promises', () => {
    expect(findDisappointments([first, second, third])).toEqual([])
  })

  it.each([
    [
      'a deploy that failed',
      [aDeploy({ outcome: 'failed', failureReason: 'no engine' })],
      'deploy 1 failed: no engine',
    ],
    [
      'a third deploy that rolled',
      [first, second, aDeploy({ image: second.image })],
      'the third deploy ended "deployed", not "unchanged"',
    ],
    [
      'the same image twice',
      [first, { ...second, image: first.image, vms: first.vms }, third],
      'the second deploy has the image of the first',
    ],
    [
      'a VM on the old image',
      [first, { ...second, vms: first.vms }, third],
      'web-1 runs host/web@sha256:1 after the second deploy',
    ],
    [
      'a failed request',
      [
        first,
        { ...second, requests: { total: 9, failed: 1, failures: ['reset'], versions: {} } },
        third,
      ],
      '1 requests failed during the second deploy: reset',
    ],
  ])('finds %s', (_, deploys, disappointment) => {
    expect(findDisappointments(deploys)).toContain(disappointment)
  })
})

describe('renderReport', () => {
  it('shows outcome, counts and steps of each deploy', () => {
    const text = renderReport([first])
    expect(text).toContain('deployed')
    expect(text).toContain('terraform +17 ~0 -0   requests 10, failed 0   1 VM')
    expect(text).toContain('seconds: plan 0.4')
  })
})
