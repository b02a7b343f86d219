import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findOnPath, type Log, run, runOrThrow, runPipe, SetupError, timed } from '../command.ts'
import {
  type AptSource,
  deriveSources,
  parseAptSources,
  parseOsRelease,
  renderAptSources,
  selectSystemSources,
} from './apt-sources.ts'

/**
 * Where packages come from. Debian 12 has an old engine and no buildx; the next release has both.
 */
export interface Distribution {
  readonly id: string
  readonly codename: string
  /**
   * A later suite of the same mirrors to take Docker from, or undefined where the system's own is
   * new enough.
   */
  readonly laterSuite: string | undefined
}

/**
 * A private view of apt: own package lists, own cache, nothing of the system's changed and no lock
 * of it taken.
 */
export interface PackageArchive {
  readonly distribution: Distribution
  readonly directory: string
  readonly configPath: string
}

export interface DownloadOptions {
  readonly packages: readonly string[]
  /** 'system' leaves out what this machine has; 'nothing' fetches every dependency. */
  readonly onTopOf: 'system' | 'nothing'
  readonly into: string
}

const listsStayFreshMs = 6 * 3_600_000

/** @throws SetupError where packages cannot be had: not Debian-like, no apt, no mirror. */
export async function openArchive(directory: string, log: Log): Promise<PackageArchive> {
  const distribution = await readDistribution()
  const own = await readSystemSources(distribution)
  const { codename, laterSuite } = distribution
  if (laterSuite !== undefined) {
    const sources = [...own, ...deriveSources(own, codename, laterSuite)]
    const archive = await layOut(directory, distribution, sources)
    if ((await refreshIfStale(archive, log)) === undefined) return archive
    // A machine that was never updated may not know the later suite's signing key.
    log(`${laterSuite} cannot be read; trying ${codename} alone (an older engine, no buildx)`)
  }
  const archive = await layOut(directory, { ...distribution, laterSuite: undefined }, own)
  const failure = await refreshIfStale(archive, log)
  if (failure !== undefined) throw failure
  return archive
}

/** Writes the private configuration; reads no network. */
async function layOut(
  directory: string,
  distribution: Distribution,
  sources: readonly AptSource[]
): Promise<PackageArchive> {
  const archive = { distribution, directory, configPath: join(directory, 'apt.conf') }
  for (const folder of ['sources.d', 'preferences.d']) {
    await mkdir(join(directory, folder), { recursive: true })
  }
  await writeFile(join(directory, 'sources.d/archive.sources'), renderAptSources(sources))
  await writeFile(join(directory, 'preferences.d/archive'), renderPreferences(distribution))
  await writeFile(archive.configPath, renderAptConfig(directory))
  return archive
}

/** Downloads packages with their dependencies and returns the paths of the `.deb` files. */
export async function downloadPackages(
  archive: PackageArchive,
  { packages, onTopOf, into }: DownloadOptions
): Promise<string[]> {
  await mkdir(join(into, 'archives/partial'), { recursive: true })
  const status = onTopOf === 'system' ? [] : ['-o', 'Dir::State::status=/dev/null']
  const config = ['-c', archive.configPath, '-o', `Dir::Cache=${into}`, ...status]
  const install = ['install', '--yes', '--download-only', '--no-install-recommends', ...packages]
  const args = [...config, ...install]
  if ((await run('apt-get', args)).exitCode !== 0) {
    // Lists that are some hours old may name packages that the mirror has replaced since.
    await refresh(archive)
    await runOrThrow('apt-get', args, { hint: unreachableMirrorHint })
  }
  const names = await readdir(join(into, 'archives'))
  return names.filter((name) => name.endsWith('.deb')).map((name) => join(into, 'archives', name))
}

/**
 * Unpacks packages into `root` without running their scripts; paths that match `leaveOut` (tar
 * patterns) stay out.
 */
export async function unpackPackages(
  debs: readonly string[],
  root: string,
  leaveOut: readonly string[]
): Promise<void> {
  await mkdir(root, { recursive: true })
  // /bin may be a link to /usr/bin in `root`; tar would replace the link by a folder.
  const tar = ['--extract', '--keep-directory-symlink', '--no-same-owner', '--directory', root]
  const excludes = leaveOut.map((pattern) => `--exclude=${pattern}`)
  for (const deb of debs) {
    await runPipe(['dpkg-deb', '--fsys-tarfile', deb], ['tar', ...tar, ...excludes])
  }
}

/** The suite that Docker's packages come from, in apt's `package/suite` spelling. */
export function fromLaterSuite(distribution: Distribution, packageName: string): string {
  const suite = distribution.laterSuite
  return suite === undefined ? packageName : `${packageName}/${suite}`
}

/** Decides from /etc/os-release. */
export function describeDistribution(osRelease: string): Distribution {
  const values = parseOsRelease(osRelease)
  const id = values.get('ID') ?? 'unknown'
  const codename = values.get('VERSION_CODENAME') ?? ''
  return { id, codename, laterSuite: codename === 'bookworm' ? 'trixie' : undefined }
}

const unreachableMirrorHint =
  'Check that this machine reaches the mirrors of its own apt sources, or install Docker (with buildx) by hand and start it.'

async function readDistribution(): Promise<Distribution> {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '')
  const distribution = describeDistribution(osRelease)
  if ((await findOnPath('apt-get')) !== undefined) return distribution
  throw new SetupError(
    `This system (${distribution.id}) has no apt, so Docker cannot be fetched for you.`,
    'Install Docker Engine with the buildx plugin (docs.docker.com/engine/install), start it, and run this again.'
  )
}

async function readSystemSources({ codename }: Distribution): Promise<AptSource[]> {
  const own = selectSystemSources(await readAllSources('/etc/apt'), codename)
  if (own.length > 0) return own
  throw new SetupError(
    `The apt sources of this machine name no archive for "${codename}".`,
    'Look at /etc/apt/sources.list and /etc/apt/sources.list.d, or install Docker by hand and start it.'
  )
}

async function readAllSources(directory: string): Promise<AptSource[]> {
  const parts = await readdir(join(directory, 'sources.list.d')).catch(() => [])
  const paths = ['sources.list', ...parts.map((part) => join('sources.list.d', part))]
  const wanted = paths.filter((path) => /\.(list|sources)$/.test(path))
  const parsed = wanted.map(async (path) =>
    parseAptSources(path, await readFile(join(directory, path), 'utf8').catch(() => ''))
  )
  return (await Promise.all(parsed)).flat()
}

/**
 * Priority 50 is below every installed and every own package: only what is asked for by suite comes
 * from there.
 */
function renderPreferences({ laterSuite }: Distribution): string {
  if (laterSuite === undefined) return ''
  return [laterSuite, `${laterSuite}-security`]
    .map((suite) => `Package: *\nPin: release n=${suite}\nPin-Priority: 50\n`)
    .join('\n')
}

function renderAptConfig(directory: string): string {
  return [
    // Hooks of container images and desktops clean or index the system's cache: not our business
    // here.
    ...['APT::Update', 'DPkg'].flatMap((scope) =>
      ['Pre-Invoke', 'Post-Invoke', 'Post-Invoke-Success'].map(
        (hook) => `#clear ${scope}::${hook};`
      )
    ),
    'Dir::Etc::sourcelist "/dev/null";',
    `Dir::Etc::sourceparts "${join(directory, 'sources.d')}";`,
    'Dir::Etc::preferences "/dev/null";',
    `Dir::Etc::preferencesparts "${join(directory, 'preferences.d')}";`,
    `Dir::State::lists "${join(directory, 'lists')}";`,
    `Dir::Cache "${join(directory, 'cache')}";`,
    'Debug::NoLocking "true";',
    'Acquire::Languages "none";',
    'Acquire::GzipIndexes "true";',
    'Acquire::Retries "1";',
    'Acquire::http::Timeout "15";',
    'Acquire::https::Timeout "15";',
    ...['DEP-11', 'DEP-11-icons-small', 'DEP-11-icons', 'Contents-deb'].map(
      (target) => `Acquire::IndexTargets::deb::${target}::DefaultEnabled "false";`
    ),
    '',
  ].join('\n')
}

/** Why the lists, missing or old, could not be read anew; undefined when they are good. */
async function refreshIfStale(archive: PackageArchive, log: Log): Promise<SetupError | undefined> {
  const mark = await stat(markOf(archive)).catch(() => undefined)
  if (mark !== undefined && Date.now() - mark.mtimeMs < listsStayFreshMs) return undefined
  const reading = timed(log, 'read the package lists of the system’s own mirror', () =>
    refresh(archive)
  )
  return await reading.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof SetupError) return error
      throw error
    }
  )
}

async function refresh(archive: PackageArchive): Promise<void> {
  await rm(markOf(archive), { force: true })
  // Afresh: apt trusts what it has as long as the index above it is unchanged, even when it is
  // damaged.
  await rm(join(archive.directory, 'lists'), { recursive: true, force: true })
  await mkdir(join(archive.directory, 'lists/partial'), { recursive: true })
  const args = ['-c', archive.configPath, '-o', 'APT::Update::Error-Mode=any', 'update']
  await runOrThrow('apt-get', args, { hint: unreachableMirrorHint })
  await writeFile(markOf(archive), '')
}

/** One mark per set of suites: lists without the later suite are no lists with it. */
function markOf({ directory, distribution }: PackageArchive): string {
  return join(directory, `refreshed-${distribution.laterSuite ?? distribution.codename}`)
}
