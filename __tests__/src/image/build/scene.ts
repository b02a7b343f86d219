import type { Builder } from '../../../../src/image/build/builder.ts'
import type { ClientFolder } from '../../../../src/image/build/client-folder.ts'
import type { BuildOptions } from '../../../../src/image/build/command.ts'

const ALL = {
  exportsLayout: true,
  attests: true,
  pinsBases: true,
  takesSecrets: true,
  tellsProgress: true,
  checks: true,
}

/** docker/setup-buildx-action's. */
export const CONTAINER: Builder = {
  hasBuildx: true,
  name: 'ci',
  driver: 'docker-container',
  platforms: ['linux/amd64'],
  can: ALL,
}

/** What a runner has by itself. */
export const ENGINE: Builder = {
  ...CONTAINER,
  name: 'default',
  driver: 'docker',
  can: { ...ALL, exportsLayout: false, attests: false },
}

export const PLAIN: Builder = {
  hasBuildx: false,
  name: '',
  driver: '',
  platforms: [],
  can: {
    exportsLayout: false,
    attests: false,
    pinsBases: false,
    takesSecrets: false,
    tellsProgress: false,
    checks: false,
  },
}

export function anOptions(more: Partial<BuildOptions> = {}): BuildOptions {
  return {
    context: '.',
    dockerfile: undefined,
    target: undefined,
    buildArgs: new Map(),
    labels: new Map(),
    secrets: new Map(),
    commitTime: undefined,
    platforms: [],
    bases: [],
    noCache: false,
    registryHost: undefined,
    cache: undefined,
    cachesStages: true,
    sbom: false,
    provenance: true,
    workDirectory: '/job',
    signal: new AbortController().signal,
    ...more,
  }
}

/** A user whose config.json is this text. */
export function folderWith(config: string | undefined): ClientFolder {
  return {
    readConfig: async () => config,
    mirror: async () => ({ BUILDX_CONFIG: '/home/user/.docker/buildx' }),
  }
}
