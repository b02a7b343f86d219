import { describe, expect, it } from '@jest/globals'
import {
  countActions,
  isStable,
  isVersionTargetReached,
} from '../../../emulator/google/compute/group/status.ts'
import { aSpec, Rig, version } from './rig.ts'

const update = (overrides: Partial<ReturnType<typeof aSpec>['update']>) => ({
  update: { ...aSpec().update, ...overrides },
})

/** A group whose three v1 instances serve. */
const settled = (overrides: Parameters<typeof aSpec>[0] = {}) =>
  new Rig(aSpec(overrides)).send().run(60)

/** Every distinct state the group showed while `seconds` passed. */
function story(rig: Rig, seconds: number): string[] {
  const lines: string[] = []
  for (let second = 0; second <= seconds; second++) {
    const line = rig.actions().join(', ')
    if (line !== lines.at(-1)) lines.push(line)
    rig.run(1)
  }
  return lines
}

describe('step: a new group', () => {
  it('creates its instances with names of its own, one in each zone', () => {
    const { group } = new Rig(aSpec()).send()
    expect(group.instances.map((one) => one.zone)).toEqual(['r-a', 'r-b', 'r-c'])
    for (const { name } of group.instances) expect(name).toMatch(/^mervis-[a-z0-9]{4}$/)
  })

  it('goes CREATING, VERIFYING, NONE with a health check', () => {
    const rig = new Rig(aSpec({ targetSize: 1 })).send()
    expect(story(rig, 60)).toEqual(['v1 CREATING', 'v1 VERIFYING', 'v1 NONE'])
  })

  it('is done as soon as VMs run without one', () => {
    const rig = new Rig(aSpec({ targetSize: 1, health: undefined })).send()
    expect(story(rig, 60)).toEqual(['v1 CREATING', 'v1 NONE'])
    expect(isStable(rig.group)).toBe(true)
  })

  it('gives the same names for the same seed and others for another', () => {
    const names = (seed: number) =>
      new Rig(aSpec(), seed).send().group.instances.map((one) => one.name)
    expect(names(7)).toEqual(names(7))
    expect(names(7)).not.toEqual(names(8))
  })
})

describe('step: a proactive rolling replace', () => {
  it('with surge for all creates new ones, waits for their health, then deletes the old', () => {
    const rig = settled()
    rig.patch({ versions: [version('v2')] })
    const [old, fresh] = ['v1 NONE, v1 NONE, v1 NONE', 'v2 NONE, v2 NONE, v2 NONE']
    expect(story(rig, 60)).toEqual([
      `${old}, v2 CREATING, v2 CREATING, v2 CREATING`,
      `${old}, v2 VERIFYING, v2 VERIFYING, v2 VERIFYING`,
      `${old}, ${fresh}`,
      `v1 DELETING, v1 DELETING, v1 DELETING, ${fresh}`,
      fresh,
    ])
  })

  it.each([1, 2, 3, 5])('with surge %i never holds more than size and surge', (maxSurge) => {
    const rig = settled(update({ maxSurge }))
    let most = 0
    let fewestServing = 3
    rig.watch = ({ group, vms }) => {
      most = Math.max(most, vms.size, group.instances.length)
      fewestServing = Math.min(fewestServing, rig.serving().length)
    }
    rig.patch({ versions: [version('v2')] }).run(300)
    expect(rig.serving()).toEqual(['v2', 'v2', 'v2'])
    expect(most).toBe(3 + Math.min(maxSurge, 3))
    expect(fewestServing).toBe(3)
  })

  it('without surge never lets old and new run together in a group of one', () => {
    const rig = settled({ targetSize: 1, ...update({ maxSurge: 0, maxUnavailable: 3 }) })
    let most = 0
    rig.watch = ({ vms }) => {
      most = Math.max(most, vms.size)
    }
    rig.patch({ versions: [version('v2')] })
    expect(story(rig, 60)).toEqual(['v1 DELETING', 'v2 CREATING', 'v2 VERIFYING', 'v2 NONE'])
    expect(most).toBe(1)
  })

  it('without surge takes down no more than maxUnavailable at a time', () => {
    const rig = settled(update({ maxSurge: 0, maxUnavailable: 1 }))
    let fewest = 3
    rig.watch = () => {
      fewest = Math.min(fewest, rig.serving().length)
    }
    rig.patch({ versions: [version('v2')] }).run(300)
    expect(rig.serving()).toEqual(['v2', 'v2', 'v2'])
    expect(fewest).toBe(2)
  })

  it('with RECREATE keeps the names', () => {
    const rig = settled(update({ maxSurge: 0, maxUnavailable: 3, replacementMethod: 'RECREATE' }))
    const names = rig.group.instances.map((one) => one.name)
    rig.patch({ versions: [version('v2')] }).run(120)
    expect(rig.group.instances.map((one) => one.name)).toEqual(names)
    expect(rig.serving()).toEqual(['v2', 'v2', 'v2'])
  })

  it('replaces for a new version name alone', () => {
    const rig = settled()
    const before = rig.group.instances.map((one) => one.name)
    rig.patch({ versions: [{ ...version('v1'), name: '0/2026-11-23' }] }).run(120)
    expect(isStable(rig.group)).toBe(true)
    expect(rig.group.instances.some((one) => before.includes(one.name))).toBe(false)
  })

  it('takes on a new version name without touching VMs when minimalAction is NONE', () => {
    const rig = settled(update({ minimalAction: 'NONE' }))
    const vms = [...rig.vms.keys()]
    rig.patch({ versions: [{ ...version('v1'), name: 'renamed' }] })
    expect(rig.actions()).toEqual(['renamed NONE', 'renamed NONE', 'renamed NONE'])
    expect([...rig.vms.keys()]).toEqual(vms)
  })

  it('leaves instances alone when the policy is OPPORTUNISTIC', () => {
    const rig = settled(update({ proactive: false }))
    rig.patch({ versions: [version('v2')] }).run(120)
    expect(rig.serving()).toEqual(['v1', 'v1', 'v1'])
    expect(isStable(rig.group)).toBe(true)
    expect(isVersionTargetReached(rig.group)).toBe(false)
  })

  it('splits instances between two versions', () => {
    const rig = settled()
    const canary = { ...version('v2'), size: { fixed: 1 } }
    rig.patch({ versions: [version('v1'), canary] }).run(120)
    expect(rig.serving()).toEqual(['v1', 'v1', 'v2'])
    expect(isStable(rig.group)).toBe(true)
  })
})

describe('step: a release that never becomes healthy', () => {
  it('never replaces the old instances, and is recreated after the initial delay', () => {
    const rig = settled()
    rig.patch({ versions: [version('bad')] })
    const old = 'v1 NONE, v1 NONE, v1 NONE'
    const bad = (action: string) => `bad ${action}, bad ${action}, bad ${action}, ${old}`
    expect(story(rig, 300)).toEqual([
      bad('CREATING'),
      bad('VERIFYING'),
      bad('RECREATING'),
      bad('VERIFYING'),
      bad('RECREATING'),
      bad('VERIFYING'),
    ])
    expect(rig.serving()).toEqual(['v1', 'v1', 'v1'])
  })

  it('goes away at once when the group is patched back', () => {
    const rig = settled()
    rig.patch({ versions: [version('bad')] }).run(60)
    rig.patch({ versions: [version('v1')] }).run(30)
    expect(rig.actions()).toEqual(['v1 NONE', 'v1 NONE', 'v1 NONE'])
    expect(isStable(rig.group)).toBe(true)
  })

  it('can be replaced by a good one even when nothing else is left', () => {
    const rig = new Rig(aSpec({ versions: [version('bad')], ...update({ maxSurge: 1 }) }))
    rig
      .send()
      .run(60)
      .patch({ versions: [version('v2')] })
      .run(300)
    expect(rig.serving()).toEqual(['v2', 'v2', 'v2'])
    expect(isStable(rig.group)).toBe(true)
  })
})

describe('step: an old VM under repair while a bad release is rolled', () => {
  it('is not given up for it', () => {
    const rig = settled(update({ maxSurge: 1 }))
    rig.patch({ versions: [version('bad')] })
    rig.send({ kind: 'preempt', name: rig.group.instances[0]?.name ?? '' }).run(200)
    expect(rig.serving()).toEqual(['v1', 'v1', 'v1'])
  })

  it('makes room when the group was made smaller meanwhile', () => {
    const rig = settled({ targetSize: 9, ...update({ maxSurge: 1 }) })
    for (const { name } of rig.group.instances) rig.send({ kind: 'preempt', name })
    rig
      .run(20)
      .patch({ targetSize: 3, versions: [version('v2')] })
      .run(300)
    expect(rig.serving()).toEqual(['v2', 'v2', 'v2'])
  })
})

describe('isStable and isVersionTargetReached', () => {
  it('are both trustworthy only together with more: the known traps', () => {
    const rig = settled()
    rig.patch({ versions: [version('v2')] }).run(21)
    // Between surge and deletion: no action anywhere, and yet not stable.
    expect([...countActions(rig.group)]).toEqual([['NONE', 6]])
    expect(isStable(rig.group)).toBe(false)
    // A group without surge says "reached" while nothing is healthy.
    const recreating = settled(update({ maxSurge: 0, maxUnavailable: 3 }))
    recreating.patch({ versions: [version('v2')] }).run(25)
    expect(recreating.actions()).toEqual(['v2 VERIFYING', 'v2 VERIFYING', 'v2 VERIFYING'])
    expect(isVersionTargetReached(recreating.group)).toBe(true)
    expect(isStable(recreating.group)).toBe(false)
  })
})

describe('step: preemption', () => {
  it('brings the VM back under its name, in its zone, on the version it had', () => {
    const rig = settled()
    const [victim] = rig.group.instances
    if (!victim) throw new Error('no instance')
    rig.send({ kind: 'preempt', name: victim.name })
    expect(isStable(rig.group)).toBe(false)
    rig.run(120)
    const back = rig.group.instances.find((one) => one.name === victim.name)
    expect(back).toMatchObject({ zone: victim.zone, version: victim.version, action: 'NONE' })
    expect(back?.vm?.id).not.toBe(victim.vm?.id)
    expect(rig.serving()).toHaveLength(3)
  })

  it('of an old VM during a rollout brings back the old version', () => {
    const rig = settled()
    rig.patch({ versions: [version('bad')] }).run(20)
    const old = rig.group.instances.find((one) => one.version.name === 'v1')
    rig.send({ kind: 'preempt', name: old?.name ?? '' }).run(90)
    expect(rig.serving()).toEqual(['v1', 'v1', 'v1'])
  })

  it('of an old VM during a rollout brings the new version when repairs must update', () => {
    const rig = settled({ forceUpdateOnRepair: true, ...update({ proactive: false }) })
    rig.patch({ versions: [version('v2')] })
    rig.send({ kind: 'preempt', name: rig.group.instances[0]?.name ?? '' }).run(120)
    expect(rig.serving()).toEqual(['v1', 'v1', 'v2'])
  })

  it('while a VM is being created is an error of that attempt, and is tried again', () => {
    const rig = new Rig(aSpec({ targetSize: 1 })).send().run(5)
    rig.send({ kind: 'preempt', name: rig.group.instances[0]?.name ?? '' }).run(41)
    expect(rig.group.errors.map((one) => one.error.code)).toEqual(['UNSUPPORTED_OPERATION'])
    expect(rig.run(120).serving()).toEqual(['v1'])
  })

  it('is left alone when the group must not repair', () => {
    const rig = settled({ repairs: false })
    rig.send({ kind: 'preempt', name: rig.group.instances[0]?.name ?? '' }).run(200)
    expect(rig.serving()).toHaveLength(2)
  })
})

describe('step: shortages', () => {
  it('sends new instances to another zone, unless the shape is EVEN', () => {
    const moved = new Rig(aSpec()).send({ kind: 'stockout', zone: 'r-b', on: true }).run(120)
    expect(moved.group.instances.map((one) => one.zone).sort()).toEqual(['r-a', 'r-a', 'r-c'])
    const stuck = new Rig(aSpec({ zoneChange: { onCreate: false, onRepair: false } }))
    stuck.send({ kind: 'stockout', zone: 'r-b', on: true }).run(120)
    expect(stuck.actions()).toEqual(['v1 CREATING', 'v1 NONE', 'v1 NONE'])
  })

  it('names the zone in the instance and in the error list, and goes on trying', () => {
    const rig = new Rig(aSpec({ zones: ['r-a'] })).send({ kind: 'stockout', zone: 'r-a', on: true })
    rig.run(100)
    expect(rig.group.instances[0]?.lastError?.code).toBe(
      'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS'
    )
    expect(rig.group.errors.length).toBeGreaterThan(3)
    expect(rig.vms.size).toBe(0)
    rig.send({ kind: 'stockout', zone: 'r-a', on: false }).run(30)
    expect(rig.serving()).toHaveLength(3)
    expect(rig.group.instances[0]?.lastError).toBeUndefined()
  })

  it('during a rollout leave the old instances serving', () => {
    const rig = settled()
    const zones = rig.group.spec.zones.map(
      (zone) => ({ kind: 'stockout', zone, on: true }) as const
    )
    rig
      .send(...zones)
      .patch({ versions: [version('v2')] })
      .run(600)
    expect(rig.serving()).toEqual(['v1', 'v1', 'v1'])
    expect(rig.actions().filter((line) => line === 'v2 CREATING')).toHaveLength(3)
  })

  it('of quota carry the quota in the error', () => {
    const rig = new Rig(aSpec()).send({ kind: 'quota', on: true })
    expect(rig.group.errors[0]?.error).toMatchObject({ code: 'QUOTA_EXCEEDED' })
    expect(rig.group.errors[0]?.error.message).toContain("Quota 'CPUS' exceeded")
  })
})

describe('step: size', () => {
  it.each([
    [3, 5, 5],
    [3, 1, 1],
    [3, 0, 0],
  ])('from %i to %i', (from, to, serving) => {
    const rig = settled({ targetSize: from }).patch({ targetSize: to }).run(60)
    expect(rig.serving()).toHaveLength(serving)
    expect(isStable(rig.group)).toBe(true)
  })

  it('is left by named instances, which are not replaced', () => {
    const rig = settled()
    const names = [rig.group.instances[1]?.name ?? '']
    rig.send(
      { kind: 'remove', names },
      { kind: 'spec', spec: { ...rig.group.spec, targetSize: 2 } }
    )
    rig.run(60)
    expect(rig.group.instances.map((one) => one.name)).not.toContain(names[0])
    expect(isStable(rig.group)).toBe(true)
  })

  it('ends at nothing when the group is deleted', () => {
    const rig = settled().send({ kind: 'delete' })
    expect(rig.actions()).toEqual(['v1 DELETING', 'v1 DELETING', 'v1 DELETING'])
    expect(rig.run(15).group.instances).toEqual([])
    expect(rig.vms.size).toBe(0)
  })
})

describe('step: named instances', () => {
  it('are recreated on the current version', () => {
    const rig = settled(update({ proactive: false })).patch({ versions: [version('v2')] })
    rig.send({ kind: 'recreate', names: [rig.group.instances[0]?.name ?? ''] }).run(60)
    expect(rig.serving()).toEqual(['v1', 'v1', 'v2'])
  })

  it('are updated only if they are behind', () => {
    const rig = settled()
    const names = rig.group.instances.map((one) => one.name)
    const ids = [...rig.vms.keys()]
    rig.send({ kind: 'apply', names, minimalAction: 'NONE' }).run(60)
    expect([...rig.vms.keys()]).toEqual(ids)
  })
})
