import type { ContextEntry } from './entry.ts'
import { codeOf, unreadable } from './failure.ts'
import type { Verdict } from './ignore/rules.ts'
import { runBounded } from './pool.ts'
import { FileChangedError, type Tree, type TreeKind, type TreeNode } from './tree.ts'

/** How a builder decides what to list, and where to look. */
export interface WalkRules {
  judge(path: string, parent: Verdict | undefined): Verdict
  /** Whether the builder looks into a folder that is ignored: something in it may be brought back. */
  entersIgnored(folder: string): boolean
}

/** What a walk found; see BuildContext. */
export interface Walked {
  readonly entries: readonly ContextEntry[]
  readonly oddities: readonly string[]
}

interface Folder {
  /** Empty for the top. */
  readonly path: string
  readonly verdict: Verdict | undefined
}

interface Findings {
  /** Those that are in the context: not ignored, or with something that is not. */
  readonly folders: Set<string>
  readonly others: { readonly path: string; readonly kind: TreeKind }[]
  readonly oddities: string[]
}

const AT_ONCE = 32

/** Everything below `root` that the rules leave, and nothing of what they shut off is looked at. */
export async function walkTree(
  tree: Tree,
  root: string,
  { rules, signal }: { readonly rules: WalkRules; readonly signal: AbortSignal }
): Promise<Walked> {
  const findings: Findings = { folders: new Set(), others: [], oddities: [] }
  let level: readonly Folder[] = [{ path: '', verdict: undefined }]
  while (level.length > 0) {
    const below: Folder[] = []
    await runBounded(level, { atOnce: AT_ONCE, signal }, async (folder) => {
      const nodes = await listFolder(tree, root, { folder, signal })
      for (const node of nodes) {
        const inside = judgeNode({ node, folder, rules, findings })
        if (inside) below.push(inside)
      }
    })
    level = below
  }
  const entries = await describe(tree, root, { findings, signal })
  return { entries, oddities: findings.oddities.sort() }
}

async function listFolder(
  tree: Tree,
  root: string,
  { folder, signal }: { readonly folder: Folder; readonly signal: AbortSignal }
): Promise<readonly TreeNode[]> {
  const path = folder.path === '' ? root : `${root}/${folder.path}`
  try {
    return await tree.list(path)
  } catch (error) {
    // Docker forgives this too: what cannot be seen cannot be brought back.
    if (folder.verdict?.isIgnored === true && codeOf(error) === 'EACCES') return []
    throw unreadable(path, error, signal)
  }
}

interface Judging {
  readonly node: TreeNode
  readonly folder: Folder
  readonly rules: WalkRules
  readonly findings: Findings
}

/** Notes what is found; a folder that has to be looked into is returned. */
function judgeNode({ node, folder, rules, findings }: Judging): Folder | undefined {
  const { name, kind, isUtf8 } = node
  const path = folder.path === '' ? name : `${folder.path}/${name}`
  const verdict = rules.judge(path, folder.verdict)
  if (!verdict.isIgnored) {
    addFolders(findings.folders, folder.path)
    const oddity = isUtf8 ? ODD_KINDS[kind] : 'has a name that is not UTF-8'
    if (oddity !== undefined) findings.oddities.push(`${path} ${oddity}`)
    else if (kind === 'folder') findings.folders.add(path)
    else findings.others.push({ path, kind })
  }
  if (kind !== 'folder' || !isUtf8) return undefined
  return verdict.isIgnored && !rules.entersIgnored(path) ? undefined : { path, verdict }
}

const ODD_KINDS: Readonly<Partial<Record<TreeKind, string>>> = {
  socket: 'is a socket',
  pipe: 'is a named pipe',
  device: 'is a device',
}

function addFolders(folders: Set<string>, path: string): void {
  for (
    let at = path;
    at !== '' && !folders.has(at);
    at = at.slice(0, Math.max(0, at.lastIndexOf('/')))
  ) {
    folders.add(at)
  }
}

async function describe(
  tree: Tree,
  root: string,
  { findings, signal }: { readonly findings: Findings; readonly signal: AbortSignal }
): Promise<readonly ContextEntry[]> {
  const entries = [...findings.folders].map(
    (path): ContextEntry => ({ path, kind: 'folder', isExecutable: false, sizeBytes: 0 })
  )
  await runBounded(findings.others, { atOnce: AT_ONCE, signal }, async ({ path, kind }) => {
    const place = `${root}/${path}`
    try {
      const { sizeBytes, isExecutable, hasSpecialBits, target, ...facts } =
        await tree.inspect(place)
      if (facts.kind !== kind) throw new FileChangedError(`${path} was a ${kind}`)
      // What is left of bytes that cannot be told apart any more.
      if (target?.includes('\uFFFD')) findings.oddities.push(`${path} leads to what is not UTF-8`)
      if (hasSpecialBits) findings.oddities.push(`${path} has a set-id or sticky bit`)
      entries.push(
        target === undefined
          ? { path, kind: 'file', isExecutable, sizeBytes }
          : { path, kind: 'link', isExecutable, sizeBytes, target }
      )
    } catch (error) {
      throw unreadable(place, error, signal)
    }
  })
  return entries.sort((a, b) => compareBytes(a.path, b.path))
}

/** The order of the paths' UTF-8 bytes, which differs from JavaScript's beyond U+FFFF only. */
function compareBytes(a: string, b: string): number {
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : a > b ? 1 : 0
}

const SURROGATE = /[\ud800-\udfff]/
