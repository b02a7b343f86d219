import type { ManagedInstance } from '../google/compute.ts'

interface Trouble {
  /** The last bad verdict of the health check; empty when it gave none since it was content. */
  readonly health: string
  readonly recreations: number
  readonly isRecreating: boolean
}

const MEANING: Readonly<Record<string, string>> = {
  TIMEOUT: 'nothing answered (does the app listen on its port, on all addresses?)',
  UNHEALTHY: 'it answered, but not with 200',
}

/**
 * What keeps VMs of a release from being well. The group's own word is that one is verified or
 * recreated; what the health check sees stands behind that, and is gone once the VM is.
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
        health: verdictOf(healthStates, before?.health ?? ''),
        recreations: (before?.recreations ?? 0) + (isNew ? 1 : 0),
        isRecreating,
      })
    }
  }

  /** One line for each VM that was recreated, or whose health check is not content. */
  describe(): readonly string[] {
    return [...this.#byName].flatMap(([name, { health, recreations }]) => {
      const seen = health === '' ? '' : `the health check said ${health}: ${MEANING[health]}`
      if (recreations === 0) return seen === '' ? [] : [`${name}: ${seen}`]
      const times = recreations === 1 ? 'once' : `${recreations} times`
      return [`${name} was recreated ${times}${seen && `; before that ${seen}`}`]
    })
  }
}

function verdictOf(states: readonly string[], before: string): string {
  if (states.includes('HEALTHY')) return ''
  return states.find((state) => state in MEANING) ?? before
}
