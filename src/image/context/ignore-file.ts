import { basename, dirname, join, resolve } from 'node:path'
import { codeOf, unreadable } from './failure.ts'
import type { Tree, TreeFacts } from './tree.ts'

/** The ignore file that counts. */
export interface IgnoreFile {
  /** In the words in which context or Dockerfile were named. */
  readonly path: string
  readonly content: Uint8Array
  /** Reached through a link. */
  readonly isLinked: boolean
}

/** Context and Dockerfile, as they were named. */
export interface IgnoreFileOptions {
  readonly root: string
  readonly dockerfile: string
  readonly signal: AbortSignal
}

/** Of the ignore file at the top of a context. */
export const DEFAULT_NAME = '.dockerignore'
const MAX_LINKS = 255

/**
 * Where BuildKit looks: `<Dockerfile>.dockerignore` beside the Dockerfile, wherever that is, and
 * only without one `.dockerignore` at the top of the context. Links count as if the folder that is
 * looked in were `/`; what is no file does not count.
 */
export async function findBuildkitIgnoreFile(
  tree: Tree,
  options: IgnoreFileOptions
): Promise<IgnoreFile | undefined> {
  const { root, signal } = options
  const folder = dirname(options.dockerfile)
  const name = `${await dockerfileName(tree, options)}${DEFAULT_NAME}`
  return (
    (await readInside(tree, { folder, name, signal })) ??
    (await readInside(tree, { folder: root, name: DEFAULT_NAME, signal }))
  )
}

/** Where the client looks that sends the context itself; links are followed to anywhere. */
export async function findClassicIgnoreFile(
  tree: Tree,
  { root, signal }: IgnoreFileOptions
): Promise<IgnoreFile | undefined> {
  const path = join(root, DEFAULT_NAME)
  try {
    const isLinked = (await tree.inspect(resolve(path))).kind === 'link'
    const place = await tree.resolve(resolve(path))
    const { sizeBytes } = await tree.inspect(place)
    return { path, isLinked, content: await readWhole(tree, { place, sizeBytes, signal }) }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw unreadable(path, error, signal)
  }
}

/** The name that counts: `dockerfile` does where there is no `Dockerfile`. */
export async function dockerfileName(
  tree: Tree,
  { dockerfile, signal }: Pick<IgnoreFileOptions, 'dockerfile' | 'signal'>
): Promise<string> {
  const name = basename(dockerfile)
  if (name !== 'Dockerfile') return name
  const folder = dirname(dockerfile)
  try {
    const names = (await tree.list(resolve(folder))).map((node) => node.name)
    return !names.includes(name) && names.includes('dockerfile') ? 'dockerfile' : name
  } catch (error) {
    // A Dockerfile that is missing is found by whoever reads it.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return name
    throw unreadable(folder, error, signal)
  }
}

interface Place {
  readonly folder: string
  readonly name: string
  readonly signal: AbortSignal
}

async function readInside(tree: Tree, place: Place): Promise<IgnoreFile | undefined> {
  const { folder, name, signal } = place
  const path = join(folder, name)
  try {
    const root = await tree.resolve(resolve(folder))
    const found = await resolveInside(tree, root, name)
    if (found?.facts.kind !== 'file') return undefined
    const { sizeBytes } = found.facts
    const content = await readWhole(tree, { place: join(root, found.path), sizeBytes, signal })
    return { path, content, isLinked: found.path !== name }
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw unreadable(path, error, signal)
  }
}

interface Found {
  readonly path: string
  readonly facts: TreeFacts
}

/**
 * Follows links as if `root` were `/`. A `..` in a link takes away what is written before it, even
 * if that is a link itself or does not exist.
 */
async function resolveInside(tree: Tree, root: string, name: string): Promise<Found | undefined> {
  let path = join('/', name)
  for (let links = 0; links <= MAX_LINKS; links += 1) {
    const next = await followFirstLink(tree, root, path)
    if (next === undefined) return { path: path.slice(1), facts: await tree.inspect(root + path) }
    path = next
  }
  return undefined
}

/** The path with its first link replaced, or undefined when it has none. */
async function followFirstLink(
  tree: Tree,
  root: string,
  path: string
): Promise<string | undefined> {
  const parts = path.split('/').slice(1)
  for (const index of parts.keys()) {
    const folder = `/${parts.slice(0, index).join('/')}`
    const { target } = await tree.inspect(join(root, folder, parts[index] ?? ''))
    if (target === undefined) continue
    const rest = parts.slice(index + 1).join('/')
    return join('/', target.startsWith('/') ? target : join(folder, target), rest)
  }
  return undefined
}

async function readWhole(
  tree: Tree,
  file: { readonly place: string; readonly sizeBytes: number; readonly signal: AbortSignal }
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of tree.read(file.place, file.sizeBytes, file.signal)) {
    chunks.push(Uint8Array.from(chunk))
  }
  return Buffer.concat(chunks)
}
