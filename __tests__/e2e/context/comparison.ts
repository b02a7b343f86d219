import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { localTree } from '../../../src/adapters/disk/tree.ts'
import { readBuildContext } from '../../../src/image/context/build-context.ts'
import type { ContextEntry } from '../../../src/image/context/entry.ts'
import type { ContextCase } from './cases.ts'
import {
  type Listing,
  type Received,
  receivedByBuildkit,
  receivedByClassic,
  renderPath,
} from './received.ts'

export type Builder = 'buildkit' | 'classic'

export interface Difference {
  readonly contextCase: ContextCase
  readonly ours: Received
  readonly theirs: Received
}

/** Lays the case down, lists it, has the real builder build it; undefined when both agree. */
export async function compare(
  contextCase: ContextCase,
  builder: Builder,
  environment: NodeJS.ProcessEnv
): Promise<Difference | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'context-case-'))
  try {
    await layDown(contextCase, contextOf(folder))
    const ours = await listOurs(contextCase, builder, folder)
    const receive = builder === 'buildkit' ? receivedByBuildkit : receivedByClassic
    const { dockerfile } = contextCase
    const theirs = await receive({ folder, context: contextOf(folder), dockerfile, environment })
    return agree(ours, theirs, { dockerfile, builder }) ? undefined : { contextCase, ours, theirs }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** BuildKit keeps what it got under the name of the folder: each has one of its own. */
function contextOf(folder: string): string {
  return join(folder, basename(folder))
}

async function layDown({ items }: ContextCase, context: string): Promise<void> {
  await mkdir(context)
  for (const { path, kind, content, isExecutable } of items) {
    const place = join(context, path)
    await mkdir(dirname(place), { recursive: true })
    if (kind === 'folder') await mkdir(place, { recursive: true })
    else if (kind === 'link') await symlink(content, place)
    else await writeFile(place, content)
    if (kind === 'file') await chmod(place, isExecutable ? 0o755 : 0o644)
  }
}

async function listOurs(
  { dockerfile }: ContextCase,
  builder: Builder,
  folder: string
): Promise<Received> {
  const root = contextOf(folder)
  const options = {
    root,
    dockerfile: join(root, dockerfile),
    builder,
    signal: AbortSignal.timeout(60_000),
  }
  try {
    const { entries, oddities } = await readBuildContext(localTree, options)
    const arrived = entries.map((entry) => ({
      ...entry,
      sizeBytes: arrivingBytes(entry, { oddities, builder, dockerfile }),
    }))
    return { listing: arrived.map(renderPath).sort() }
  } catch (error) {
    return { refusal: String(error) }
  }
}

// What the classic client adds to the ignore file: the random name under which it sends the
// Dockerfile.
const ADDED_BYTES = '\n.dockerfile.01234567890123456789\n'.length

/** Two builders change contents on their way; both are known. */
function arrivingBytes(
  { path, sizeBytes }: ContextEntry,
  build: {
    readonly oddities: readonly string[]
    readonly builder: Builder
    readonly dockerfile: string
  }
): number {
  if (build.oddities.some((oddity) => oddity.startsWith(`${path} arrives empty`))) return 0
  const isRewritten = build.builder === 'classic' && build.dockerfile.startsWith('../')
  return sizeBytes + (isRewritten && path === '.dockerignore' ? ADDED_BYTES : 0)
}

function agree(
  ours: Received,
  theirs: Received,
  { dockerfile, builder }: { readonly dockerfile: string; readonly builder: Builder }
): boolean {
  if ('listing' in ours && 'listing' in theirs) {
    return ours.listing.join('\n') === theirs.listing.join('\n')
  }
  if (builder === 'buildkit') return 'refusal' in ours && 'refusal' in theirs
  if ('listing' in ours) {
    // The client did not send it, and only the engine noticed.
    const isLost = !ours.listing.some((line) => line.startsWith(`${JSON.stringify(dockerfile)} `))
    return isLost && refusalOf(theirs).includes('Cannot locate specified Dockerfile')
  }
  // The classic client says nothing of some mistakes, and sends what it had come to before.
  return 'refusal' in theirs || /the pattern ".*" cannot be understood/.test(ours.refusal)
}

function refusalOf(received: Received): string {
  return 'refusal' in received ? received.refusal : ''
}

/** What a person needs to see of a difference. */
export function renderDifference({ contextCase, ours, theirs }: Difference): string {
  const files = contextCase.items.map(({ path, kind, content }) =>
    /ignore(s)?$/.test(path) || kind === 'link'
      ? `${JSON.stringify(path)} = ${JSON.stringify(content)}`
      : JSON.stringify(path)
  )
  const only = (these: Received, those: Received): Listing =>
    'refusal' in these
      ? [these.refusal]
      : these.listing.filter((line) => !('listing' in those) || !those.listing.includes(line))
  return [
    `Dockerfile: ${contextCase.dockerfile}; laid down:`,
    ...files.map((line) => `    ${line}`),
    '  only in ours:',
    ...only(ours, theirs).map((line) => `    ${line}`),
    '  only in theirs:',
    ...only(theirs, ours).map((line) => `    ${line}`),
  ].join('\n')
}
