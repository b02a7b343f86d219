import { observeLoad } from '../autoscaler/autoscale.ts'
import { membersOf } from './availability.ts'
import { change, changeVm, type Draft, fail, rebuild, remove } from './draft.ts'
import type { GroupEvent, HealthPolicy, HealthState, Instance, ProbeResult, Vm } from './model.ts'
import { assignVersions } from './versions.ts'

/** Takes one fact or wish into the draft; decisions are made later, by the rules. */
export function observe(draft: Draft, event: GroupEvent): void {
  switch (event.kind) {
    case 'vm':
      withVm(draft, event, (instance, vm) => observeStatus(draft, instance, vm, event.status))
      break
    case 'gone':
      withVm(draft, event, (instance, vm) => observeGone(draft, { instance, vm, ...event }))
      break
    case 'probe':
      withVm(draft, event, (instance, vm) => observeProbe(draft, instance, vm, event.result))
      break
    case 'load':
      observeLoad(draft, event.cpuUtilization)
      break
    case 'preempt':
    case 'stockout':
    case 'quota':
      strike(draft, event)
      break
    default:
      obey(draft, event)
  }
}

type Blow = Extract<GroupEvent, { kind: 'preempt' | 'stockout' | 'quota' }>
type Wish = Extract<GroupEvent, { kind: 'spec' | 'recreate' | 'apply' | 'remove' | 'delete' }>

function strike(draft: Draft, blow: Blow): void {
  if (blow.kind === 'preempt') preempt(draft, blow.name)
  else if (blow.kind === 'stockout') setStockout(draft, blow.zone, blow.on)
  else setQuota(draft, blow.on)
}

function obey(draft: Draft, wish: Wish): void {
  switch (wish.kind) {
    case 'spec':
      draft.spec = wish.spec
      if (!wish.spec.health) stopVerifying(draft)
      break
    case 'recreate':
      for (const instance of named(draft, wish.names)) bringUpToDate(draft, instance, true)
      break
    case 'apply':
      for (const instance of named(draft, wish.names)) {
        bringUpToDate(draft, instance, ['RESTART', 'REPLACE'].includes(wish.minimalAction))
      }
      break
    case 'remove':
      for (const instance of named(draft, wish.names)) remove(draft, instance)
      break
    case 'delete':
      draft.deleting = true
  }
}

/** Without a health check a VM that runs is all that there is to wait for. */
function stopVerifying(draft: Draft): void {
  for (const instance of membersOf(draft.instances)) {
    if (instance.vm?.status !== 'RUNNING') continue
    const availableAt = instance.vm.availableAt ?? draft.now
    const running = noteService(draft, changeVm(draft, instance, { availableAt }))
    if (running.action === 'VERIFYING') change(draft, running, { action: 'NONE' })
  }
}

function named(draft: Draft, names: readonly string[]): Instance[] {
  return membersOf(draft.instances).filter((instance) => names.includes(instance.name))
}

/** recreateInstances touches what it names, applyUpdatesToInstances only what needs or is asked. */
function bringUpToDate(draft: Draft, instance: Instance, always: boolean): void {
  const { stale, wanted } = assignVersions(draft.spec, draft.instances)
  const behind = stale.includes(instance)
  if (!behind && !always) return
  rebuild(draft, instance, {
    action: 'RECREATING',
    version: behind ? wanted : instance.version,
  })
}

interface AboutVm {
  readonly name: string
  readonly id: string
}

function withVm(draft: Draft, about: AboutVm, act: (instance: Instance, vm: Vm) => void): void {
  const instance = draft.instances.find((other) => other.name === about.name)
  // A late word from a VM that has been replaced under the same name must not touch its successor.
  if (instance?.vm?.id === about.id) act(instance, instance.vm)
}

function observeStatus(draft: Draft, instance: Instance, vm: Vm, status: Vm['status']): void {
  const health = draft.spec.health
  const availableAt = status === 'RUNNING' && !health ? draft.now : vm.availableAt
  const informed = noteService(draft, changeVm(draft, instance, { status, availableAt }))
  if (status !== 'RUNNING' || vm.doomed || !isBuilding(instance)) return
  change(draft, informed, {
    action: health ? 'VERIFYING' : 'NONE',
    lastError: undefined,
    failedAttempts: 0,
  })
}

function noteService(draft: Draft, instance: Instance): Instance {
  const serves = !instance.served && instance.vm?.availableAt !== undefined
  return serves ? change(draft, instance, { served: true }) : instance
}

/** A VM that vanishes while it is being created is an error of that attempt (seen on Spot). */
function observeGone(draft: Draft, lost: Lost): void {
  const { instance, vm, problem } = lost
  const bereft = change(draft, instance, { vm: undefined })
  if (vm.doomed || instance.action !== 'CREATING') return
  const lostMessage = `Instance '${instance.name}' was preempted or deleted while it was being created.`
  fail(draft, bereft, {
    code: problem === undefined ? 'UNSUPPORTED_OPERATION' : 'INTERNAL_ERROR',
    message: problem ?? lostMessage,
    details: [],
  })
}

interface Lost {
  readonly instance: Instance
  readonly vm: Vm
  readonly problem?: string | undefined
}

function isBuilding(instance: Instance): boolean {
  return ['CREATING', 'RECREATING', 'RESTARTING'].includes(instance.action)
}

function observeProbe(draft: Draft, instance: Instance, vm: Vm, result: ProbeResult): void {
  const policy = draft.spec.health
  if (!policy || vm.status !== 'RUNNING') return
  const ok = result === 'healthy'
  const successes = ok ? vm.successes + 1 : 0
  const failures = ok ? 0 : vm.failures + 1
  const health = judge(policy, { ...vm, successes, failures }, result)
  const becameHealthy = health === 'HEALTHY' && vm.health !== 'HEALTHY'
  const availableAt = vm.availableAt ?? (becameHealthy ? draft.now : undefined)
  const probed = noteService(
    draft,
    changeVm(draft, instance, { successes, failures, health, availableAt })
  )
  if (becameHealthy && instance.action === 'VERIFYING') change(draft, probed, { action: 'NONE' })
}

function judge(policy: HealthPolicy, vm: Vm, result: ProbeResult): HealthState {
  if (result === 'healthy') {
    return vm.successes >= policy.healthyThreshold ? 'HEALTHY' : vm.health
  }
  if (vm.health === 'HEALTHY' && vm.failures < policy.unhealthyThreshold) return 'HEALTHY'
  return result === 'timeout' ? 'TIMEOUT' : 'UNHEALTHY'
}

function preempt(draft: Draft, name: string): void {
  const vm = draft.instances.find((instance) => instance.name === name)?.vm
  if (vm && vm.status !== 'TERMINATED') draft.commands.push({ kind: 'preempt', name, id: vm.id })
}

function setQuota(draft: Draft, on: boolean): void {
  draft.quotaExceeded = on
  if (!on) retryNow(draft)
}

function setStockout(draft: Draft, zone: string, on: boolean): void {
  const others = draft.stockoutZones.filter((other) => other !== zone)
  draft.stockoutZones = on ? [...others, zone] : others
  if (!on) retryNow(draft)
}

/** Capacity is back: nobody wants to sit out a retry pause that was meant for the shortage. */
function retryNow(draft: Draft): void {
  draft.instances = draft.instances.map((instance) => ({ ...instance, retryAt: draft.now }))
}
