import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Deployed, errorOf, PER_PUSH_MS, Service } from './service.ts'

describe('dist/ on a push after a rollback', () => {
  let service: Service
  let good: Deployed
  let bad: Deployed

  beforeAll(async () => {
    service = await Service.open()
    good = await service.deploy('apple')
    bad = await service.deploy('banana')
    expect(errorOf(await service.rollBack(''))).toBe('')
  }, 3 * PER_PUSH_MS)

  afterAll(() => service.close(), PER_PUSH_MS)

  it(
    'does not bring back the commit that was rolled back when its job is run again',
    async () => {
      const before = await service.ledger()
      const run = await service.push('banana')
      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      expect(run.outputs.get('failure_code')).toBe('RELEASE_ROLLED_BACK')
      expect(errorOf(run)).toContain(`Commit ${bad.commit.slice(0, 12)} was rolled back: grace`)
      expect(errorOf(run)).toContain('/actions/runs/911')
      expect(errorOf(run)).toContain(`release ${good.release} runs now`)
      expect(errorOf(run)).toContain('`force: true`')
      expect(await service.ledger()).toEqual(before)
      expect(await service.releaseOfGroup()).toBe(good.release)
    },
    PER_PUSH_MS
  )

  it(
    'does not bring it back under another commit, which changed nothing of it',
    async () => {
      const environment = { GITHUB_SHA: '9'.repeat(40) }
      const run = await service.push('banana', { environment })
      expect(run.outputs.get('failure_code')).toBe('RELEASE_ROLLED_BACK')
      expect(errorOf(run)).toContain(`Release ${bad.release} was rolled back`)
      expect(await service.releaseOfGroup()).toBe(good.release)
      expect(service.objects()).not.toContain('web/deploy.lock')
    },
    PER_PUSH_MS
  )

  it(
    'brings it back by force',
    async () => {
      const run = await service.push('banana', { inputs: { force: 'true' } })
      expect(errorOf(run)).toBe('')
      expect(run.outputs.get('release')).toBe(bad.release)
      expect(await service.releaseOfGroup()).toBe(bad.release)
    },
    PER_PUSH_MS
  )

  it(
    'deploys a fix without being asked, and may roll it back again',
    async () => {
      expect(errorOf(await service.rollBack(''))).toBe('')
      const fix = await service.deploy('cherry')
      expect(await service.releaseOfGroup()).toBe(fix.release)
      expect(errorOf(await service.rollBack(''))).toBe('')
      expect(await service.releaseOfGroup()).toBe(good.release)
    },
    2 * PER_PUSH_MS
  )

  it(
    'counts a revert as a step forward, after which the same may be pushed again',
    async () => {
      const commit = (digit: string) => ({ environment: { GITHUB_SHA: digit.repeat(40) } })
      const tooEarly = await service.push('cherry', commit('6'))
      expect(tooEarly.outputs.get('failure_code')).toBe('RELEASE_ROLLED_BACK')
      const revert = await service.push('apple', commit('7'))
      expect(errorOf(revert)).toBe('')
      expect(revert.outputs.get('outcome')).toBe('unchanged')
      expect((await service.ledger()).at(-1)).toMatchObject({
        kind: 'deploy',
        release: good.release,
        commit: '7'.repeat(40),
        outcome: 'verified',
      })
      const again = await service.push('cherry', commit('8'))
      expect(errorOf(again)).toBe('')
      expect(again.outputs.get('outcome')).toBe('deployed')
    },
    3 * PER_PUSH_MS
  )
})
