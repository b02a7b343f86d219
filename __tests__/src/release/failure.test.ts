import { describe, expect, it } from '@jest/globals'
import { rolloutFailure } from '../../../src/release/failure.ts'
import { POLICY, RELEASE } from './situations.ts'

const context = {
  group: 'projects/p/zones/z/instanceGroupManagers/web',
  policy: POLICY,
  kind: 'deploy' as const,
}
const evidence = ['web-1 is RECREATING', 'web-1 was recreated once']
const QUOTA = "QUOTA_EXCEEDED: Quota 'CPUS' exceeded. Limit: 24.0 in region europe-west1."
const ACT_AS =
  "SERVICE_ACCOUNT_ACCESS_DENIED: The user does not have access to service account 'vm@p.iam.gserviceaccount.com'. User: '7@cloudservices.gserviceaccount.com'. Ask a project owner"

describe('rolloutFailure', () => {
  it.each([
    ['release', 'why', 'ROLLOUT_FAILED', `Release ${RELEASE} failed on web: why`, 'push again'],
    [
      'deadline',
      'why',
      'ROLLOUT_TIMED_OUT',
      `Release ${RELEASE} made no progress on web for 10 min.`,
      'push again',
    ],
    [
      'capacity',
      'no e2-small VM is to be had in b since 09:41 UTC (10 min)',
      'ROLLOUT_CAPACITY',
      `Release ${RELEASE} could not be rolled out on web: no e2-small VM is to be had in b since 09:41 UTC (10 min)`,
      'provisioning: standard',
    ],
    [
      'quota',
      QUOTA,
      'ROLLOUT_QUOTA',
      `Release ${RELEASE} could not be rolled out on web: ${QUOTA}`,
      'gcloud compute regions describe europe-west1 --format="yaml(quotas)" --project=p',
    ],
    [
      'permission',
      ACT_AS,
      'ROLLOUT_PERMISSION',
      `Release ${RELEASE} could not be rolled out on web: ${ACT_AS}`,
      'gcloud iam service-accounts add-iam-policy-binding vm@p.iam.gserviceaccount.com --project=p --member=serviceAccount:7@cloudservices.gserviceaccount.com --role=roles/iam.serviceAccountUser',
    ],
    [
      'permission',
      'PERMISSIONS_ERROR: x',
      'ROLLOUT_PERMISSION',
      `Release ${RELEASE} could not be rolled out on web: PERMISSIONS_ERROR: x`,
      'roles/compute.instanceGroupManagerServiceAgent',
    ],
    [
      'configuration',
      'CONDITION_NOT_MET: Constraint constraints/compute.vmExternalIpAccess violated for project 7.',
      'ROLLOUT_CONFIGURATION',
      `Release ${RELEASE} could not be rolled out on web: CONDITION_NOT_MET: Constraint constraints/compute.vmExternalIpAccess violated for project 7.`,
      'external_ip=false',
    ],
    [
      'configuration',
      'RESOURCE_NOT_FOUND: x',
      'ROLLOUT_CONFIGURATION',
      `Release ${RELEASE} could not be rolled out on web: RESOURCE_NOT_FOUND: x`,
      'Correct the setting',
    ],
  ] as const)('%s: %s', (cause, reason, code, headline, advice) => {
    const error = rolloutFailure({ kind: 'failed', cause, reason, evidence }, context)
    expect(error.code).toBe(code)
    expect(error.message).toBe(`${headline}\n  web-1 is RECREATING\n  web-1 was recreated once`)
    expect(error.hint).toContain(advice)
  })

  it('sets off each log line of a VM', () => {
    const failed = { kind: 'failed', cause: 'release', reason: 'exit 1' } as const
    const { message } = rolloutFailure({ ...failed, evidence: ['web-1 fails', 'a\nb\n'] }, context)
    expect(message.split('\n').slice(1)).toEqual(['  web-1 fails', '  a', '  b'])
  })

  it.each([
    ['release', 'why'],
    ['configuration', 'RESOURCE_NOT_FOUND: x'],
    ['deadline', 'why'],
  ] as const)('does not tell a rollback to push (%s)', (cause, reason) => {
    const failed = { kind: 'failed', cause, reason, evidence } as const
    const { hint } = rolloutFailure(failed, { ...context, kind: 'rollback' })
    expect(hint).toMatch(/^Choose another release: run the rollback again with the input `release`/)
  })

  it('says who moved the group when another deploy was faster', () => {
    const error = rolloutFailure({ kind: 'superseded', reason: 'why' }, context)
    expect(error).toMatchObject({
      code: 'ROLLOUT_SUPERSEDED',
      message: `Release ${RELEASE} was not rolled out: why while it was rolling.`,
      hint: expect.stringContaining('concurrency'),
    })
  })
})
