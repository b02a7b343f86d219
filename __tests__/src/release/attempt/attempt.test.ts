import { describe, expect, it } from '@jest/globals'
import type { ActionError } from '../../../../src/errors.ts'
import { imageOf, LEDGER, LOCK, Rig } from './rig.ts'

/** What a run ends with that is not green. */
function failureOf(run: Promise<unknown>): Promise<ActionError> {
  return run.then(
    () => Promise.reject(new Error('it was green')),
    (error: ActionError) => error
  )
}

describe('attemptRelease', () => {
  it('rolls a first release, and tells the ledger from beginning to end', async () => {
    const rig = new Rig()
    const attempted = await rig.attempt('good1')
    expect(attempted).toMatchObject({ wasRolled: true, previousRelease: '' })
    expect(rig.entries).toEqual([
      {
        attempt: 1,
        kind: 'deploy',
        release: 'good1',
        template: 'mervis-good1',
        image: imageOf('good1'),
        previous: null,
        commit: 'c0ffee',
        ref: 'refs/heads/main',
        actor: 'ada',
        run_url: 'https://github.com/mervis/mervis/actions/runs/run-good1',
        holder: 'run-good1',
        started_at: expect.stringMatching(/^2026-/),
        finished_at: expect.stringMatching(/^2026-/),
        outcome: 'verified',
        rolled_back_to: null,
        reason: null,
      },
    ])
    expect(rig.bucket.text(LOCK)).toBeUndefined()
    expect(rig.clock.sleeperCount).toBe(0)
  })

  it('makes the template anew that somebody pruned while it waited', async () => {
    const rig = new Rig()
    rig.cloud.templates.delete('mervis-good1')
    expect(await rig.attempt('good1')).toMatchObject({ wasRolled: true })
    expect(rig.cloud.templates.has('mervis-good1')).toBe(true)
  })

  it('tells of each VM once, although it looks twice at the start', async () => {
    const rig = new Rig()
    // Its lock is there until it is stale: the second look is made under the lock.
    rig.bucket.put(LOCK, '{}')
    rig.cloud.onRoll = () => undefined
    await failureOf(rig.attempt('good1'))
    const lines = rig.log.of('info').filter((line) => line.startsWith('mervis-seed '))
    expect(lines).toHaveLength(1)
  })

  it('writes nothing when the release runs already, verified', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    const before = rig.bucket.requests.length
    expect(await rig.attempt('good1', { holder: 'again' })).toMatchObject({ wasRolled: false })
    const later = rig.bucket.requests.slice(before).map(({ method }) => method)
    expect(new Set(later)).toEqual(new Set(['GET']))
    expect(rig.cloud.patches).toHaveLength(1)
  })

  it('writes down a revert of what was rolled back, which moves nothing and ends the rollback', async () => {
    const rig = new Rig()
    await rig.attempt('good1', { commit: 'a' })
    await rig.attempt('good2', { commit: 'b' })
    await rig.attempt('good1', { commit: 'a', kind: 'rollback', holder: 'back' })
    const again = { commit: 'a', holder: 'rerun' }
    expect(await rig.attempt('good1', again)).toMatchObject({ wasRolled: false })
    expect(rig.entries).toHaveLength(3)
    const revert = { commit: 'c', holder: 'revert' }
    expect(await rig.attempt('good1', revert)).toMatchObject({ wasRolled: false, wayBack: '' })
    expect(rig.entries.slice(3)).toMatchObject([
      { kind: 'deploy', release: 'good1', commit: 'c', outcome: 'verified' },
    ])
    expect(rig.cloud.patches).toHaveLength(3)
    await rig.attempt('good1', { commit: 'd', holder: 'words only' })
    expect(rig.entries).toHaveLength(4)
  })

  it('does not take a release back to what a person rolled back, while there is another', async () => {
    const rig = new Rig()
    await rig.attempt('seed')
    await rig.attempt('good1', { commit: 'a' })
    await rig.attempt('good2', { commit: 'b' })
    await rig.attempt('good1', { commit: 'a', kind: 'rollback', holder: 'back' })
    const roll = rig.cloud.onRoll
    rig.cloud.vms = []
    rig.cloud.onRoll = (release) => release !== 'good1' && roll?.(release)
    const failure = await failureOf(rig.attempt('good1', { commit: 'a', holder: 'again' }))
    expect(failure).toMatchObject({ outcome: 'rolled_back', runs: 'seed' })
  })

  it('takes a bad release back to the one before, and says what runs now', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    const failure = await failureOf(rig.attempt('bad'))
    expect(failure).toMatchObject({
      code: 'ROLLOUT_FAILED',
      outcome: 'rolled_back',
      runs: 'good1',
    })
    expect(failure.message).toContain('container exited with code 3')
    expect(failure.message).toContain('no settings')
    expect(failure.message).toContain('it runs release good1 again, verified')
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.entries.at(-1)).toMatchObject({
      release: 'bad',
      outcome: 'rolled_back',
      rolled_back_to: 'good1',
      // No lines of the app's log, which may hold anything.
      reason: 'Release bad failed on mervis: container exited with code 3',
    })
    expect(rig.bucket.text(LOCK)).toBeUndefined()
  })

  it('goes back past releases that failed, never to the one before by number', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    await failureOf(rig.attempt('bad', { autoRollback: false }))
    expect(rig.groupIsOn).toBe('bad')
    await failureOf(rig.attempt('mute'))
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.history).toEqual(['good1 verified', 'bad failed', 'mute rolled_back'])
  })

  it('says that there is nothing to go back to, and what runs instead', async () => {
    const rig = new Rig()
    const failure = await failureOf(rig.attempt('bad'))
    expect(failure).toMatchObject({ outcome: 'failed', runs: undefined })
    expect(failure.message).toContain('There is no verified release to go back to.')
    expect(failure.message).toContain('Now mervis runs: bad on 1 VMs, 0 healthy.')
    expect(rig.history).toEqual(['bad failed'])
  })

  it('tells a way back that fails, too', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    rig.cloud.onRoll = (release) => {
      rig.cloud.vms = [{ name: `vm-${release}`, version: release, health: 'TIMEOUT' }]
    }
    const failure = await failureOf(rig.attempt('mute'))
    expect(failure.outcome).toBe('failed')
    expect(failure.message).toContain('Release mute made no progress on mervis for 2 min')
    expect(failure.message).toContain('The way back failed too: Release good1 made no progress')
    expect(failure.message).toContain('Now mervis runs: good1 on 1 VMs, 0 healthy.')
    expect(rig.entries.at(-1)).toMatchObject({ outcome: 'failed', rolled_back_to: null })
  })

  it('prefers a way back of which everything is there', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    await rig.attempt('good2')
    rig.cloud.manifests.delete('good2')
    await failureOf(rig.attempt('bad'))
    expect(rig.groupIsOn).toBe('good1')
    expect(rig.log.of('warning').join('\n')).toContain('Release good2 is not whole any more')
  })

  it('goes back to a release without its image rather than to none', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    rig.cloud.manifests.delete('good1')
    await failureOf(rig.attempt('bad'))
    expect(rig.groupIsOn).toBe('good1')
  })

  it('leaves a group alone that somebody else moved meanwhile', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    rig.cloud.onRoll = () => {
      rig.cloud.set({ versions: [{ name: 'theirs', instanceTemplate: 't' }], fingerprint: 'x' })
    }
    const failure = await failureOf(rig.attempt('good2'))
    expect(failure).toMatchObject({ code: 'ROLLOUT_SUPERSEDED', outcome: 'failed' })
    expect(rig.groupIsOn).toBe('theirs')
    expect(rig.history).toEqual(['good1 verified', 'good2 failed'])
  })

  it('writes the ledger so that people can read it', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    expect(rig.bucket.text(LEDGER)).toContain('\n      "outcome": "verified",\n')
  })

  it('does nothing when another run has brought the same release meanwhile', async () => {
    const rig = new Rig()
    const both = [rig.begin('good1', { holder: 'a' }), rig.begin('good1', { holder: 'b' })]
    const ended = await rig.clock.play(Promise.all(both))
    expect(ended.map(({ wasRolled }) => wasRolled).sort()).toEqual([false, true])
    expect(rig.history[0]).toBe('good1 verified')
    expect(rig.cloud.patches).toHaveLength(1)
  })

  it('lets two deploys at once wait for each other', async () => {
    const rig = new Rig()
    const both = [rig.begin('good1'), rig.begin('good2')]
    await rig.clock.play(Promise.all(both))
    expect([...rig.history].sort()).toEqual(['good1 verified', 'good2 verified'])
    expect(rig.groupIsOn).toBe(rig.entries.at(-1)?.['release'])
    expect(rig.log.of('info').join('\n')).toMatch(/Waiting for the deploy lock: .*runs\/run-good/)
    expect(rig.bucket.text(LOCK)).toBeUndefined()
  })
})
