/** What a machine type is billed for, per VM. */
export interface Shape {
  /** What the price list calls its series: `E2 Instance`. */
  readonly series: string
  /** Shared-core types are billed a fraction of the two that they show. */
  readonly cores: number
  readonly memoryGib: number
  /** Whether Google takes something off by itself for a VM that runs all month. */
  readonly hasSustainedUseDiscount: boolean
}

interface Series {
  readonly name: string
  /** GiB of memory per core, by class. */
  readonly memory: ReadonlyMap<string, number>
  readonly customName?: string
  readonly hasSustainedUseDiscount?: true
}

const perCore = (memory: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(memory))

const STANDARD = perCore({ standard: 4 })
const FROM_1_TO_8 = perCore({ standard: 4, highmem: 8, highcpu: 1 })
const FROM_2_TO_8 = perCore({ standard: 4, highmem: 8, highcpu: 2 })
const N1 = perCore({ standard: 3.75, highmem: 6.5, highcpu: 0.9 })
const C4 = perCore({ standard: 3.75, highmem: 7.75, highcpu: 2 })

/** Older series, of which a VM that runs all month costs less by itself. */
const discounted = (name: string, memory: Series['memory'], customName?: string): Series => ({
  name,
  memory,
  ...(customName !== undefined && { customName }),
  hasSustainedUseDiscount: true,
})

/**
 * The series whose memory follows from the name (Compute Engine's documentation of machine families).
 * Where it does not, as in C4D, or where GPUs and local SSDs cost extra, there is no entry: unknown.
 */
const SERIES: ReadonlyMap<string, Series> = new Map<string, Series>([
  ['e2', { name: 'E2 Instance', memory: FROM_1_TO_8, customName: 'E2 Custom Instance' }],
  ['n1', discounted('N1 Predefined Instance', N1, 'Custom Instance')],
  ['n2', discounted('N2 Instance', FROM_1_TO_8, 'N2 Custom Instance')],
  ['n2d', discounted('N2D AMD Instance', FROM_1_TO_8, 'N2D AMD Custom Instance')],
  ['n4', { name: 'N4 Instance', memory: FROM_2_TO_8, customName: 'N4 Custom Instance' }],
  ['n4d', { name: 'N4D Instance', memory: FROM_2_TO_8, customName: 'N4D Custom Instance' }],
  ['c2', discounted('Compute optimized', STANDARD)],
  ['c2d', { name: 'C2D AMD Instance', memory: FROM_2_TO_8 }],
  ['c3', { name: 'C3 Instance', memory: FROM_2_TO_8 }],
  ['c3d', { name: 'C3D Instance', memory: FROM_2_TO_8 }],
  ['c4', { name: 'C4 Instance', memory: C4 }],
  ['t2d', { name: 'T2D AMD Instance', memory: STANDARD }],
])

/** Shared cores, and the few sizes that do not follow their series. */
const EXCEPTIONS: ReadonlyMap<string, Pick<Shape, 'cores' | 'memoryGib'>> = new Map([
  ['e2-micro', { cores: 0.25, memoryGib: 1 }],
  ['e2-small', { cores: 0.5, memoryGib: 2 }],
  ['e2-medium', { cores: 1, memoryGib: 4 }],
  ['n2-highmem-128', { cores: 128, memoryGib: 864 }],
  ['c3d-highcpu-360', { cores: 360, memoryGib: 708 }],
  ['c4-standard-2', { cores: 2, memoryGib: 7 }],
  ['c4-highmem-2', { cores: 2, memoryGib: 15 }],
])

/** The shape of a machine type, undefined when its name does not tell it. */
export function shapeOf(machineType: string): Shape | undefined {
  const [, family = 'n1', cores, memoryMib] =
    /^(?:([a-z0-9]+)-)?custom-(\d+)-(\d+)$/.exec(machineType) ?? []
  if (cores !== undefined) {
    const series = SERIES.get(family)
    if (series?.customName === undefined) return undefined
    const memoryGib = Number(memoryMib) / 1024
    return shape({ ...series, name: series.customName }, Number(cores), memoryGib)
  }
  return predefined(machineType)
}

function predefined(machineType: string): Shape | undefined {
  const [family = '', kind = '', size = '', ...more] = machineType.split('-')
  const series = SERIES.get(family)
  if (series === undefined || more.length > 0) return undefined
  const exception = EXCEPTIONS.get(machineType)
  if (exception) return shape(series, exception.cores, exception.memoryGib)
  const memoryPerCore = series.memory.get(kind)
  if (memoryPerCore === undefined || !/^[1-9]\d*$/.test(size)) return undefined
  return shape(series, Number(size), Number(size) * memoryPerCore)
}

function shape(series: Series, cores: number, memoryGib: number): Shape {
  const { name, hasSustainedUseDiscount = false } = series
  return { series: name, cores, memoryGib, hasSustainedUseDiscount }
}
