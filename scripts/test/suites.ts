/** Something of the machine that a suite needs. */
export interface Capability {
  readonly name:
    | 'bash'
    | 'curl'
    | 'python3'
    | 'terraform'
    | 'docker'
    | 'busybox'
    | 'base image'
    | 'chromium'
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

/** What a suite takes for its base image where BASE_IMAGE names none. */
const DEFAULT_BASE_IMAGE = 'deploy-spot-mig/base:python3'

/** `baseImage` is the one that BASE_IMAGE names, if any. */
function capabilitiesWith(baseImage: string | undefined): readonly Capability[] {
  return [
    { name: 'bash', command: '/bin/bash', args: ['-c', ':'], absence: 'there is no /bin/bash' },
    {
      name: 'curl',
      command: '/usr/bin/curl',
      args: ['--version'],
      absence: 'there is no /usr/bin/curl (package curl, which the boot scripts call)',
    },
    {
      name: 'python3',
      command: 'python3',
      // Older ones do not know all types that the service names.
      args: ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'],
      absence: 'there is no python3 on PATH, version 3.10 or newer',
    },
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
    {
      name: 'chromium',
      command: 'chromium',
      args: ['--version'],
      absence: "there is no chromium on PATH, which looks at the emulator's page",
    },
    {
      name: 'base image',
      command: 'docker',
      args: ['image', 'inspect', baseImage ?? DEFAULT_BASE_IMAGE],
      absence:
        'the Docker engine has no Python image to build on (node scripts/with-engine.ts npm test makes one)',
    },
  ]
}

const SUITES: readonly Suite[] = [
  {
    name: 'unit',
    paths: [
      '__tests__/src',
      '__tests__/contract',
      '__tests__/scripts',
      '__tests__/bench',
      '__tests__/clients/google-auth-library',
      '__tests__/clients/github',
    ],
    needs: [],
  },
  { name: 'emulator', paths: ['__tests__/emulator/(?!machines/real)'], needs: [] },
  { name: 'simulation', paths: ['__tests__/simulation'], needs: [] },
  { name: 'emulated VMs', paths: ['__tests__/emulator/machines/real'], needs: ['bash', 'curl'] },
  { name: 'boot scripts', paths: ['__tests__/boot'], needs: ['bash', 'curl'] },
  { name: 'app', paths: ['__tests__/app'], needs: ['python3'] },
  {
    name: 'bootstrap',
    paths: ['__tests__/clients/bootstrap'],
    needs: ['bash', 'curl', 'terraform'],
  },
  { name: 'browser', paths: ['__tests__/browser'], needs: ['chromium'] },
  // All of their paths begin so: two folders and the state backend's own file.
  { name: 'real clients', paths: ['__tests__/clients/terraform'], needs: ['terraform'] },
  {
    name: 'e2e',
    paths: ['__tests__/e2e'],
    needs: ['bash', 'curl', 'terraform', 'docker', 'busybox', 'base image'],
  },
]

/** For the message about a name that is none. */
export const SUITE_NAMES: readonly string[] = SUITES.map(({ name }) => name)

export function findMissing(
  isThere: (capability: Capability) => boolean,
  baseImage?: string
): readonly Capability[] {
  const missing = capabilitiesWith(baseImage).filter((capability) => !isThere(capability))
  // Without an engine it goes without saying that the engine has no image.
  const hasEngine = missing.every(({ name }) => name !== 'docker')
  return missing.filter(({ name }) => hasEngine || name !== 'base image')
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
