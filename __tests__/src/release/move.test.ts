import { describe, expect, it } from '@jest/globals'
import { moveGroup } from '../../../src/release/move.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { FakeCloud } from '../../fakes/fake-cloud.ts'
import { googleError, type HttpAnswer } from '../../fakes/scripted-http.ts'
import { BEFORE, RELEASE } from './situations.ts'

const LINK = 'https://www.googleapis.com/compute/v1/projects/p/global/instanceTemplates/mervis-1'

function setUp(...versions: readonly string[]) {
  const cloud = new FakeCloud(new FakeClock())
  cloud.set({ versions: versions.map((name) => ({ name, instanceTemplate: 't' })) })
  const cancel = new AbortController()
  const { compute } = cloud.clients()
  const destination = { release: RELEASE, templateLink: LINK }
  const move = () => moveGroup({ compute, signal: cancel.signal }, 'mervis', destination)
  return { cloud, cancel, move }
}

const RESET = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })

describe('moveGroup', () => {
  it.each([
    ['another release', [BEFORE], BEFORE],
    ['no release', [''], ''],
    ['nothing at all', [], ''],
    ['the release and another one, as a canary', [RELEASE, BEFORE], RELEASE],
  ])('makes the release the one version of a group that is on %s', async (_, on, previous) => {
    const { cloud, move } = setUp(...on)
    expect(await move()).toEqual({ wasPatched: true, previousRelease: previous })
    expect(cloud.patches).toEqual([
      { fingerprint: 'f0', versions: [{ name: RELEASE, instanceTemplate: LINK }] },
    ])
  })

  it('sends nothing to a group that is there already', async () => {
    const { cloud, move } = setUp(RELEASE)
    expect(await move()).toEqual({ wasPatched: false, previousRelease: RELEASE })
    expect(cloud.patches).toEqual([])
  })

  it('sends what it must with the new fingerprint when somebody else changed the group', async () => {
    const { cloud, move } = setUp(BEFORE)
    cloud.conflicts = 2
    expect(await move()).toEqual({ wasPatched: true, previousRelease: BEFORE })
    expect(cloud.patches.map(({ fingerprint }) => fingerprint)).toEqual(['f0', 'f0+', 'f0++'])
  })

  /** Lets the PATCH through and loses its answer, so often. */
  function losing(cloud: FakeCloud, count: number, answer: HttpAnswer): void {
    let lost = 0
    cloud.fault = ({ method, body = '' }) => {
      if (method !== 'PATCH' || lost === count) return undefined
      lost += 1
      const { versions } = JSON.parse(body)
      cloud.set({ fingerprint: 'f-after', versions })
      return answer
    }
  }

  it.each([
    ['once', 1, RESET],
    ['until the client gives up', Number.POSITIVE_INFINITY, RESET],
    ['by a gateway', Number.POSITIVE_INFINITY, googleError(502)],
  ])('finds that it is done when the answer is lost %s', async (_, count, answer) => {
    const { cloud, move } = setUp(BEFORE)
    losing(cloud, count, answer)
    expect(await move()).toEqual({ wasPatched: true, previousRelease: BEFORE })
    expect(cloud.group.versions).toEqual([{ name: RELEASE, instanceTemplate: LINK }])
  })

  it('says so when somebody else is always faster', async () => {
    const { cloud, move } = setUp(BEFORE)
    cloud.conflicts = 1_000
    await expect(move()).rejects.toMatchObject({
      code: 'ROLLOUT_FAILED',
      hint: expect.stringContaining('Audit Logs'),
    })
    expect(cloud.patches).toHaveLength(5)
  })

  it('begins nothing after a cancel', async () => {
    const { cloud, cancel, move } = setUp(BEFORE)
    cloud.fault = () => {
      cancel.abort(new Error('cancelled'))
      return undefined
    }
    await expect(move()).rejects.toThrow('cancelled')
    expect(cloud.patches).toEqual([])
  })

  it('waits for what is under way at a cancel', async () => {
    const { cloud, cancel, move } = setUp(BEFORE)
    cloud.onRoll = () => cancel.abort(new Error('cancelled'))
    expect(await move()).toEqual({ wasPatched: true, previousRelease: BEFORE })
  })

  it('does not try again what Google refuses for good', async () => {
    const { cloud, move } = setUp(BEFORE)
    cloud.fault = ({ method }) => (method === 'PATCH' ? googleError(403) : undefined)
    await expect(move()).rejects.toMatchObject({ code: 'GCP_REQUEST_FAILED' })
    expect(cloud.http.lines.filter((line) => line.startsWith('PATCH'))).toHaveLength(1)
  })
})
