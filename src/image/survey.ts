import { posix } from 'node:path'
import type { Files } from '../ports.ts'
import type { BuildContext } from './context/build-context.ts'
import { codeOf } from './context/failure.ts'
import type { Tree } from './context/tree.ts'
import { ALLOW_LIST_FILE, parseAllowList } from './gate/allow-list.ts'
import type { GatedFinding } from './gate/findings.ts'
import { scanContext } from './gate/gate.ts'
import { dockerfilePath, type Recipe, readContext } from './source.ts'

/** What can be told of an image without Docker. */
export interface Survey {
  /** Secrets that the image would get; none with `secret_scan: off`. */
  readonly findings: readonly GatedFinding[]
  /** Those of these files of the workspace that are there and no part of the image. */
  leftOutOf(files: readonly string[]): Promise<ReadonlySet<string>>
}

/**
 * Looks at what an image would be made of.
 *
 * @throws ActionError IMAGE_CONTEXT
 */
export async function surveySource(
  { tree, files }: { readonly tree: Tree; readonly files: Files },
  recipe: Recipe,
  signal: AbortSignal
): Promise<Survey> {
  const [context, allowed] = await Promise.all([
    readContext({ tree }, recipe, { builder: 'buildkit', signal }),
    files.read(ALLOW_LIST_FILE).catch(() => ''),
  ])
  const options = {
    allowList: parseAllowList(allowed),
    folder: recipe.context,
    dockerfile: dockerfilePath(recipe),
    signal,
  }
  const findings = recipe.secretScan === 'off' ? [] : await scanContext(tree, context, options)
  return { findings, leftOutOf: (wanted) => findLeftOut(tree, recipe, { context, wanted }) }
}

async function findLeftOut(
  tree: Tree,
  recipe: Recipe,
  { context, wanted }: { readonly context: BuildContext; readonly wanted: readonly string[] }
): Promise<ReadonlySet<string>> {
  const { ignoreFile } = context
  const parts = [
    ...context.entries.map(({ path }) => posix.join(recipe.context, path)),
    dockerfilePath(recipe),
    // Another ignore file may let other files in.
    ...(ignoreFile === undefined ? [] : [ignoreFile]),
  ]
  const inside = new Set(parts.map((path) => posix.normalize(path)))
  const outside = wanted.filter((file) => !inside.has(file))
  const isThere = await Promise.all(outside.map((file) => exists(tree, file)))
  // Of one that is gone nobody can say whether it was left out.
  return new Set(outside.filter((_, index) => isThere[index]))
}

async function exists(tree: Tree, path: string): Promise<boolean> {
  try {
    await tree.inspect(path)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false
    throw error
  }
}
