import { randomFillSync } from 'node:crypto'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localTree } from '../../src/adapters/disk/tree.ts'
import { readBuildContext } from '../../src/image/context/build-context.ts'
import { digestContext } from '../../src/image/context/digest.ts'
import type { ContextFigures } from '../context.ts'

const FILES_PER_FOLDER = 25
const ROUNDS = 9
const BYTES_PER_MB = 1024 * 1024
/** Such as a careful project has; its exceptions make the builder look everywhere. */
const IGNORE_FILE = `.git
**/node_modules
**/*.pyc
**/.env*
!**/.env.example
docs/**
!docs/README.md
`

const [files = 0, bytesPerFile = 0] = process.argv.slice(2).map(Number)
const root = mkdtempSync(join(tmpdir(), 'context-'))
try {
  layDown()
  process.stdout.write(JSON.stringify(await measure()))
} finally {
  rmSync(root, { recursive: true })
}

function layDown(): void {
  const content = Buffer.alloc(Math.min(bytesPerFile, BYTES_PER_MB))
  writeFileSync(join(root, '.dockerignore'), IGNORE_FILE)
  for (let index = 0; index < files; index += 1) {
    const folder = Math.floor(index / FILES_PER_FOLDER)
    const path = join(root, `part-${folder % 20}`, `module-${folder}`)
    mkdirSync(path, { recursive: true })
    for (let written = 0; written < bytesPerFile; written += content.length) {
      randomFillSync(content)
      appendFileSync(join(path, `file-${index}.ts`), content)
    }
  }
}

async function measure(): Promise<ContextFigures> {
  const bareRssMb = process.memoryUsage().rss / BYTES_PER_MB
  const rounds: { readonly listMs: number; readonly digestMs: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureOnce())
  const [first = { listMs: 0, digestMs: 0 }, ...later] = rounds
  return {
    files,
    megabytes: (files * bytesPerFile) / BYTES_PER_MB,
    listMs: median(later.map(({ listMs }) => listMs)),
    digestMs: median(later.map(({ digestMs }) => digestMs)),
    firstMs: first.listMs + first.digestMs,
    bareRssMb,
    // In kilobytes, whatever the platform.
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  }
}

async function measureOnce(): Promise<{ readonly listMs: number; readonly digestMs: number }> {
  const { signal } = new AbortController()
  const start = performance.now()
  const options = { root, dockerfile: join(root, 'Dockerfile'), builder: 'buildkit' as const }
  const context = await readBuildContext(localTree, { ...options, signal })
  const listed = performance.now()
  await digestContext(localTree, context, signal)
  return { listMs: listed - start, digestMs: performance.now() - listed }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
