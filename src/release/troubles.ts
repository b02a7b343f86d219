import type { ManagedInstance } from '../google/compute.ts'

interface Trouble {
  /** The last bad verdict of the health check; empty when it never gave one. */
  readonly health: string
  readonly recreations: number
  readonly isRecreating: boolean
}

const MEANING: Readonly<Record<string, string>> = {
  TIMEOUT: 'nothing answered (does the app listen on its port, on all addresses?)',
  UNHEALTHY: 'it answered, but not with 200',
}

/**
 * Why VMs of a release were recreated. The group shows only that one is being recreated now; what
 * the health check saw before that is gone by then.
 */
export class Troubles {
  readonly #byName = new Map<string, Trouble>()

  /** Takes a look at all VMs of the release. */
  note(instances: readonly ManagedInstance[]): void {
    for (const { name, currentAction, healthStates } of instances) {
      const before = this.#byName.get(name)
      const isRecreating = currentAction === 'RECREATING'
      const isNew = isRecreating && !before?.isRecreating
      this.#byName.set(name, {
        health: healthStates.find((state) => state in MEANING) ?? before?.health ?? '',
        recreations: (before?.recreations ?? 0) + (isNew ? 1 : 0),
        isRecreating,
      })
    }
  }

  /** One line for each VM that was recreated. */
  describe(): readonly string[] {
    return [...this.#byName].flatMap(([name, { health, recreations }]) => {
      if (recreations === 0) return []
      const times = recreations === 1 ? 'once' : `${recreations} times`
      const why =
        health === '' ? '' : `; before that the health check said ${health}: ${MEANING[health]}`
      return [`${name} was recreated ${times}${why}`]
    })
  }
}
