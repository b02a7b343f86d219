import type { Machine, MachineFactory, MachineObserver, MachineSpec } from './machine.ts'
import { type Guest, type HostOptions, VirtualMachine } from './virtual-machine.ts'

/** A factory of VMs whose insides come from `guestOf`. */
export function createMachines(
  host: HostOptions,
  guestOf: (spec: MachineSpec) => Guest
): MachineFactory {
  const alive = new Set<VirtualMachine>()
  return {
    start(spec: MachineSpec, observe: MachineObserver): Machine {
      const machine = new VirtualMachine(spec, observe, { guest: guestOf(spec), host })
      alive.add(machine)
      void machine.gone.then(() => alive.delete(machine))
      return machine
    },
    async stop(): Promise<void> {
      await Promise.all([...alive].map((machine) => machine.destroy()))
    },
  }
}

/** Repeatable luck: numbers in [0, 1) from a seed (xorshift32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4294967296
  }
}
