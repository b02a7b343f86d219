import { createHash } from 'node:crypto'
import { TarError } from '../../tar/header.ts'
import { type TarContent, type TarEntry, TarReader } from '../../tar/reader.ts'
import type { SecretFinding } from '../content-scan.ts'
import type { Allowances, ContentScanner, GatedFinding, Scanner } from '../findings.ts'

/** Names that say what an earlier layer loses; such a file is empty. */
const WHITEOUT = /(?:^|\/)\.wh\.[^/]*$/
/** A layer that holds more is refused anyway, and a list of millions would take the memory. */
const MAX_FINDINGS = 1_000

export interface LayerRules {
  readonly scanner: Scanner
  readonly allowList: Allowances
}

/** Looks through the files of one layer while its archive comes, uncompressed. */
export class LayerScan implements TarContent {
  readonly findings: GatedFinding[] = []
  readonly #rules: LayerRules
  readonly #reader = new TarReader((entry) => this.#begin(entry))
  readonly #hash: ReturnType<typeof createHash> | undefined
  #digest: string | undefined
  #problem: string | undefined

  /** With `hasDigest` the digest of the whole archive is reckoned, too. */
  constructor(rules: LayerRules, { hasDigest }: { readonly hasDigest: boolean }) {
    this.#rules = rules
    this.#hash = hasDigest ? createHash('sha256') : undefined
  }

  write(bytes: Buffer): void {
    this.#hash?.update(bytes)
    if (this.#problem === undefined) this.#watch(() => this.#reader.write(bytes))
  }

  end(): void {
    if (this.#problem === undefined) this.#watch(() => this.#reader.end())
    this.#digest = this.#hash && `sha256:${this.#hash.digest('hex')}`
  }

  /** For what could not even be unpacked. */
  fail(problem: string): void {
    this.#problem ??= problem
  }

  /** Why the archive could not be looked through, in words that complete "the layer …". */
  get problem(): string | undefined {
    return this.#problem
  }

  /** Of the whole archive; undefined before its end, or where it was not asked for. */
  get digest(): string | undefined {
    return this.#digest
  }

  // A broken layer is of no consequence where it turns out to be the base's.
  #watch(read: () => void): void {
    try {
      read()
    } catch (error) {
      if (!(error instanceof TarError)) throw error
      this.#problem = error.message
    }
  }

  #begin({ path: written, kind, sizeBytes }: TarEntry): TarContent | undefined {
    const path = written.replace(/^(?:\.?\/)+/, '')
    const isWhiteout = sizeBytes === 0 && WHITEOUT.test(path)
    // A hard link is another name of a file whose content stands elsewhere in the same layer.
    const isFile = kind === 'file' || kind === 'hard link'
    if (!isFile || isWhiteout || this.findings.length >= MAX_FINDINGS) return undefined
    const name = this.#rules.scanner.judgeName(path)
    if (name) this.#add(path, [name])
    if (sizeBytes === 0) return undefined
    return this.#scanContent(path, sizeBytes)
  }

  #scanContent(path: string, sizeBytes: number): TarContent {
    const { scanner } = this.#rules
    let scan: ContentScanner | undefined
    return {
      write: (bytes) => {
        // Most files come in one piece, which then need not be kept.
        if (bytes.length === sizeBytes) this.#add(path, scanner.scan(path, bytes))
        else {
          scan ??= scanner.start(path)
          scan.write(bytes)
        }
      },
      end: () => this.#add(path, scan?.end() ?? []),
    }
  }

  #add(path: string, found: readonly SecretFinding[]): void {
    for (const finding of found) {
      if (!this.#rules.allowList.allows(path, finding)) this.findings.push({ ...finding, path })
    }
  }
}
