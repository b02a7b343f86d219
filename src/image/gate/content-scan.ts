import { DETECTORS, INNER_DETECTORS, rankOf, titleOf } from './rules/catalog.ts'
import type { Match } from './rules/detector.ts'
import { allowanceAt } from './scan/allow-comment.ts'
import { DetectorSet, type ScanState } from './scan/block-scan.ts'
import { carrierOf } from './scan/carrier.ts'
import { LineCount } from './scan/line-count.ts'
import { encodingOf, UnicodeStream } from './scan/unicode.ts'
import { AHEAD_BYTES, BEHIND_BYTES, type Window } from './scan/window.ts'

/** What may not ship: where it stands and what it is, never what it says. */
export interface SecretFinding {
  /** Of the rule, such as `google-service-account-key`. */
  readonly rule: string
  readonly title: string
  /** 1-based; 0 where the name of the file is what counts. */
  readonly line: number
}

interface PlacedMatch extends Match {
  readonly line: number
  readonly isReasonMissing: boolean
}

/** A file with more secrets than this is refused anyway. */
const MOST_MATCHES = 1_000
/** Larger blocks cost memory for each file that is open, smaller ones scan their edges too often. */
const BLOCK_BYTES = 512 * 1024
const CARRIED_BYTES = BEHIND_BYTES + AHEAD_BYTES

let detectors: DetectorSet | undefined

// Built at the first file: a run without an image to build needs none of it.
function allDetectors(): DetectorSet {
  detectors ??= new DetectorSet(DETECTORS, new DetectorSet(INNER_DETECTORS))
  return detectors
}

/** The findings of one file that is in memory. */
export function scanContent(path: string, bytes: Uint8Array): readonly SecretFinding[] {
  const scan = new ContentScan(path)
  return scan.scanWhole(bytes)
}

/**
 * The findings of one file that arrives in pieces of any size. What is found does not depend on how it
 * was cut; memory stays below a megabyte and a half however long the file is.
 */
export class ContentScan {
  readonly #state: ScanState
  readonly #unicode = new UnicodeStream()
  readonly #lines = new LineCount()
  readonly #matches: PlacedMatch[] = []
  #pieces: Buffer[] = []
  #piecesBytes = 0
  /** Of the first piece in the file. */
  #offset = 0
  /** Where in the pieces the next anchor is looked for. */
  #from = 0

  constructor(path: string) {
    this.#state = allDetectors().newState(carrierOf(path))
  }

  /** The chunk may be used again by its owner as soon as this returns. */
  write(chunk: Uint8Array): void {
    for (let start = 0; start < chunk.length; start += BLOCK_BYTES) {
      this.#add(this.#unicode.write(chunk.subarray(start, start + BLOCK_BYTES)))
    }
  }

  end(): readonly SecretFinding[] {
    this.#add(this.#unicode.end())
    const bytes = this.#join()
    this.#scan(bytes, bytes.length)
    return this.#findings()
  }

  /** For a file in memory: nothing is copied. */
  scanWhole(bytes: Uint8Array): readonly SecretFinding[] {
    if (encodingOf(bytes) !== undefined) {
      this.write(bytes)
      return this.end()
    }
    this.#scan(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes.byteLength)
    return this.#findings()
  }

  #add(piece: Buffer): void {
    if (piece.length === 0) return
    this.#pieces.push(Buffer.from(piece))
    this.#piecesBytes += piece.length
    if (this.#piecesBytes < BLOCK_BYTES + CARRIED_BYTES) return
    const bytes = this.#join()
    const to = bytes.length - AHEAD_BYTES
    this.#scan(bytes, to)
    this.#carry(bytes, to)
  }

  #join(): Buffer {
    const [first] = this.#pieces
    return first !== undefined && this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces)
  }

  /** Keeps what the anchors that are still to come may look back at. */
  #carry(bytes: Buffer, to: number): void {
    const gone = to - BEHIND_BYTES
    this.#lines.drop(bytes, gone)
    this.#pieces = [Buffer.from(bytes.subarray(gone))]
    this.#piecesBytes = bytes.length - gone
    this.#offset += gone
    this.#from = BEHIND_BYTES
  }

  #scan(bytes: Buffer, to: number): void {
    const block = { bytes, offset: this.#offset, from: this.#from, to }
    allDetectors().scan(block, this.#state, (match, window) => {
      this.#place(match, window)
    })
  }

  #place({ rule, start, end, at = start }: Match, window: Window): void {
    if (this.#matches.length >= MOST_MATCHES) return
    const allowance = allowanceAt(window, at)
    if (allowance === 'allowed') return
    this.#matches.push({
      rule,
      start: start + this.#offset,
      end: end + this.#offset,
      line: this.#lines.lineAt(window.bytes, at),
      isReasonMissing: allowance === 'without reason',
    })
  }

  #findings(): readonly SecretFinding[] {
    const found = new Map<string, SecretFinding>()
    for (const { rule, line, isReasonMissing } of speakersOf(this.#matches)) {
      const note = isReasonMissing ? ' (the comment "secret-scan:allow" gives no reason)' : ''
      found.set(`${line} ${rule}`, { rule, title: `${titleOf(rule)}${note}`, line })
    }
    return [...found.values()]
  }
}

/** Of the matches that overlap, the one whose rule is surest; in order of place. */
function speakersOf(matches: readonly PlacedMatch[]): readonly PlacedMatch[] {
  const speakers: PlacedMatch[] = []
  const bySureness = [...matches].sort(
    (a, b) => rankOf(a.rule) - rankOf(b.rule) || a.start - b.start || b.end - a.end
  )
  for (const match of bySureness) {
    const isCovered = speakers.some(({ start, end }) => match.start < end && start < match.end)
    if (!isCovered) speakers.push(match)
  }
  return speakers.sort((a, b) => a.start - b.start)
}
