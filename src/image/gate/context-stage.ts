import { posix, resolve } from 'node:path'
import type { BuildContext } from '../context/build-context.ts'
import { codeOf, unreadable } from '../context/failure.ts'
import { runBounded } from '../context/pool.ts'
import type { Tree } from '../context/tree.ts'
import type { SecretFinding } from './content-scan.ts'
import type { Allowances, GatedFinding, Scanner } from './findings.ts'

export interface ContextScanOptions {
  readonly allowList: Allowances
  readonly signal: AbortSignal
  /** Of the context, in the workspace: findings are told by their paths in the workspace. */
  readonly folder?: string | undefined
  /** In the workspace. It is looked through even where the builder gets it by itself. */
  readonly dockerfile?: string | undefined
}

/** Enough to keep the disk busy; what is read is looked through by one thread anyway. */
const AT_ONCE = 8

interface ContextFile {
  /** As people know it. */
  readonly path: string
  readonly place: string
  /** Undefined for what has a name only. */
  readonly sizeBytes: number | undefined
}

/**
 * Looks for secrets in everything that the builder would get: names and contents of files, names of
 * links.
 *
 * @throws ActionError IMAGE_CONTEXT when a file cannot be read
 */
export async function searchContext(
  tree: Tree,
  context: BuildContext,
  options: ContextScanOptions & { readonly scanner: Scanner }
): Promise<readonly GatedFinding[]> {
  const { signal, allowList } = options
  const files = [...listFiles(context, options), ...(await findDockerfile(tree, context, options))]
  const found: (readonly SecretFinding[])[] = []
  await runBounded(files, { atOnce: AT_ONCE, signal }, async (file, index) => {
    found[index] = await searchFile(tree, file, options)
  })
  return files.flatMap(({ path }, index) =>
    (found[index] ?? [])
      .filter((finding) => !allowList.allows(path, finding))
      .map((finding) => ({ ...finding, path }))
  )
}

function listFiles(context: BuildContext, { folder }: ContextScanOptions): readonly ContextFile[] {
  return context.entries
    .filter(({ kind }) => kind !== 'folder')
    .map(({ path, kind, sizeBytes }) => ({
      path: posix.join(folder ?? '.', path),
      place: `${context.root}/${path}`,
      sizeBytes: kind === 'file' ? sizeBytes : undefined,
    }))
}

/** The Dockerfile, unless it is one of the context's files anyway, or is not there at all. */
async function findDockerfile(
  tree: Tree,
  { root, entries }: BuildContext,
  { dockerfile, signal }: ContextScanOptions
): Promise<readonly ContextFile[]> {
  if (dockerfile === undefined) return []
  try {
    const place = await tree.resolve(resolve(dockerfile))
    if (entries.some(({ path, kind }) => kind === 'file' && place === `${root}/${path}`)) return []
    const { sizeBytes } = await tree.inspect(place)
    return [{ path: posix.normalize(dockerfile), place, sizeBytes }]
  } catch (error) {
    // The builder says it best.
    if (codeOf(error) === 'ENOENT') return []
    throw unreadable(dockerfile, error, signal)
  }
}

async function searchFile(
  tree: Tree,
  { path, place, sizeBytes }: ContextFile,
  { scanner, signal }: ContextScanOptions & { readonly scanner: Scanner }
): Promise<readonly SecretFinding[]> {
  const name = scanner.judgeName(path)
  const findings = name ? [name] : []
  if (sizeBytes === undefined || sizeBytes === 0) return findings
  try {
    const scan = scanner.start(path)
    for await (const bytes of tree.read(place, sizeBytes, signal)) {
      if (bytes.length === sizeBytes) return [...findings, ...scanner.scan(path, bytes)]
      scan.write(bytes)
    }
    return [...findings, ...scan.end()]
  } catch (error) {
    throw unreadable(place, error, signal)
  }
}
