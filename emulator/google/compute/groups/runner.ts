import type { Clock } from '../../../clock.ts'
import type { Machine, MachineFactory, MachineSpec } from '../../../machines/machine.ts'
import type { Group, GroupCommand, GroupEvent, GroupSpec, Pace, Version } from '../group/model.ts'
import { newGroup, step } from '../group.ts'
import type { Probing } from './spec.ts'

/** A VM of a group, from its creation until nothing of it is left. */
export interface Hosted {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly version: Version
  readonly spec: MachineSpec
  readonly createdAt: number
  readonly machine: Machine
}

/** What a group runs with. */
export interface RunnerOptions {
  readonly clock: Clock
  readonly machines: MachineFactory
  readonly pace: Pace
  readonly seed: number
  readonly machineSpec: (order: Extract<GroupCommand, { kind: 'create' }>) => MachineSpec
  readonly probing: () => Probing | undefined
  /** Calls back when no request is with the instance any more. */
  readonly drain: (name: string, done: () => void) => void
  /** Told after every step. */
  readonly onStep: (runner: GroupRunner) => void
}

/** Connects one pure group to the clock and to machines: the only place where the two meet. */
export class GroupRunner {
  readonly #options: RunnerOptions
  readonly #hosted = new Map<string, Hosted>()
  readonly #nextProbes = new Map<string, () => void>()
  #group: Group
  #queue: GroupEvent[] = []
  #stepping = false
  #stopped = false
  #cancelWake = () => {}

  constructor(spec: GroupSpec, options: RunnerOptions) {
    this.#options = options
    this.#group = newGroup(spec, options)
  }

  /** The group as of its last step. */
  get group(): Group {
    return this.#group
  }

  /** The VMs that exist, also those on their way out. */
  hosted(): readonly Hosted[] {
    return [...this.#hosted.values()]
  }

  /** Hands events to the group and carries out what it decides. */
  send(...events: readonly GroupEvent[]): void {
    if (this.#stopped) return
    this.#queue.push(...events)
    // A machine may report while a command is being carried out; the step in progress takes it up.
    if (this.#stepping) return
    this.#stepping = true
    do this.#stepOnce()
    while (this.#queue.length > 0)
    this.#stepping = false
    this.#options.onStep(this)
  }

  /** No more decisions and no more probes; the machines are stopped by their factory. */
  stop(): void {
    this.#stopped = true
    this.#cancelWake()
    for (const cancel of this.#nextProbes.values()) cancel()
  }

  #stepOnce(): void {
    const { clock } = this.#options
    const events = this.#queue
    this.#queue = []
    this.#cancelWake()
    const { group, commands, wakeAt } = step(this.#group, events, clock.now())
    this.#group = group
    for (const command of commands) this.#perform(command)
    this.#cancelWake =
      wakeAt === undefined ? () => {} : clock.after(wakeAt - clock.now(), () => this.send())
  }

  #perform(command: GroupCommand): void {
    const hosted = this.#hosted.get(command.id)
    if (command.kind === 'create') this.#create(command)
    else if (command.kind === 'preempt') hosted?.machine.preempt()
    else if (hosted) this.#options.drain(hosted.name, () => hosted.machine.delete())
  }

  #create(order: Extract<GroupCommand, { kind: 'create' }>): void {
    const { clock, machines, machineSpec } = this.#options
    const { id, name, zone, version } = order
    const spec = machineSpec(order)
    const machine = machines.start(spec, (status, problem) => {
      if (status === 'GONE') {
        this.#hosted.delete(id)
        this.#nextProbes.get(id)?.()
        this.#nextProbes.delete(id)
        this.send({ kind: 'gone', name, id, problem })
        return
      }
      if (status === 'RUNNING') this.#probeLater(id)
      this.send({ kind: 'vm', name, id, status })
    })
    this.#hosted.set(id, { id, name, zone, version, spec, createdAt: clock.now(), machine })
  }

  /** Probes go on for as long as the VM exists; the health check is read anew each time. */
  #probeLater(id: string): void {
    if (this.#stopped) return
    const { clock, probing } = this.#options
    const intervalMs = probing()?.intervalMs ?? clock.scaled(NO_CHECK_MS)
    this.#nextProbes.set(
      id,
      clock.after(intervalMs, () => this.#probe(id))
    )
  }

  #probe(id: string): void {
    const hosted = this.#hosted.get(id)
    if (!hosted || this.#stopped) return
    const probing = this.#options.probing()
    if (probing) {
      hosted.machine.probe(probing.check, (result) => {
        this.send({ kind: 'probe', name: hosted.name, id, result })
      })
    }
    this.#probeLater(id)
  }
}

/** How often to look whether the group has got a health check meanwhile. */
const NO_CHECK_MS = 10_000
