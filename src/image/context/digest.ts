import { createHash, type Hash } from 'node:crypto'
import type { BuildContext } from './build-context.ts'
import type { ContextEntry } from './entry.ts'
import { unreadable } from './failure.ts'
import { runBounded } from './pool.ts'
import type { Tree } from './tree.ts'

const AT_ONCE = 32
const LETTERS = { file: 'f', folder: 'd', link: 'l' } as const
/** Changes with the encoding, so that an address of an older version is never taken for a new one. */
const ENCODING = 'deploy-spot-mig context 1'

/**
 * SHA-256, in hexadecimal, over paths, kinds, executable bits, link targets and contents. The same
 * for the same content in whatever order it is stored, whenever and wherever it was checked out.
 *
 * @throws ActionError IMAGE_CONTEXT when a file changes or vanishes meanwhile
 */
export async function digestContext(
  tree: Tree,
  context: BuildContext,
  signal: AbortSignal
): Promise<string> {
  const { root, entries } = context
  const contents: (Uint8Array | undefined)[] = []
  await runBounded(entries, { atOnce: AT_ONCE, signal }, async (entry, index) => {
    if (entry.kind !== 'file') return
    const path = `${root}/${entry.path}`
    try {
      contents[index] = await digestFile(tree, { path, sizeBytes: entry.sizeBytes, signal })
    } catch (error) {
      throw unreadable(path, error, signal)
    }
  })
  const whole = createHash('sha256')
  addText(whole, ENCODING)
  for (const [index, entry] of entries.entries()) addEntry(whole, entry, contents[index])
  return whole.digest('hex')
}

async function digestFile(
  tree: Tree,
  file: { readonly path: string; readonly sizeBytes: number; readonly signal: AbortSignal }
): Promise<Uint8Array> {
  const content = createHash('sha256')
  for await (const chunk of tree.read(file.path, file.sizeBytes, file.signal)) content.update(chunk)
  return content.digest()
}

// Every part has a fixed length or its length in front: no name can be read as something else.
function addEntry(whole: Hash, entry: ContextEntry, content: Uint8Array | undefined): void {
  whole.update(`${LETTERS[entry.kind]}${entry.isExecutable ? 'x' : '-'}`)
  addText(whole, entry.path)
  if (entry.target !== undefined) addText(whole, entry.target)
  if (content !== undefined) whole.update(content)
}

function addText(whole: Hash, text: string): void {
  const bytes = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  whole.update(length).update(bytes)
}
