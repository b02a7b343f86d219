import type { InstanceError, ManagedInstance } from '../../google/compute/group.ts'

/**
 * The VMs of the last look. One that has not changed since stays the very same object: with a
 * thousand VMs a look would otherwise leave as much behind as it brings, and "changed" is `!==`.
 */
export class Roster {
  readonly #vms = new Map<string, ManagedInstance>()

  /** The VM of that name, as the last look saw it. */
  find(name: string): ManagedInstance | undefined {
    return this.#vms.get(name)
  }

  /** The same VMs, those that are as they were by their old objects. */
  take(instances: readonly ManagedInstance[]): readonly ManagedInstance[] {
    const taken = instances.map((instance) => {
      const known = this.#vms.get(instance.name)
      if (known && isSame(known, instance)) return known
      this.#vms.set(instance.name, instance)
      return instance
    })
    if (this.#vms.size > taken.length) this.#forgetAllBut(taken)
    return taken
  }

  #forgetAllBut(instances: readonly ManagedInstance[]): void {
    const names = new Set(instances.map(({ name }) => name))
    for (const name of this.#vms.keys()) if (!names.has(name)) this.#vms.delete(name)
  }
}

function isSame(one: ManagedInstance, other: ManagedInstance): boolean {
  return (
    one.id === other.id &&
    one.zone === other.zone &&
    one.currentAction === other.currentAction &&
    one.instanceStatus === other.instanceStatus &&
    one.versionName === other.versionName &&
    isSameList(one.healthStates, other.healthStates, Object.is) &&
    isSameList(one.lastErrors, other.lastErrors, isSameError)
  )
}

function isSameError(one: InstanceError, other: InstanceError): boolean {
  return (
    one.code === other.code &&
    one.message === other.message &&
    one.machineType === other.machineType
  )
}

function isSameList<T>(
  one: readonly T[],
  other: readonly T[],
  isSameItem: (one: T, other: T) => boolean
): boolean {
  return (
    one.length === other.length &&
    one.every((item, index) => {
      const counterpart = other[index]
      return counterpart !== undefined && isSameItem(item, counterpart)
    })
  )
}
