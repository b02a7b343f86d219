import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export interface ContextFigures {
  readonly files: number
  readonly megabytes: number
  /** Medians; the process has done it once before. */
  readonly listMs: number
  readonly digestMs: number
  /** Of list and digest together, the first time in a fresh process. */
  readonly firstMs: number
  readonly bareRssMb: number
  readonly peakRssMb: number
}

/** Many small files, and one large one. */
const SHAPES = [
  { files: 1_000, bytesPerFile: 3_500 },
  { files: 10_000, bytesPerFile: 3_500 },
  { files: 1, bytesPerFile: 512 * 1024 * 1024 },
]

/** What it costs to list and digest a build context, in a process of its own for each shape. */
export function measureContext(repository: string): readonly ContextFigures[] {
  const script = join(repository, 'bench', 'context', 'measure.ts')
  return SHAPES.map(({ files, bytesPerFile }) =>
    JSON.parse(
      execFileSync(process.execPath, [script, String(files), String(bytesPerFile)], {
        encoding: 'utf8',
      })
    )
  )
}
