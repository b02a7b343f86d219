/** What GitHub would make of a comment's Markdown, as far as it can go wrong; written apart from the code. */
export interface Structure {
  /** What is wrong; empty when nothing is. */
  readonly faults: readonly string[]
  /** The text outside of fences and code, where mentions and references come to life. */
  readonly prose: string
  readonly fences: readonly string[]
}

export function readStructure(markdown: string): Structure {
  const faults: string[] = []
  const outside: string[] = []
  const fences: string[] = []
  let open: { readonly bar: string; readonly lines: string[] } | undefined
  // What ends a line for CommonMark: a lone carriage return does, too.
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    if (open) {
      const [, bar] = /^ {0,3}(`{3,}|~{3,}) *$/.exec(line) ?? []
      if (bar?.startsWith(open.bar)) {
        if (open.lines.some((inner) => runIn(inner, open?.bar[0] ?? '') >= (open?.bar.length ?? 0)))
          faults.push('a run inside of a fence is as long as the fence')
        fences.push(open.lines.join('\n'))
        open = undefined
      } else open.lines.push(line)
      continue
    }
    const [, bar, language] = /^(`{3,}|~{3,})([a-z]*)$/.exec(line) ?? []
    if (bar === undefined) outside.push(line)
    else {
      if (language !== 'diff' && language !== 'text') faults.push(`fence of language "${language}"`)
      open = { bar, lines: [] }
    }
  }
  if (open) faults.push('a fence is not closed')
  const text = outside.join('\n').replace(/^<!--.*-->$/m, '')
  faults.push(...faultsOfTags(text.replace(/<code>.*?<\/code>/g, '')))
  const prose = text
    .replace(/<code>[^<>]*<\/code>/g, '')
    .replace(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g, '')
  return { faults, prose, fences }
}

function faultsOfTags(text: string): readonly string[] {
  const faults: string[] = []
  const open: string[] = []
  for (const [, slash, name = ''] of text
    .replace(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g, '')
    .matchAll(/<(\/?)([a-z]+)(?: open)?>/g)) {
    if (!['details', 'summary', 'sub'].includes(name)) faults.push(`<${name}>`)
    if (slash === '') open.push(name)
    else if (open.pop() !== name) faults.push(`</${name}> closes nothing`)
  }
  if (open.length > 0) faults.push(`${open.join(', ')} not closed`)
  return faults
}

function runIn(text: string, sign: string): number {
  return Math.max(0, ...[...text.matchAll(sign === '`' ? /`+/g : /~+/g)].map(([run]) => run.length))
}
