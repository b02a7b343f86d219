interface Input {
  readonly description: string
  readonly required?: boolean
  readonly default?: string
}

export interface ActionManifest {
  readonly inputs: Readonly<Record<string, Input>>
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
}

/** The tables of a README by the name that stands in their markers. */
export function renderTables(action: ActionManifest): ReadonlyMap<string, string> {
  const inputs = Object.entries(action.inputs).map(([name, input]) => [
    `\`${name}\``,
    input.required ? '**required**' : input.default ? `\`${input.default}\`` : '',
    input.description,
  ])
  const outputs = Object.entries(action.outputs).map(([name, { description }]) => [
    `\`${name}\``,
    description,
  ])
  return new Map([
    ['inputs', renderTable(['input', 'default', 'description'], inputs)],
    ['outputs', renderTable(['output', 'description'], outputs)],
  ])
}

/** Puts each table between `<!-- NAME -->` and `<!-- /NAME -->`. @throws Error when a marker is missing */
export function withTables(text: string, tables: ReadonlyMap<string, string>): string {
  let result = text
  for (const [name, table] of tables) {
    const [from, to] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const start = result.indexOf(from)
    const end = result.indexOf(to)
    if (start < 0 || end < start) throw new Error(`README.md has no ${from} … ${to}`)
    result = `${result.slice(0, start + from.length)}\n\n${table}\n${result.slice(end)}`
  }
  return result
}

function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\s+/g, ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n').concat('\n')
}
