interface LockedPackage {
  readonly version?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>
}

/** The lock with an entry for every optional package that one of its packages names. */
export function completeLock(lock: Lock): {
  readonly lock: Lock
  readonly added: readonly string[]
} {
  const missing = Object.values(lock.packages)
    .flatMap(({ optionalDependencies }) => Object.entries(optionalDependencies ?? {}))
    .filter(([name]) => !Object.hasOwn(lock.packages, `node_modules/${name}`))
  const entries = missing.map(
    ([name, version]) => [`node_modules/${name}`, describe(name, version)] as const
  )
  const packages: Lock['packages'] = { ...lock.packages, ...Object.fromEntries(entries) }
  const sorted = Object.fromEntries(
    Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  )
  return { lock: { ...lock, packages: sorted }, added: missing.map(([name]) => name) }
}

const SYSTEMS = [
  'darwin',
  'win32',
  'linux',
  'android',
  'freebsd',
  'openbsd',
  'sunos',
  'aix',
  'openharmony',
]
const PROCESSORS = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64']

/** Such packages say in their name where they belong; `os` and `cpu` keep npm from fetching them elsewhere. */
function describe(
  name: string,
  version: string
): LockedPackage & Readonly<Record<string, unknown>> {
  const words = name.split(/[/-]/)
  const system = SYSTEMS.find((candidate) => words.includes(candidate))
  const processor = PROCESSORS.find((candidate) => words.includes(candidate))
  return {
    version,
    dev: true,
    optional: true,
    ...(processor !== undefined && { cpu: [processor] }),
    ...(system !== undefined && { os: [system] }),
    ...(words.some((word) => word.startsWith('musl')) && { libc: ['musl'] }),
  }
}
