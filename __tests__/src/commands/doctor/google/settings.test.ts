import { describe, expect, it } from '@jest/globals'
import { BUCKET_SETTINGS } from '../../../../../src/commands/doctor/google/bucket/settings.ts'

function judge(id: string, settings: object, region = 'europe-west1') {
  const setting = BUCKET_SETTINGS.find((one) => one.id === `state-bucket-${id}`)
  const finding = setting?.judge({ ...settings }, { bucket: 'states', region, service: 'web' })
  return finding?.kind === 'fix' ? finding.severity : finding?.kind
}

describe('BUCKET_SETTINGS', () => {
  const deletes = (condition: object) => ({
    lifecycle: { rule: [{ action: { type: 'Delete' }, condition }] },
  })

  it.each([
    ['retention', 'no policy', {}, 'ok'],
    ['retention', 'a policy of 0 s', { retentionPolicy: { retentionPeriod: '0' } }, 'ok'],
    ['retention', 'a policy of a day', { retentionPolicy: { retentionPeriod: '86400' } }, 'error'],
    ['retention', 'soft deletion', { softDeletePolicy: { retentionDurationSeconds: '9' } }, 'ok'],
    ['lifecycle', 'no rules', {}, 'ok'],
    ['lifecycle', 'a rule by age', deletes({ age: 30 }), 'error'],
    ['lifecycle', 'a rule without conditions', deletes({}), 'error'],
    ['lifecycle', 'a rule for live objects', deletes({ isLive: true, age: 9 }), 'error'],
    ['lifecycle', 'a rule for old versions', deletes({ numNewerVersions: 50 }), 'ok'],
    ['lifecycle', 'a rule for what was replaced', deletes({ isLive: false, age: 30 }), 'ok'],
    [
      'lifecycle',
      'a rule by days of being replaced',
      deletes({ daysSinceNoncurrentTime: 9 }),
      'ok',
    ],
    ['lifecycle', 'a rule for other folders', deletes({ age: 1, matchesPrefix: ['tmp/'] }), 'ok'],
    ['lifecycle', 'a rule for this folder', deletes({ age: 1, matchesPrefix: ['web/'] }), 'error'],
    ['lifecycle', 'a rule for one alike', deletes({ age: 1, matchesPrefix: ['web-2/'] }), 'ok'],
    ['lifecycle', 'a rule for logs', deletes({ age: 1, matchesSuffix: ['.log'] }), 'ok'],
    [
      'lifecycle',
      'a rule for states',
      deletes({ age: 1, matchesPrefix: ['w'], matchesSuffix: ['.tfstate'] }),
      'error',
    ],
    [
      'lifecycle',
      'a rule that moves',
      { lifecycle: { rule: [{ action: { type: 'SetStorageClass' }, condition: { age: 1 } }] } },
      'ok',
    ],
    ['versioning', 'nothing said', {}, 'warning'],
    ['versioning', 'it on', { versioning: { enabled: true } }, 'ok'],
    ['public', 'inherited prevention', { iamConfiguration: {} }, 'warning'],
    ['access', 'nothing said', {}, 'warning'],
    ['location', 'the region', { location: 'EUROPE-WEST1' }, 'ok'],
    ['location', 'a region nearby', { location: 'EUROPE-NORTH1' }, 'ok'],
    ['location', 'the continent', { location: 'EU' }, 'ok'],
    ['location', 'two regions of the continent', { location: 'EUR4' }, 'ok'],
    ['location', 'another continent', { location: 'ASIA-NORTHEAST3' }, 'warning'],
    ['location', 'the multi-region of another', { location: 'US' }, 'warning'],
  ])('%s: with %s', (id, _, settings, expected) => {
    expect(judge(id, settings)).toBe(expected)
  })

  it('knows the multi-regions of the other continents', () => {
    expect(judge('location', { location: 'US' }, 'us-central1')).toBe('ok')
    expect(judge('location', { location: 'NAM4' }, 'us-central1')).toBe('ok')
    expect(judge('location', { location: 'ASIA' }, 'asia-northeast3')).toBe('ok')
  })
})
