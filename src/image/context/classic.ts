import { dirname, relative, resolve } from 'node:path'
import type { ContextEntry } from './entry.ts'
import { codeOf, unreadable } from './failure.ts'
import { IgnoreRules } from './ignore/rules.ts'
import { DEFAULT_NAME, dockerfileName } from './ignore-file.ts'
import type { Tree } from './tree.ts'

/** The Dockerfile as the client names it to the engine: from `root`, with links followed. */
export async function relativeDockerfile(
  tree: Tree,
  root: string,
  options: { readonly dockerfile: string; readonly signal: AbortSignal }
): Promise<string> {
  const path = resolve(dirname(options.dockerfile), await dockerfileName(tree, options))
  try {
    return relative(root, await tree.resolve(path))
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return relative(root, path)
    throw unreadable(path, error, options.signal)
  }
}

/**
 * What the client sends by: it brings Dockerfile and ignore file back, since the engine needs them.
 * That makes them exceptions like any other.
 */
export function clientRules(lines: readonly string[], dockerfile: string): IgnoreRules {
  const withIgnoreFile = withException(lines, DEFAULT_NAME)
  return new IgnoreRules(withException(withIgnoreFile, dockerfile))
}

function withException(lines: readonly string[], path: string): readonly string[] {
  return new IgnoreRules(lines).ignoresByDepth(path) ? [...lines, `!${path}`] : lines
}

/** What the engine takes out again before the first COPY, if the ignore file names it. */
export function withoutBuildFiles(
  entries: readonly ContextEntry[],
  rules: IgnoreRules,
  dockerfile: string
): readonly ContextEntry[] {
  const gone = [DEFAULT_NAME, dockerfile].filter((path) => rules.ignores(path))
  return entries.filter(({ path }) => !gone.includes(path))
}

/** The client goes into an ignored folder only for an exception that begins with its whole name. */
export function entersIgnored(rules: IgnoreRules, folder: string): boolean {
  return rules.exceptions.some(({ text }) => `${text}/`.startsWith(`${folder}/`))
}
