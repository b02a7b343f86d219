import { mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { findOnPath, type Log, run, SetupError, timed } from './command.ts'
import {
  downloadPackages,
  fromLaterSuite,
  openArchive,
  type PackageArchive,
  unpackPackages,
} from './debian/packages.ts'

/** What this machine has of Docker, by name of the program. */
export interface FoundTools {
  readonly dockerd: boolean
  readonly docker: boolean
  readonly buildx: boolean
}

/** How to start what was found or fetched. */
export interface Tools {
  /** Environment of our own dockerd. */
  readonly daemonEnvironment: NodeJS.ProcessEnv
  /**
   * What a child process needs in addition to this process's environment to find docker and buildx.
   */
  readonly clientEnvironment: Readonly<Record<string, string>>
  readonly buildx: boolean
}

export interface ToolsOptions {
  readonly workDirectory: string
  readonly log: Log
  /** False where an engine answers already: then only the client's side has to be complete. */
  readonly needsDaemon: boolean
}

/** The folder of fetched programs is thrown away and fetched again when this changes. */
const recipe = '1'

const leaveOut = [
  './usr/share/doc',
  './usr/share/man',
  './usr/share/locale',
  './usr/share/bash-completion',
  './usr/share/zsh',
  './usr/share/fish',
  './usr/bin/ctr',
]

const pluginFolder = 'usr/libexec/docker/cli-plugins'

/**
 * Finds docker, buildx and (if asked) dockerd, and fetches what is missing into the work directory;
 * installs nothing.
 */
export async function ensureTools(options: ToolsOptions): Promise<Tools> {
  const found = await findTools()
  const missing = choosePackages(found, options.needsDaemon)
  if (missing.length === 0) return describeTools(found, undefined, options.workDirectory)
  const root = join(options.workDirectory, 'tools', `${recipe}-${missing.join('-')}`)
  if (!(await exists(root))) await fetchTools(missing, root, options)
  return describeTools(found, root, options.workDirectory)
}

/** The packages that fill the gaps. */
export function choosePackages(found: FoundTools, needsDaemon: boolean): string[] {
  const daemon = needsDaemon && !found.dockerd ? ['docker.io'] : []
  const client = found.docker ? [] : ['docker-cli']
  const buildx = found.buildx ? [] : ['docker-buildx']
  return [...daemon, ...client, ...buildx]
}

/**
 * The same packages as this distribution spells them: before trixie the engine's package holds the
 * client and buildx is none.
 */
export function spellPackages(
  packages: readonly string[],
  { distribution }: Pick<PackageArchive, 'distribution'>
): string[] {
  const isOld =
    distribution.laterSuite === undefined && oldCodenames.includes(distribution.codename)
  if (isOld) {
    const needsDockerIo = packages.some((name) => name !== 'docker-buildx')
    return needsDockerIo ? ['docker.io'] : []
  }
  // containerd goes with the engine it was built for; runc stays the system's, since a later one
  // wants a later libc.
  const withContainerd = packages.includes('docker.io') ? [...packages, 'containerd'] : packages
  return withContainerd.map((name) => fromLaterSuite(distribution, name))
}

const oldCodenames = ['buster', 'bullseye', 'bookworm']

async function findTools(): Promise<FoundTools> {
  const [dockerd, docker] = await Promise.all([
    findOnPath('dockerd', daemonPath()),
    findOnPath('docker'),
  ])
  const buildx = docker !== undefined && (await run(docker, ['buildx', 'version'])).exitCode === 0
  return { dockerd: dockerd !== undefined, docker: docker !== undefined, buildx }
}

async function fetchTools(
  missing: readonly string[],
  root: string,
  { workDirectory, log }: ToolsOptions
): Promise<void> {
  try {
    const archive = await openArchive(join(workDirectory, 'apt'), log)
    const packages = spellPackages(missing, archive)
    const what = `fetched ${packages.join(', ')} into ${workDirectory}; nothing is installed`
    await timed(log, what, () => unpackInto(root, archive, packages))
  } catch (error) {
    // Without buildx the plain builder does the work; without an engine or a client nothing does.
    if (missing.some((name) => name !== 'docker-buildx')) throw error
    log('docker buildx is missing and could not be fetched: images are built by plain docker build')
    log(`  ${error instanceof Error ? error.message : error}`)
  }
}

async function unpackInto(
  root: string,
  archive: PackageArchive,
  packages: readonly string[]
): Promise<void> {
  if (packages.length === 0) {
    throw new SetupError('This release has no package of it.', 'Docker’s own packages have it.')
  }
  const draft = `${root}.partial`
  await rm(draft, { recursive: true, force: true })
  const debs = await downloadPackages(archive, {
    packages,
    onTopOf: 'system',
    into: join(draft, 'download'),
  })
  await unpackPackages(debs, draft, leaveOut)
  await rm(join(draft, 'download'), { recursive: true })
  await linkPrograms(draft)
  await rename(draft, root)
}

/**
 * Gives programs the names that dockerd looks for; on an installed system package scripts do this.
 */
async function linkPrograms(root: string): Promise<void> {
  const bin = join(root, 'bin')
  await mkdir(bin)
  const links = [
    ['iptables', 'usr/sbin/xtables-nft-multi'],
    ['ip6tables', 'usr/sbin/xtables-nft-multi'],
    ['docker-init', 'usr/bin/tini-static'],
  ] as const
  for (const [name, target] of links) {
    if (await exists(join(root, target))) await symlink(join('..', target), join(bin, name))
  }
}

async function describeTools(
  found: FoundTools,
  root: string | undefined,
  workDirectory: string
): Promise<Tools> {
  const path = process.env['PATH'] ?? ''
  const inRoot = (folder: string): string => join(root ?? '', folder)
  const hasPlugin = root !== undefined && (await exists(inRoot(`${pluginFolder}/docker-buildx`)))
  const hasClient = root !== undefined && !found.docker
  return {
    buildx: found.buildx || hasPlugin,
    clientEnvironment: {
      ...(hasClient ? { PATH: [inRoot('usr/bin'), path].join(delimiter) } : {}),
      ...(hasPlugin
        ? { DOCKER_CONFIG: await configureClient(workDirectory, inRoot(pluginFolder)) }
        : {}),
    },
    daemonEnvironment:
      root === undefined ? { ...process.env, PATH: daemonPath() } : await libraryEnvironment(root),
  }
}

/**
 * A client configuration that is the user's own without the logins, plus the folder of our plugin.
 * The client knows no environment variable for plugin folders, and a link in a system folder would
 * outlive the checkout it points to.
 */
async function configureClient(workDirectory: string, plugins: string): Promise<string> {
  const directory = join(workDirectory, 'docker-config')
  const own = process.env['DOCKER_CONFIG'] ?? join(process.env['HOME'] ?? '/root', '.docker')
  const settings = parseObject(await readFile(join(own, 'config.json'), 'utf8').catch(() => '{}'))
  const {
    auths: _auths,
    credsStore: _store,
    credHelpers: _helpers,
    currentContext: _context,
    ...kept
  } = settings
  await mkdir(directory, { recursive: true })
  const content = JSON.stringify({ ...kept, cliPluginsExtraDirs: [plugins] }, null, 2)
  await writeFile(join(directory, 'config.json.partial'), `${content}\n`, { mode: 0o600 })
  await rename(join(directory, 'config.json.partial'), join(directory, 'config.json'))
  return directory
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch (error) {
    throw new SetupError(
      `The Docker client’s config.json is not JSON: ${error instanceof Error ? error.message : error}`,
      'Mend or remove ~/.docker/config.json (or the one in $DOCKER_CONFIG).',
      { cause: error }
    )
  }
}

/** Unpacked libraries stand beside the system's; only dockerd and what it starts look there. */
async function libraryEnvironment(root: string): Promise<NodeJS.ProcessEnv> {
  const folders: string[] = []
  for (const parent of ['usr/lib', 'lib']) {
    const names = await readdir(join(root, parent)).catch(() => [])
    folders.push(
      ...names.filter((name) => name.includes('-linux-gnu')).map((name) => join(root, parent, name))
    )
  }
  const programs = ['bin', 'usr/sbin', 'usr/bin'].map((folder) => join(root, folder))
  const xtables = folders.map((folder) => join(folder, 'xtables'))
  return {
    ...process.env,
    PATH: [...programs, daemonPath()].join(delimiter),
    LD_LIBRARY_PATH: folders.join(delimiter),
    XTABLES_LIBDIR: xtables.join(delimiter),
  }
}

/** `su` without a login leaves root with a user's PATH, where iptables and dockerd are not. */
function daemonPath(): string {
  return [process.env['PATH'] ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter)
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  )
}
