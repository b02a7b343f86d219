import { isUtf8 } from 'node:buffer'
import { basename, resolve } from 'node:path'
import { ActionError } from '../../errors.ts'
import * as classic from './classic.ts'
import type { ContextEntry } from './entry.ts'
import { codeOf, refusedIgnoreFile, unreadable } from './failure.ts'
import { parseIgnoreLines } from './ignore/lines.ts'
import { IgnoreRules } from './ignore/rules.ts'
import {
  DEFAULT_NAME,
  findBuildkitIgnoreFile,
  findClassicIgnoreFile,
  type IgnoreFile,
} from './ignore-file.ts'
import type { Tree } from './tree.ts'
import { type Walked, walkTree } from './walk.ts'

/** One path of a build context. */
/** What `COPY . /` gets. */
export interface BuildContext {
  /** With links followed. */
  readonly root: string
  /** In the order of the bytes of their paths. */
  readonly entries: readonly ContextEntry[]
  /** The one that counted, if any. */
  readonly ignoreFile: string | undefined
  /** What else goes into the image and cannot be told by its content: then nothing can be reused. */
  readonly oddities: readonly string[]
}

/** Whose view of which folder. */
export interface ContextOptions {
  readonly root: string
  /** As given to docker: relative to the working folder. */
  readonly dockerfile: string
  /** BuildKit (buildx, or an engine that has it), or what `DOCKER_BUILDKIT=0 docker build` uses. */
  readonly builder: 'buildkit' | 'classic'
  readonly signal: AbortSignal
}

/**
 * Lists the build context as the builder would get it. Reads no file but the ignore file, and
 * enters no folder that the builder does not enter.
 *
 * @throws ActionError IMAGE_CONTEXT when something in it cannot be read, or a pattern is not valid
 */
export async function readBuildContext(tree: Tree, options: ContextOptions): Promise<BuildContext> {
  const root = await resolveRoot(tree, options)
  const isClassic = options.builder === 'classic'
  const ignoreFile = await (isClassic ? findClassicIgnoreFile : findBuildkitIgnoreFile)(
    tree,
    options
  )
  try {
    const walked = await (isClassic ? walkClassic : walkBuildkit)(tree, root, {
      ...options,
      lines: parseIgnoreLines(ignoreFile?.content ?? new Uint8Array()),
    })
    const oddities = [...ignoreFileOddities(ignoreFile, isClassic), ...walked.oddities]
    return { root, entries: walked.entries, ignoreFile: ignoreFile?.path, oddities }
  } catch (error) {
    throw refusedIgnoreFile(ignoreFile?.path ?? '', error)
  }
}

async function resolveRoot(tree: Tree, { root, signal }: ContextOptions): Promise<string> {
  try {
    const place = await tree.resolve(resolve(root))
    if ((await tree.inspect(place)).kind === 'folder') return place
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') {
      throw unreadable(root, error, signal)
    }
  }
  throw new ActionError('IMAGE_CONTEXT', `The build context ${root} is not a folder.`, {
    hint: 'Set the input `context` to the folder with your sources, and check the repository out before this step.',
  })
}

interface WalkOptions extends ContextOptions {
  readonly lines: readonly string[]
}

async function walkBuildkit(tree: Tree, root: string, options: WalkOptions): Promise<Walked> {
  const { lines, signal } = options
  refuseControls(lines)
  const rules = new IgnoreRules(lines)
  const exceptions = rules.exceptions.map(({ text }) => withoutLastGlob(text))
  // One exception with a wildcard, and BuildKit enters every folder that there is.
  const hasWildcards = exceptions.some((text) => /[*[\]?^\\]/.test(text))
  const entersIgnored = (folder: string): boolean =>
    hasWildcards || exceptions.some((text) => `${text}/`.startsWith(`${folder}/`))
  const judge: IgnoreRules['judge'] = (path, parent) => rules.judge(path, parent)
  const { entries, oddities } = await walkTree(tree, root, {
    rules: { judge, entersIgnored },
    signal,
  })
  return { entries, oddities: [...oddities, ...findEmptied(entries, rules)] }
}

/**
 * BuildKit judges twice, in two ways that can differ: a file that its list has and its reading
 * refuses arrives without its content.
 */
function findEmptied(entries: readonly ContextEntry[], rules: IgnoreRules): readonly string[] {
  const firstException = rules.patterns.findIndex(({ isException }) => isException)
  const lastIgnoring = rules.patterns.findLastIndex(({ isException }) => !isException)
  // Only a pattern that ignores again after an exception can tell them apart.
  if (firstException < 0 || lastIgnoring < firstException) return []
  return entries
    .filter(({ kind, sizeBytes, path }) => kind === 'file' && sizeBytes > 0 && rules.ignores(path))
    .map(({ path }) => `${path} ${ARRIVES_EMPTY}`)
}

const ARRIVES_EMPTY =
  'arrives empty: BuildKit takes the ignore file in two ways, since a line after an exception ignores its folder again'

// BuildKit sends the patterns as header fields, and encodes them only when one is not ASCII.
function refuseControls(lines: readonly string[]): void {
  if (lines.some((line) => /[^\0-\x7f]/.test(line))) return
  const line = lines.find((pattern) => /[\0-\x1f\x7f]/.test(pattern))
  if (line === undefined) return
  throw new SyntaxError(`the pattern ${JSON.stringify(line)} has a control character`)
}

function withoutLastGlob(text: string): string {
  return text.replace(/\/\*\*$/, '').replace(/\/\*$/, '')
}

async function walkClassic(tree: Tree, root: string, options: WalkOptions): Promise<Walked> {
  const { lines, signal } = options
  const dockerfile = await classic.relativeDockerfile(tree, root, options)
  const rules = classic.clientRules(lines, dockerfile)
  const { entries, oddities } = await walkTree(tree, root, {
    rules: {
      judge: (path, parent) => rules.judge(path, parent),
      entersIgnored: (folder) => classic.entersIgnored(rules, folder),
    },
    signal,
  })
  const left = classic.withoutBuildFiles(entries, new IgnoreRules(lines), dockerfile)
  return { entries: left, oddities }
}

function ignoreFileOddities(
  ignoreFile: IgnoreFile | undefined,
  isClassic: boolean
): readonly string[] {
  if (ignoreFile === undefined) return []
  const { path, content, isLinked } = ignoreFile
  return [
    ...(isUtf8(content) ? [] : [`${path} is not UTF-8`]),
    // BuildKit's own frontend takes it for "nothing ignored", one that is fetched for "not there".
    ...(content.length > 0 || basename(path) === DEFAULT_NAME ? [] : [`${path} is empty`]),
    // Its engine may not see where the link leads, and then leaves the Dockerfile in.
    ...(isClassic && isLinked ? [`${path} is a link`] : []),
  ]
}
