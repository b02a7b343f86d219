import { describe, expect, it } from '@jest/globals'
import { lookAtClock } from '../../../../../src/commands/doctor/identity/clock-skew.ts'
import { FakeClock } from '../../../../fakes/fake-clock.ts'
import { answer, ScriptedHttp } from '../../../../fakes/scripted-http.ts'

const NOW = Date.UTC(2026, 10, 23, 12)
const URLS = ['https://github.test/', 'https://google.test/']
const { signal } = new AbortController()

/** Seconds by which each of them thinks that we are ahead; undefined for one that is silent. */
function look(...ahead: readonly (number | undefined)[]) {
  const rest = [...ahead]
  const http = new ScriptedHttp(() => {
    const seconds = rest.shift()
    if (seconds === undefined) return new Error('silent')
    return answer(404, '', { date: new Date(NOW - seconds * 1000).toUTCString() })
  })
  return lookAtClock({ http, clock: new FakeClock(NOW) }, URLS, signal)
}

describe('lookAtClock', () => {
  it.each([
    [0, 'ok', undefined],
    [59, 'ok', undefined],
    [-60, 'ok', undefined],
    [61, 'fix', 'warning'],
    [-200, 'fix', 'warning'],
    [300, 'fix', 'warning'],
    [301, 'fix', 'error'],
    [-4000, 'fix', 'error'],
  ])('judges %d s as %s', async (seconds, kind, severity) => {
    const finding = await look(seconds, seconds)
    expect(finding).toMatchObject({ kind, ...(severity && { severity }) })
    if (kind === 'fix')
      expect(finding.said).toContain(
        `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'}`
      )
  })

  it('trusts the one that agrees with us: not both of us are likely to be wrong', async () => {
    expect(await look(900, 1)).toMatchObject({ kind: 'ok' })
  })

  it('makes do with one that answers, and says so when none does', async () => {
    expect(await look(undefined, 400)).toMatchObject({ kind: 'fix', severity: 'error' })
    expect(await look(undefined, undefined)).toMatchObject({ kind: 'unknown' })
  })
})
