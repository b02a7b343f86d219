/** Something of the machine that a suite needs. */
export interface Capability {
  readonly name: 'terraform' | 'docker' | 'busybox'
  readonly command: string
  readonly args: readonly string[]
  /** Completes "because …". */
  readonly absence: string
}

export interface Suite {
  readonly name: string
  readonly paths: readonly string[]
  readonly needs: readonly Capability['name'][]
}

export interface LeftOut {
  readonly name: string
  readonly because: string
}

const CAPABILITIES: readonly Capability[] = [
  {
    name: 'terraform',
    command: 'terraform',
    args: ['version', '-json'],
    absence: 'there is no terraform on PATH',
  },
  {
    name: 'docker',
    command: 'docker',
    args: ['version', '--format', '{{.Server.Version}}'],
    absence: 'no Docker engine answers (.ci/run starts one)',
  },
  {
    name: 'busybox',
    command: '/bin/busybox',
    args: ['true'],
    absence:
      'there is no /bin/busybox (package busybox-static, of which small test images are made)',
  },
]

const SUITES: readonly Suite[] = [
  {
    name: 'unit',
    paths: ['__tests__/src', '__tests__/contract', '__tests__/scripts', '__tests__/bench'],
    needs: [],
  },
  { name: 'emulator', paths: ['__tests__/emulator'], needs: [] },
  { name: 'boot scripts', paths: ['__tests__/boot'], needs: [] },
  { name: 'app', paths: ['__tests__/app'], needs: [] },
  { name: 'real clients', paths: ['__tests__/clients'], needs: ['terraform'] },
  { name: 'e2e', paths: ['__tests__/e2e'], needs: ['terraform', 'docker', 'busybox'] },
]

export function findMissing(isThere: (capability: Capability) => boolean): readonly Capability[] {
  return CAPABILITIES.filter((capability) => !isThere(capability))
}

/** Pure: which suites can run, and a reason for each that cannot. `only` narrows to one by name. */
export function suitesOf(
  missing: readonly Capability[],
  only?: string
): { readonly runnable: readonly Suite[]; readonly leftOut: readonly LeftOut[] } {
  const wanted = SUITES.filter((suite) => only === undefined || suite.name === only)
  const absences = (suite: Suite): readonly string[] =>
    missing.filter(({ name }) => suite.needs.includes(name)).map(({ absence }) => absence)
  return {
    runnable: wanted.filter((suite) => absences(suite).length === 0),
    leftOut: wanted
      .filter((suite) => absences(suite).length > 0)
      .map((suite) => ({ name: suite.name, because: absences(suite).join(' and ') })),
  }
}
