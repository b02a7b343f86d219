/** A remark is wrapped to what a phone shows of a line. */
const REMARK_LINE = /\S.{0,34}(?=\s|$)|\S+/g

/** How GitHub colours a line of a diff: removed, added, changed, remark, or none. */
export type Mark = '-' | '+' | '!' | '#' | ' '

/** Lines of a diff, and which of them only show what stays as it is. */
export interface Body {
  readonly lines: readonly string[]
  readonly context: ReadonlySet<number>
}

/**
 * Collects the lines of a diff. The sign stands in the first column and a blank in the second, so
 * that no text of a value ever begins a line: it can neither change its colour nor close the fence.
 */
export class BodyWriter implements Body {
  readonly lines: string[] = []
  readonly context = new Set<number>()
  #indent = '  '

  add(mark: Mark, text: string): void {
    this.lines.push(`${mark} ${this.#indent}${text}`)
  }

  /** A line that may be left out where there is little room. */
  addContext(text: string): void {
    this.context.add(this.lines.length)
    this.add(' ', text)
  }

  /** What is not a change itself, on as many lines as it needs; goes with the context. */
  addRemark(words: string): void {
    for (const line of words.match(REMARK_LINE) ?? []) {
      this.context.add(this.lines.length)
      this.add('#', line)
    }
  }

  /** Tells of what is not shown. */
  addHidden(count: number, noun: string): void {
    if (count === 0) return
    this.context.add(this.lines.length)
    this.add(' ', `# (${count} unchanged ${noun}${count === 1 ? '' : 's'} hidden)`)
  }

  nest(write: () => void): void {
    const outer = this.#indent
    this.#indent = `${outer}  `
    write()
    this.#indent = outer
  }
}
