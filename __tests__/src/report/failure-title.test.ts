import { describe, expect, it } from '@jest/globals'
import { failureTitle } from '../../../src/report/failure-title.ts'

describe('failureTitle', () => {
  it.each([
    [{ code: 'ROLLOUT_FAILED', outcome: 'failed' }, 'The rollout failed'],
    [
      { code: 'ROLLOUT_FAILED', outcome: 'rolled_back', runs: 'ab12' },
      'Taken back to release ab12',
    ],
    [{ code: 'ROLLOUT_CAPACITY', outcome: 'failed' }, 'No VMs to be had'],
    [{ code: 'TERRAFORM_TIMED_OUT', outcome: 'failed' }, 'Terraform failed'],
    [{ code: 'IMAGE_SECRETS', outcome: 'failed' }, 'The image would hold secrets'],
    [{ code: 'UNEXPECTED', outcome: 'failed' }, 'Failed'],
  ] as const)('says in few words what %j is', (failure, title) => {
    expect(failureTitle(failure)).toBe(title)
  })
})
