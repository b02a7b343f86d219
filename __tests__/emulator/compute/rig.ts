import { VirtualClock } from '../../../emulator/clock.ts'
import type {
  Group,
  GroupCommand,
  GroupEvent,
  GroupSpec,
  TargetVersion,
} from '../../../emulator/google/compute/group/model.ts'
import { isServing } from '../../../emulator/google/compute/group/status.ts'
import { newGroup, step } from '../../../emulator/google/compute/group.ts'

const SECOND = 1000
export const PACE = {
  retryMs: 20 * SECOND,
  retryLimitMs: 60 * SECOND,
  settleMs: 2 * SECOND,
  stabilizationMs: 600 * SECOND,
}

export const version = (name: string): TargetVersion => ({
  template: `template-${name}`,
  name,
  size: 'rest',
})

export function aSpec(overrides: Partial<GroupSpec> = {}): GroupSpec {
  return {
    projectId: 'demo',
    baseInstanceName: 'mervis',
    targetSize: 3,
    zones: ['r-a', 'r-b', 'r-c'],
    versions: [version('v1')],
    update: {
      proactive: true,
      minimalAction: 'REPLACE',
      mostDisruptiveAllowedAction: 'REPLACE',
      maxSurge: 3,
      maxUnavailable: 0,
      replacementMethod: 'SUBSTITUTE',
    },
    health: { initialDelayMs: 120 * SECOND, healthyThreshold: 2, unhealthyThreshold: 3 },
    repairs: true,
    forceUpdateOnRepair: false,
    zoneChange: { onCreate: true, onRepair: false },
    drainingMs: 0,
    autoscaler: undefined,
    ...overrides,
  }
}

interface RunningVm {
  readonly name: string
  readonly version: string
  stopped: boolean
}

/** The group model among VMs that only exist on a virtual clock; versions named bad* never answer. */
export class Rig {
  readonly clock = new VirtualClock(0)
  readonly vms = new Map<string, RunningVm>()
  group: Group
  /** Called after every step, for invariants. */
  watch: (rig: Rig) => void = () => {}
  #cancelWake = () => {}

  constructor(spec: GroupSpec, seed = 1) {
    this.group = newGroup(spec, { pace: PACE, seed })
  }

  send(...events: readonly GroupEvent[]): this {
    this.#cancelWake()
    const { group, commands, wakeAt } = step(this.group, events, this.clock.now())
    this.group = group
    for (const command of commands) this.#perform(command)
    if (wakeAt !== undefined) {
      this.#cancelWake = this.clock.after(wakeAt - this.clock.now(), () => this.send())
    }
    this.watch(this)
    return this
  }

  patch(overrides: Partial<GroupSpec>): this {
    return this.send({ kind: 'spec', spec: { ...this.group.spec, ...overrides } })
  }

  run(seconds: number): this {
    this.clock.advance(seconds * SECOND)
    return this
  }

  serving(): string[] {
    return this.group.instances
      .filter(({ name }) => isServing(this.group, name))
      .map((instance) => instance.version.name)
      .sort()
  }

  /** What the group shows of each instance, sorted: "v1 NONE". */
  actions(): string[] {
    return this.group.instances.map((one) => `${one.version.name} ${one.action}`).sort()
  }

  #perform(command: GroupCommand): void {
    const { name, id } = command
    if (command.kind === 'create') this.#create(name, id, command.version.name)
    else if (command.kind === 'delete') this.#after(10, () => this.#drop(name, id))
    else this.#preempt(name, id)
  }

  #create(name: string, id: string, versionName: string): void {
    this.vms.set(id, { name, version: versionName, stopped: false })
    const report = (status: 'STAGING' | 'RUNNING') => () => {
      const vm = this.vms.get(id)
      if (vm && !vm.stopped) this.send({ kind: 'vm', name, id, status })
    }
    this.#after(4, report('STAGING'))
    this.#after(10, report('RUNNING'))
    this.#after(15, () => this.#probe(name, id))
  }

  #probe(name: string, id: string): void {
    const vm = this.vms.get(id)
    if (!vm || vm.stopped) return
    const result = vm.version.startsWith('bad') ? 'timeout' : 'healthy'
    this.send({ kind: 'probe', name, id, result })
    this.#after(5, () => this.#probe(name, id))
  }

  #preempt(name: string, id: string): void {
    const vm = this.vms.get(id)
    if (!vm) return
    vm.stopped = true
    this.send({ kind: 'vm', name, id, status: 'STOPPING' })
    this.#after(30, () => this.send({ kind: 'vm', name, id, status: 'TERMINATED' }))
  }

  #drop(name: string, id: string): void {
    this.vms.delete(id)
    this.send({ kind: 'gone', name, id })
  }

  #after(seconds: number, task: () => void): void {
    this.clock.after(seconds * SECOND, task)
  }
}
