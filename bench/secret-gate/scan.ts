import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import { ContentScan, scanContent } from '../../src/image/gate/content-scan.ts'

/** `node scan.ts MODE REPOSITORY`: scans in one process and prints the figures as JSON. */
const [, , mode = '', repository = ''] = process.argv
const TEXT_BYTES = 1_000_000
/** The library needs two seconds for so much. */
const MOST_TEXT_BYTES = 60_000_000
const STREAM_BYTES = 2_000_000_000

const totals = { files: 0, bytes: 0, findings: 0, microseconds: 0 }

if (mode === 'gate-stream') await measured(STREAM_BYTES, async () => scanStream())
else for (const path of pathsUnder(treesOf(repository))) await scanFile(path)

const { files, bytes, findings, microseconds } = totals
process.stdout.write(
  JSON.stringify({
    files,
    megabytes: bytes / 1e6,
    megabytesPerSecond: bytes / microseconds,
    findings,
    peakRssMb: process.resourceUsage().maxRSS / 1_024,
  })
)

async function scanFile(path: string): Promise<void> {
  const isOfTexts = mode.endsWith('-texts')
  if (isOfTexts && statSync(path).size > TEXT_BYTES) return
  const content = readFileSync(path)
  if (isOfTexts && !isText(content)) return
  if (isOfTexts && totals.bytes + content.length > MOST_TEXT_BYTES) return
  const scan =
    mode === 'secretlint-texts'
      ? (): Promise<number> => lint(path, content.toString())
      : async (): Promise<number> => scanContent(path, content).length
  await measured(content.length, scan)
}

async function measured(length: number, scan: () => Promise<number>): Promise<void> {
  const before = process.cpuUsage()
  totals.findings += await scan()
  const { user, system } = process.cpuUsage(before)
  totals.microseconds += user + system
  totals.bytes += length
  totals.files += 1
}

async function lint(filePath: string, content: string): Promise<number> {
  const rule = { id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }
  const { messages } = await lintSource({
    source: { content, filePath, contentType: 'text' },
    options: { config: { rules: [rule] }, noPhysicFilePath: true },
  })
  return messages.length
}

function scanStream(): number {
  const scan = new ContentScan('layer.tar')
  const chunk = readFileSync(join(repository, 'package-lock.json')).subarray(0, 65_536)
  for (let sent = 0; sent < STREAM_BYTES; sent += chunk.length) scan.write(chunk)
  return scan.end().length
}

function treesOf(root: string): readonly string[] {
  const pythons = readdirSync('/usr/lib').filter((name) => name.startsWith('python3'))
  return [
    ...['src', 'emulator', 'node_modules'].map((name) => join(root, name)),
    ...pythons.map((name) => join('/usr/lib', name)),
  ]
}

function pathsUnder(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  )
}

function isText(content: Buffer): boolean {
  return !content.subarray(0, 8_000).includes(0)
}
