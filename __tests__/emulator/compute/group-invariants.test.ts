import { describe, expect, it } from '@jest/globals'
import { isStable } from '../../../emulator/google/compute/group/status.ts'
import { aSpec, Rig, version } from './rig.ts'

/** Small repeatable luck for the test itself; a failing run is repeated with its seed. */
function luck(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * below)
  }
}

const START = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const RUNS = 60

describe(`random rollouts (SEED=${START})`, () => {
  it('with surge never serve less than the size and never hold more than size and surge', () => {
    for (let seed = START; seed < START + RUNS; seed++) {
      const roll = luck(seed)
      const targetSize = 1 + roll(6)
      const maxSurge = 1 + roll(6)
      const update = { ...aSpec().update, maxSurge }
      const rig = new Rig(aSpec({ targetSize, update }), seed).send().run(60)
      const broken: string[] = []
      rig.watch = ({ group, vms, clock }) => {
        const serving = rig.serving().length
        if (serving < targetSize) broken.push(`${clock.now()}: ${serving} of ${targetSize} serve`)
        if (vms.size > targetSize + maxSurge) broken.push(`${clock.now()}: ${vms.size} VMs`)
        if (group.instances.length > targetSize + maxSurge) broken.push('too many instances')
      }
      for (let release = 0; release < 4; release++) {
        const name = roll(3) === 0 ? `bad${release}` : `v${roll(3)}`
        rig.patch({ versions: [version(name)] }).run(roll(120))
      }
      rig.patch({ versions: [version('last')] }).run(1200)
      expect({ seed, broken }).toEqual({ seed, broken: [] })
      expect({ seed, serving: rig.serving() }).toEqual({
        seed,
        serving: Array(targetSize).fill('last'),
      })
    }
  })

  it('come to rest on the last release, whatever happened on the way', () => {
    for (let seed = START; seed < START + RUNS; seed++) {
      const roll = luck(seed)
      const surge = roll(2) === 0 ? 0 : 3
      const update = { ...aSpec().update, maxSurge: surge, maxUnavailable: surge === 0 ? 3 : 0 }
      const rig = new Rig(aSpec({ targetSize: 1 + roll(4), update }), seed).send().run(roll(60))
      for (let blow = 0; blow < 12; blow++) {
        trouble(rig, roll)
        rig.run(roll(60))
      }
      for (const zone of rig.group.spec.zones) rig.send({ kind: 'stockout', zone, on: false })
      rig
        .send({ kind: 'quota', on: false })
        .patch({ versions: [version('last')] })
        .run(1800)
      const { targetSize } = rig.group.spec
      expect({ seed, stable: isStable(rig.group), serving: rig.serving() }).toEqual({
        seed,
        stable: true,
        serving: Array(targetSize).fill('last'),
      })
      expect(rig.vms.size).toBe(targetSize)
    }
  })
})

describe(`random load on a group with an autoscaler (SEED=${START})`, () => {
  it('ends at the size that the load needs, within bounds all the way', () => {
    for (let seed = START; seed < START + RUNS; seed++) {
      const roll = luck(seed)
      const max = 3 + roll(5)
      const scaler = {
        mode: 'ON',
        min: 1 + roll(2),
        max,
        cpuTarget: 0.5,
        scaleIn: undefined,
      } as const
      const autoscaler = { ...scaler, coolDownMs: 60_000, schedules: [] }
      const drainingMs = roll(3) * 30_000
      const rig = new Rig(aSpec({ targetSize: 2, autoscaler, drainingMs }), seed).send().run(60)
      const broken: string[] = []
      rig.watch = ({ group: { spec }, clock }) => {
        const isWithin = spec.targetSize >= scaler.min && spec.targetSize <= max
        if (!isWithin) broken.push(`${clock.now()}: size ${spec.targetSize}`)
      }
      for (let blow = 0; blow < 12; blow++) {
        if (roll(2) === 0) rig.send({ kind: 'load', cpuUtilization: roll(20) / 10 })
        else trouble(rig, roll)
        rig.run(roll(120))
      }
      for (const zone of rig.group.spec.zones) rig.send({ kind: 'stockout', zone, on: false })
      rig.send({ kind: 'quota', on: false }).patch({ versions: [version('last')] })
      rig.run(3600)
      const needed = Math.ceil(rig.group.autoscaling.demand / 0.5 - 1e-9)
      const size = Math.min(max, Math.max(scaler.min, needed))
      expect({ seed, broken, stable: isStable(rig.group), size: rig.serving().length }).toEqual({
        seed,
        broken: [],
        stable: true,
        size,
      })
    }
  })
})

function trouble(rig: Rig, roll: (below: number) => number): void {
  const { instances, spec } = rig.group
  const someone = instances[roll(Math.max(1, instances.length))]?.name ?? ''
  const zone = spec.zones[roll(3)] ?? ''
  const blows: readonly (() => void)[] = [
    () => rig.send({ kind: 'preempt', name: someone }),
    () => rig.send({ kind: 'stockout', zone, on: roll(2) === 0 }),
    () => rig.send({ kind: 'quota', on: roll(2) === 0 }),
    () => rig.send({ kind: 'recreate', names: [someone] }),
    () => rig.patch({ targetSize: 1 + roll(4) }),
    () => rig.patch({ versions: [version(roll(3) === 0 ? 'bad' : `v${roll(3)}`)] }),
  ]
  blows[roll(blows.length)]?.()
}
