import type { ManagedInstance } from '../../google/compute/group.ts'
import type { BootReport } from '../rollout/boot-report.ts'
import type { Observation } from '../rollout/observation.ts'

/** A VM whose state, put into words, is another one; undefined: it has left the group. */
export interface StateChange {
  readonly vm: string
  readonly state: string | undefined
}

interface Entry {
  readonly instance: ManagedInstance
  readonly report: BootReport | undefined
  /** What counts as ready depends on it. */
  readonly hasHealthCheck: boolean
  readonly state: string
}

/**
 * The states of all VMs in words. A VM that is the same object as in the last look (see Roster), and
 * says the same, is not put into words again.
 */
export class StateBook {
  readonly #render: (instance: ManagedInstance, observation: Observation) => string
  readonly #entries = new Map<string, Entry>()

  constructor(render: (instance: ManagedInstance, observation: Observation) => string) {
    this.#render = render
  }

  /** What is new in this look, in the order of its list. */
  update(observation: Observation): readonly StateChange[] {
    const { instances } = observation
    const changes: StateChange[] = []
    for (const instance of instances) {
      const state = this.#enter(instance, observation)
      if (state !== undefined) changes.push({ vm: instance.name, state })
    }
    if (this.#entries.size > instances.length) changes.push(...this.#strikeOut(instances))
    return changes
  }

  /** The new state, or undefined where it is the one that stands here. */
  #enter(instance: ManagedInstance, observation: Observation): string | undefined {
    const { name } = instance
    const known = this.#entries.get(name)
    const report = observation.reports.get(name)
    const { hasHealthCheck } = observation.group
    const isKnown = known?.instance === instance && known.report === report
    if (isKnown && known.hasHealthCheck === hasHealthCheck) return undefined
    const state = this.#render(instance, observation)
    this.#entries.set(name, { instance, report, hasHealthCheck, state })
    return known?.state === state ? undefined : state
  }

  #strikeOut(instances: readonly ManagedInstance[]): readonly StateChange[] {
    const names = new Set(instances.map(({ name }) => name))
    const gone = [...this.#entries.keys()].filter((name) => !names.has(name))
    for (const name of gone) this.#entries.delete(name)
    return gone.map((vm) => ({ vm, state: undefined }))
  }
}
