import type { SecretFinding } from './content-scan.ts'

/** The findings that the repository has decided to live with, each with a reason. */
export interface AllowList {
  /** Whether a line of the list covers the finding. */
  allows(path: string, finding: SecretFinding): boolean
  /** Lines that cannot be used, and why; a finding they meant to cover stays. */
  readonly problems: readonly string[]
  /** Lines that covered nothing so far, as they stand in the file. */
  unused(): readonly string[]
}

interface Entry {
  readonly text: string
  readonly rule: string
  readonly path: RegExp
}

/** At the root of the workspace. */
export const ALLOW_LIST_FILE = '.secret-scan-allow'

const FORM = 'write "<rule or *>  <path>  # reason"'

/** Reads `.secret-scan-allow`: one rule, one path glob and the reason per line; `#` starts a comment. */
export function parseAllowList(text: string): AllowList {
  const entries: Entry[] = []
  const problems: string[] = []
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((line, index) => {
      const content = line.trim()
      if (content === '' || content.startsWith('#')) return
      const parsed = parseLine(content)
      if (typeof parsed === 'string') problems.push(`line ${index + 1}: ${parsed}`)
      else entries.push({ ...parsed, text: `line ${index + 1}: ${content}` })
    })
  return buildList(entries, problems)
}

function buildList(entries: readonly Entry[], problems: readonly string[]): AllowList {
  const used = new Set<Entry>()
  return {
    problems,
    allows(path, finding) {
      const fitting = entries.filter((entry) => covers(entry, path, finding))
      for (const entry of fitting) used.add(entry)
      return fitting.length > 0
    },
    unused: () => entries.filter((entry) => !used.has(entry)).map((entry) => entry.text),
  }
}

function covers({ rule, path: pattern }: Entry, path: string, finding: SecretFinding): boolean {
  return (rule === '*' || rule === finding.rule) && pattern.test(path.replace(/^\.?\/+/, ''))
}

function parseLine(line: string): Omit<Entry, 'text'> | string {
  const [, rule, glob, reason] = /^(\S+)\s+(\S+)(?:\s+#\s*(.*))?$/.exec(line) ?? []
  if (rule === undefined || glob === undefined || glob.startsWith('#')) return FORM
  if (reason === undefined || !/\p{L}{2}/u.test(reason)) return 'the reason is missing; ' + FORM
  if (!/^(\*|[a-z0-9-]+)$/.test(rule)) return `"${rule}" is no rule; ` + FORM
  if (rule === '*' && /^[*/]*$/.test(glob))
    return 'this would allow everything; name a rule or a path'
  return { rule, path: patternOf(glob) }
}

/** As in a `.gitignore` with a slash: `*` and `?` within a segment, `**` across, a folder covers what it holds. */
function patternOf(glob: string): RegExp {
  const pattern = glob
    .replace(/^\.?\/+/, '')
    .replace(/\/+$/, '')
    .replace(
      /\*\*\/|\*\*|\*|\?|[^*?]+/g,
      (part) => GLOB[part] ?? part.replace(/[.+^${}()|[\]\\]/g, '\\$&')
    )
  return new RegExp(`^${pattern}(?:/.*)?$`)
}

const GLOB: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
}
