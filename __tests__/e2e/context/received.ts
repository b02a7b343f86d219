import { lstat, mkdir, mkdtemp, readdir, readFile, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { run } from '../../../scripts/setup/command.ts'

/** One line per path, so that two lists can be compared as a whole. */
export type Listing = readonly string[]

export interface ListedPath {
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link'
  readonly isExecutable: boolean
  readonly sizeBytes: number
  readonly target?: string | undefined
}

export function renderPath(listed: ListedPath): string {
  const { path, kind, isExecutable, sizeBytes, target } = listed
  const more = { file: `${sizeBytes}${isExecutable ? ' x' : ''}`, folder: '', link: `-> ${target}` }
  return `${JSON.stringify(path)} ${kind} ${more[kind]}`.trimEnd()
}

/** What the image of a `COPY . /` holds, or why the builder refused. */
export type Received = { readonly listing: Listing } | { readonly refusal: string }

export interface Build {
  /** What the builder gives is put in here. */
  readonly folder: string
  readonly context: string
  readonly dockerfile: string
  readonly environment: NodeJS.ProcessEnv
}

/** From `docker buildx build`, through its local exporter. */
export async function receivedByBuildkit({
  folder,
  context,
  dockerfile,
  environment,
}: Build): Promise<Received> {
  const out = join(folder, 'out')
  const args = [
    'buildx',
    'build',
    '--quiet',
    // A newer one would put a file about itself into the folder.
    '--provenance=false',
    `--file=${dockerfile}`,
    `--output=type=local,dest=${out}`,
    '.',
  ]
  const built = await runIn(context, args, { ...environment, DOCKER_BUILDKIT: '1' })
  if (built.exitCode !== 0) return { refusal: built.stderr.trim() }
  return { listing: await listFolder(out) }
}

/** From `DOCKER_BUILDKIT=0 docker build`, out of the image's layers. */
export async function receivedByClassic({
  folder,
  context,
  dockerfile,
  environment,
}: Build): Promise<Received> {
  // Without its cache two cases of the same content get two images, each with a name of its own:
  // nobody else takes them away.
  const tag = basename(folder).toLowerCase()
  const args = ['build', '--quiet', '--no-cache', `--tag=${tag}`, `--file=${dockerfile}`, '.']
  const built = await runIn(context, args, { ...environment, DOCKER_BUILDKIT: '0' })
  if (built.exitCode !== 0) return { refusal: built.stderr.trim() }
  try {
    return { listing: await listImage(tag, folder, environment) }
  } finally {
    await run('docker', ['image', 'rm', '--force', tag], { environment })
  }
}

async function listImage(
  tag: string,
  folder: string,
  environment: NodeJS.ProcessEnv
): Promise<Listing> {
  const saved = join(folder, 'image.tar')
  const given = await run('docker', ['save', '--output', saved, tag], { environment })
  // An image without any layer.
  if (given.stderr.includes('empty export')) return []
  if (given.exitCode !== 0) throw new Error(`docker save: ${given.stderr}`)
  const image = await mkdtemp(join(folder, 'image-'))
  await expectSuccess('tar', ['-xf', saved, '-C', image], environment)
  const [manifest] = JSON.parse(await readFile(join(image, 'manifest.json'), 'utf8'))
  const out = join(folder, 'out')
  await mkdir(out)
  for (const layer of manifest.Layers) {
    await expectSuccess('tar', ['-xf', join(image, layer), '-C', out], environment)
  }
  return await listFolder(out)
}

async function expectSuccess(
  tool: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv
): Promise<void> {
  const result = await run(tool, args, { environment })
  if (result.exitCode !== 0) throw new Error(`${tool} ${args.join(' ')}: ${result.stderr}`)
}

async function runIn(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv
): ReturnType<typeof run> {
  return await run('env', ['-C', folder, 'docker', ...args], { environment })
}

async function listFolder(root: string): Promise<Listing> {
  return (await describeFolder(root, '')).map(renderPath).sort()
}

async function describeFolder(root: string, folder: string): Promise<readonly ListedPath[]> {
  const names = await readdir(join(root, folder))
  const all = await Promise.all(
    names.map(async (name) => {
      const listed = await describe(root, join(folder, name))
      const below = listed.kind === 'folder' ? await describeFolder(root, listed.path) : []
      return [listed, ...below]
    })
  )
  return all.flat()
}

async function describe(root: string, path: string): Promise<ListedPath> {
  const place = join(root, path)
  const stats = await lstat(place)
  const isFile = stats.isFile()
  const kind = isFile ? 'file' : stats.isDirectory() ? 'folder' : 'link'
  return {
    path,
    kind,
    isExecutable: isFile && (stats.mode & 0o100) !== 0,
    sizeBytes: isFile ? stats.size : 0,
    target: kind === 'link' ? await readlink(place) : undefined,
  }
}
