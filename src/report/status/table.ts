/** Rows of one table; the first cell of each says what the row is about. */
export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Columns aligned by blanks, for a log in one width of letters; a column with nothing in it is left out. */
export function alignText({ head, rows }: Table): readonly string[] {
  const shown = head.map((_, column) => rows.some((row) => (row[column] ?? '') !== ''))
  const all = [head, ...rows].map((row) => row.filter((_, column) => shown[column]))
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length))
  )
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  )
}

/** The same for Markdown; cells must be safe there already, but for bars, which would end them. */
export function renderMarkdown({ head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(withoutBars).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

// A backslash before a bar would escape ours, and bring what follows out of its code to life.
function withoutBars(cell: string): string {
  return cell.replace(/(\\*)\|/g, (_, slashes: string) => `${slashes}${slashes}\\|`)
}
