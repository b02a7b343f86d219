import { describe, expect, it } from '@jest/globals'
import { googleError, type HttpAnswer } from '../../../fakes/scripted-http.ts'
import { POLICY } from '../situations.ts'
import { setUp } from './set-up.ts'

describe('a watch, when Google does not answer for a while', () => {
  const refusals: readonly (readonly [string, HttpAnswer])[] = [
    ['503', googleError(503, { reason: 'backendError' })],
    ['429', googleError(429, { reason: 'RESOURCE_EXHAUSTED' })],
    ['the rate limit', googleError(403, { reason: 'rateLimitExceeded' })],
    ['a reset connection', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
  ]

  it.each(refusals)('says so once and looks again: %s', async (_, refusal) => {
    const { watch, cloud, log, elapsedMs } = setUp()
    cloud.fault = () => (elapsedMs() > 3_000 && elapsedMs() < 200_000 ? refusal : undefined)
    expect((await watch.untilVerdict()).verdict).toEqual({ kind: 'verified' })
    expect(elapsedMs()).toBeGreaterThan(200_000)
    expect(log.of('warning')).toEqual([expect.stringContaining('looked at again')])
  })

  it('says so again when it happens again', async () => {
    const { watch, cloud, log, elapsedMs } = setUp({ policy: { ...POLICY, minReadyMs: 150_000 } })
    const [, refusal] = refusals[0] ?? []
    cloud.fault = () => {
      const atMs = elapsedMs()
      const isOut = (atMs > 3_000 && atMs < 90_000) || (atMs > 120_000 && atMs < 200_000)
      return isOut ? refusal : undefined
    }
    await watch.untilVerdict()
    expect(log.of('warning')).toHaveLength(2)
  })

  it('ends with that error when the deadline passes', async () => {
    const { watch, cloud, elapsedMs } = setUp()
    cloud.fault = () => googleError(503)
    await expect(watch.untilVerdict()).rejects.toMatchObject({ code: 'GCP_REQUEST_FAILED' })
    expect(elapsedMs()).toBeGreaterThan(600_000)
    expect(elapsedMs()).toBeLessThan(700_000)
  })

  it.each([401, 403, 404])('ends at once with %i, which only a person can mend', async (status) => {
    const { watch, cloud, elapsedMs } = setUp()
    cloud.fault = () => (elapsedMs() > 3_000 ? googleError(status) : undefined)
    await expect(watch.untilVerdict()).rejects.toThrow(`answered ${status}`)
    expect(elapsedMs()).toBeLessThan(10_000)
  })
})
