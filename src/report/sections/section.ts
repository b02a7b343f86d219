import type { Group, Piece } from '../budget.ts'
import { codeSpan, grouped } from '../markdown.ts'

/** One thing that is told, for every paper and for the log. */
export interface SectionPiece extends Piece {
  /** All of it, as plain lines. */
  renderLog(): string
}

/** A group with what a page needs to know of it. */
export interface Section extends Group {
  readonly pieces: readonly SectionPiece[]
  /** How many things it tells of, where that is not the number of pieces. */
  readonly count?: number
  /** A sentence under the title. */
  readonly note?: string
  /** Folded as a whole: of little interest. */
  readonly isFolded?: boolean
}

export function bullet(code: string, tail = ''): SectionPiece {
  return { renderLog: () => `${code}${tail}`, render: () => `- ${codeSpan(code)}${tail}\n` }
}

/** `Create (3)`. */
export function titleOf({ title, pieces, count }: Section): string {
  return `${title} (${grouped(count ?? pieces.length)})`
}

/** What stands in place of what was left out. */
export function renderLeftOut(count: number): string {
  return count === 0 ? '' : `- … and ${grouped(count)} more\n`
}
