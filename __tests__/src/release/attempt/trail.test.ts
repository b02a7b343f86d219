import { describe, expect, it } from '@jest/globals'
import { Trail } from '../../../../src/release/attempt/trail.ts'
import { Rig } from './rig.ts'

/** Direction and release of each watch, with the phases that it saw. */
function legsOf({ legs }: Trail): readonly string[] {
  return legs.map(({ direction, release, timeline }) => {
    const phases = timeline.entries.map(({ vm, phase }) => `${vm} ${phase}`)
    return `${direction} ${release}: ${phases.join(', ')}`
  })
}

describe('the track of an attempt', () => {
  it('tells what was there before, and how it went', async () => {
    const rig = new Rig()
    const first = new Trail()
    expect((await rig.attempt('good1', { trail: first })).wayBack).toBe('')
    expect(first.turns).toEqual({ previousRelease: '' })
    const second = new Trail()
    expect((await rig.attempt('good2', { trail: second })).wayBack).toBe('good1')
    expect(second.turns).toEqual({ previousRelease: 'good1' })
    expect(legsOf(second)).toEqual(['forth good2: vm-good2 ready'])
  })

  it('knows the way back of a release that runs already', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    await rig.attempt('good2')
    const again = await rig.attempt('good2', { holder: 'again' })
    expect(again).toMatchObject({ wasRolled: false, wayBack: 'good1' })
  })

  it('has both ways of a release that was taken back, and why', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    const trail = new Trail()
    await expect(rig.attempt('bad', { trail })).rejects.toMatchObject({ outcome: 'rolled_back' })
    expect(legsOf(trail)).toEqual([
      expect.stringMatching(/^forth bad: .*vm-bad failed$/),
      expect.stringMatching(/^back good1: .*vm-good1 ready$/),
    ])
    expect(trail.turns).toMatchObject({
      previousRelease: 'good1',
      verdict: { kind: 'failed', cause: 'release', reason: 'container exited with code 3' },
      ending: 'mervis was taken back: it runs release good1 again, verified.',
    })
    expect(trail.legs[0]?.timeline.last?.reports.get('vm-bad')?.log).toBe('no settings')
  })

  it('says how the group was left where there is no way back, or where none is wanted', async () => {
    const rig = new Rig()
    const alone = new Trail()
    await expect(rig.attempt('bad', { trail: alone })).rejects.toThrow('container exited')
    expect(alone.turns.ending).toMatch(/^There is no verified release to go back to. Now mervis/)
    const unwanted = new Trail()
    const options = { trail: unwanted, autoRollback: false }
    await expect(rig.attempt('mute', options)).rejects.toThrow('made no progress')
    expect(unwanted.turns.ending).toMatch(/^Now mervis runs: mute on 1 VMs/)
  })

  it('says after a cancel where the group was put', async () => {
    const rig = new Rig()
    await rig.attempt('good1')
    const cancel = new AbortController()
    const trail = new Trail()
    const roll = rig.cloud.onRoll
    rig.cloud.onRoll = (release) => {
      roll(release)
      if (release === 'mute') cancel.abort(new Error('the run was cancelled'))
    }
    await expect(rig.attempt('mute', { cancel, trail })).rejects.toThrow('cancelled')
    expect(trail.turns.ending).toBe(
      'The group was put back on release good1, and nobody watched it arrive.'
    )
  })
})
