import { describe, expect, it } from '@jest/globals'
import type {
  GroupError,
  InstanceError,
  ManagedInstance,
} from '../../../src/google/compute/group.ts'
import { initialMemory, type Memory } from '../../../src/release/rollout/memory.ts'
import { decide, type Observation, type Verdict } from '../../../src/release/rollout.ts'
import { randomFrom, seedOfRun } from './random.ts'
import { anError, aVm, BEFORE, IMAGE, look, POLICY, RELEASE, type Situation } from './situations.ts'

const seed = seedOfRun()
const CODES = ['ZONE_RESOURCE_POOL_EXHAUSTED', 'QUOTA_EXCEEDED', 'PERMISSIONS_ERROR', 'X', '']

/** Anything that Compute Engine may answer, and some that it may not. */
function anySituation(random: () => number, mostlyGood: number): Situation {
  const pick = <T>(right: T, ...wrong: readonly T[]): T =>
    random() < mostlyGood ? right : (wrong[Math.floor(random() * wrong.length)] ?? right)
  const anyError = (): InstanceError => anError(pick('X', ...CODES))
  const vms = Array.from({ length: Math.floor(random() * 4) }, (_, index) =>
    aVm({
      name: `vm-${index}`,
      id: pick(`id-${index}`, `other-${index}`, ''),
      currentAction: pick('NONE', 'VERIFYING', 'CREATING', 'RECREATING', 'DELETING', ''),
      instanceStatus: pick('RUNNING', 'STAGING', 'STOPPING', 'TERMINATED', ''),
      versionName: pick(RELEASE, BEFORE, ''),
      healthStates: pick(['HEALTHY'], ['UNHEALTHY'], ['TIMEOUT'], [], ['HEALTHY', 'UNKNOWN']),
      lastErrors: pick<readonly InstanceError[]>([], [anyError()], [anyError(), anyError()]),
    })
  )
  const report = () =>
    pick(
      {},
      null,
      { phase: 'pulling' },
      { phase: 'failed' },
      { image: 'other@sha256:0' },
      { release: BEFORE },
      { phase: '' }
    )
  const error = { atMs: random() * 100_000, vm: 'vm-0', zone: '', versionName: RELEASE }
  return {
    group: {
      isStable: pick(true, false),
      isVersionTargetReached: pick(true, false),
      hasHealthCheck: pick(true, false),
      targetSize: pick(vms.length, vms.length + 1, 0),
      versions: pick(
        [{ name: RELEASE, instanceTemplate: 't' }],
        [{ name: BEFORE, instanceTemplate: 't' }],
        []
      ),
    },
    vms,
    reports: Object.fromEntries(vms.map(({ name }) => [name, report()])),
    errors: pick<readonly GroupError[]>([], [{ ...error, ...anyError() }]),
  }
}

/** Written anew from the design, so that a slip in the code is not repeated here. */
function isRight({ group, instances, reports }: Observation): boolean {
  const isWell = (instance: ManagedInstance): boolean => {
    const report = reports.get(instance.name)
    const states = instance.healthStates
    const isHealthy = states.length > 0 && states.every((state) => state === 'HEALTHY')
    return (
      instance.currentAction === 'NONE' &&
      instance.instanceStatus === 'RUNNING' &&
      instance.versionName === RELEASE &&
      (isHealthy || !group.hasHealthCheck) &&
      report?.phase === 'ready' &&
      report.image === IMAGE &&
      report.release === RELEASE
    )
  }
  return (
    group.isStable &&
    group.isVersionTargetReached &&
    group.versions.length === 1 &&
    group.versions[0]?.name === RELEASE &&
    instances.length === group.targetSize &&
    instances.every(isWell)
  )
}

const idsOf = ({ instances }: Observation): ReadonlySet<string> =>
  new Set(instances.map(({ id, name }) => id || name))

/** Since when the looks show that everything holds, with the same VMs; its own bookkeeping. */
class Holding {
  #sinceMs: number | undefined
  #looks = 0
  #ids: ReadonlySet<string> = new Set()

  /** Whether the look and those before it are enough to verify. */
  take(observation: Observation): boolean {
    const right = isRight(observation)
    const ids = idsOf(observation)
    const goesOn = right && this.#sinceMs !== undefined && [...ids].every((id) => this.#ids.has(id))
    this.#looks = goesOn ? this.#looks + 1 : 1
    this.#sinceMs = right ? (goesOn ? this.#sinceMs : observation.atMs) : undefined
    this.#ids = ids
    if (this.#sinceMs === undefined || this.#looks < 2) return false
    return observation.atMs - this.#sinceMs >= POLICY.minReadyMs
  }
}

function sizeOf(memory: Memory): number {
  const { everReady, holdingIds, inherited, histories } = memory
  return everReady.size + holdingIds.size + (inherited?.size ?? 0) + histories.size
}

describe(`decide, on whatever may be seen (SEED=${seed})`, () => {
  it('verifies exactly what the looks show to be right, and is total', () => {
    const random = randomFrom(seed)
    const ended = new Set<Verdict['kind']>()
    const wrong: unknown[] = []
    for (let run = 0; run < 2_000; run++) {
      const mostlyGood = run % 3 === 0 ? 0.5 : 0.85 + random() * 0.15
      const holding = new Holding()
      let memory = initialMemory(0)
      let atMs = 0
      for (let step = 0; step < 15; step++) {
        atMs += Math.floor(random() * 8_000)
        const observation = look(atMs, anySituation(random, mostlyGood))
        const mayVerify = holding.take(observation)
        const decision = decide(memory, observation, POLICY)
        memory = decision.memory
        const { kind } = decision.verdict
        ended.add(kind)
        if (sizeOf(memory) > 40) wrong.push({ run, step, size: sizeOf(memory) })
        if (kind === 'verified' || kind === 'wait') {
          if (mayVerify !== (kind === 'verified')) wrong.push({ run, step, kind, mayVerify })
        }
        if (kind !== 'wait') break
      }
    }
    expect(wrong).toEqual([])
    expect([...ended].sort()).toEqual(['failed', 'superseded', 'verified', 'wait'])
  })

  it('says the same of the same, and leaves what it was given as it is', () => {
    const random = randomFrom(seed)
    let memory = initialMemory(0)
    for (let step = 0; step < 100; step++) {
      const observation = look(step * 3_000, anySituation(random, 0.8))
      const given = structuredClone({ memory, observation })
      const decision = decide(memory, observation, POLICY)
      expect(decide(memory, observation, POLICY)).toEqual(decision)
      expect({ memory, observation }).toEqual(given)
      memory = decision.memory
    }
  })
})

interface SpotVm {
  id: number
  /** Seconds since its VM was asked for. */
  ageS: number
  /** Seconds since it began to be preempted. */
  lostS: number | undefined
}

/** How a Spot VM of a good release shows itself: boots for 40 s, is lost in 30 s, made anew in 15 s. */
function show(name: string, { id, ageS, lostS }: SpotVm, versionName: string): ManagedInstance {
  const vm = { name, id: String(id), versionName }
  if (lostS !== undefined && lostS < 30)
    return aVm({ ...vm, instanceStatus: 'STOPPING', healthStates: ['UNHEALTHY'] })
  if (lostS !== undefined && lostS < 35) return aVm({ ...vm, instanceStatus: 'TERMINATED' })
  if (lostS !== undefined)
    return aVm({ ...vm, id: '', currentAction: 'RECREATING', instanceStatus: '', healthStates: [] })
  if (ageS < 10) return aVm({ ...vm, currentAction: 'CREATING', instanceStatus: 'STAGING' })
  if (ageS < 40) return aVm({ ...vm, currentAction: 'VERIFYING', healthStates: ['TIMEOUT'] })
  return aVm(vm)
}

describe(`decide, in a storm of preemptions (SEED=${seed})`, () => {
  it('never fails, and verifies when the storm is over', () => {
    const random = randomFrom(seed)
    const wrong: unknown[] = []
    for (let run = 0; run < 100; run++) {
      const vms = Array.from(
        { length: 1 + Math.floor(random() * 5) },
        (_, id): SpotVm => ({
          id,
          ageS: 0,
          lostS: undefined,
        })
      )
      const perSecond = random() * 0.02
      let memory = initialMemory(0)
      let nextId = vms.length
      let nextLookS = 0
      let verdict: Verdict | undefined
      for (let second = 0; second < 900 && verdict?.kind !== 'verified'; second++) {
        for (const vm of vms) {
          vm.ageS += 1
          if (vm.lostS !== undefined) vm.lostS += 1
          else if (second < 400 && random() < perSecond) vm.lostS = 0
          if ((vm.lostS ?? 0) >= 45) Object.assign(vm, { id: nextId++, ageS: 0, lostS: undefined })
        }
        if (second < nextLookS) continue
        nextLookS = second + 1 + Math.floor(random() * 6)
        const shown = vms.map((vm, index) => show(`vm-${index}`, vm, RELEASE))
        const isStable = shown.every((vm) => vm.currentAction === 'NONE')
        const stopping = shown.filter(({ instanceStatus }) => instanceStatus === 'STOPPING')
        const reports = stopping.map(({ name }) => [name, { phase: 'failed', detail: 'exit 143' }])
        const situation = { group: { isStable }, vms: shown, reports: Object.fromEntries(reports) }
        const decision = decide(memory, look(second * 1_000, situation), POLICY)
        memory = decision.memory
        verdict = decision.verdict
        if (verdict.kind === 'failed' || sizeOf(memory) > 10 * vms.length)
          wrong.push({ run, second, verdict, size: sizeOf(memory) })
      }
      if (verdict?.kind !== 'verified') wrong.push({ run, verdict })
    }
    expect(wrong).toEqual([])
  })
})
