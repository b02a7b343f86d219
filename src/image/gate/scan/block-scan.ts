import type { Detector, Match } from '../rules/detector.ts'
import { LiteralSearch } from './literals.ts'
import { AHEAD_BYTES, BEHIND_BYTES, type Carrier, type Window } from './window.ts'

/** Where in the file the bytes stand, and which of them are new. */
export interface Block {
  readonly bytes: Buffer
  /** Of the first byte in the file. */
  readonly offset: number
  /** Anchors that begin in [from, to) are looked at. */
  readonly from: number
  readonly to: number
}

/** What a scan keeps from block to block. */
export interface ScanState {
  readonly carrier: Carrier
  /** Told by the file's first bytes; undefined until they are there. */
  isBinary?: boolean
  /** Where each detector looks again, as a place in the file. */
  readonly rests: number[]
  /** How many encodings lie around these bytes. */
  readonly depth: number
}

/** As git and grep tell a text from anything else. */
const HEAD_BYTES = 8_000

/** A file in base64, and that in base64 again. */
const DEEPEST = 2

/** A set of detectors with the one search for all of their anchors. */
export class DetectorSet {
  readonly #search: LiteralSearch
  readonly #detectors: readonly Detector[]
  /** The detector of each literal. */
  readonly #owners: readonly number[]
  readonly #inner: DetectorSet

  /** `inner` looks at what encoded texts hold; without it, the set itself does. */
  constructor(detectors: readonly Detector[], inner?: DetectorSet) {
    this.#detectors = detectors
    this.#search = new LiteralSearch(detectors.flatMap(({ anchors }) => anchors))
    this.#owners = detectors.flatMap(({ anchors }, index) => anchors.map(() => index))
    this.#inner = inner ?? this
  }

  newState(carrier: Carrier, depth = 0): ScanState {
    return { carrier, rests: this.#detectors.map(() => 0), depth }
  }

  /** Reports in order of the anchors; the places of a match count from the start of `bytes`. */
  scan(block: Block, state: ScanState, report: (match: Match, window: Window) => void): void {
    const { bytes, offset } = block
    const { rests, depth, carrier } = state
    state.isBinary ??= bytes.subarray(0, HEAD_BYTES).includes(0)
    const { isBinary } = state
    const scanInner = (inner: Buffer): string | undefined => this.#scanInner(inner, depth + 1)
    this.#search.each(bytes, block, (literal, at) => {
      const owner = this.#owners[literal] ?? 0
      if (at + offset < (rests[owner] ?? 0)) return
      const from = Math.max(0, at - BEHIND_BYTES)
      const to = Math.min(bytes.length, at + AHEAD_BYTES)
      const window: Window = { bytes, at, from, to, carrier, isBinary, scanInner }
      const found = this.#detectors[owner]?.find(window)
      if (found === undefined) return
      rests[owner] = offset + ('restUntil' in found ? found.restUntil : found.end)
      if (!('restUntil' in found)) report(found, window)
    })
  }

  /** The rule that speaks first about what was encoded. */
  #scanInner(bytes: Buffer, depth: number): string | undefined {
    if (depth > DEEPEST) return undefined
    let first: string | undefined
    const block = { bytes, offset: 0, from: 0, to: bytes.length }
    const inner = this.#inner
    inner.scan(block, inner.newState('code', depth), ({ rule }) => {
      first ??= rule
    })
    return first
  }
}
