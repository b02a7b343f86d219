/** CPUs that a guest sees, and its memory. */
export interface MachineSize {
  readonly cpus: number
  readonly memoryMb: number
  readonly isShared: boolean
}

const SHARED_CORE: Readonly<Record<string, readonly [cpus: number, memoryMb: number]>> = {
  'e2-micro': [2, 1024],
  'e2-small': [2, 2048],
  'e2-medium': [2, 4096],
  'f1-micro': [1, 614],
  'g1-small': [1, 1740],
}
const MB_PER_CPU: Readonly<Record<string, number>> = {
  standard: 4096,
  highmem: 8192,
  highcpu: 1024,
}

/** The size of a machine type, undefined when there is none of that name anywhere. */
export function machineSize(type: string): MachineSize | undefined {
  const shared = SHARED_CORE[type]
  if (shared) return { cpus: shared[0], memoryMb: shared[1], isShared: true }
  const [, shape = '', count] = /^(?:e2|n1|n2|n2d|c2|c3|t2d)-(\w+)-(\d{1,3})$/.exec(type) ?? []
  const perCpu = MB_PER_CPU[shape]
  const cpus = Number(count)
  return perCpu && cpus > 0 ? { cpus, memoryMb: cpus * perCpu, isShared: false } : undefined
}
