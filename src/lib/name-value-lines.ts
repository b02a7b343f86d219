/** The outcome of reading `NAME=VALUE` lines: the pairs, and a sentence for each wrong line. */
export interface NameValueLines {
  readonly pairs: ReadonlyMap<string, string>
  readonly problems: readonly string[]
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * Reads one `NAME=VALUE` per line. Empty lines and lines that begin with `#` are skipped; the value
 * is everything after the first `=`, as it stands. Problems give the number of the line and show
 * nothing of it: the "name" in a line of a pasted key is a piece of the key. `judgeValue` may add
 * what is wrong with a value, as the rest of a sentence that begins with "line 3".
 */
export function parseNameValueLines(
  text: string,
  judgeValue: (value: string) => string | undefined = () => undefined
): NameValueLines {
  const pairs = new Map<string, string>()
  const problems: string[] = []
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '' || line.trimStart().startsWith('#')) return
    const [name, value] = splitOnce(line)
    const problem = problemOf(name, value, pairs) ?? judgeValue(value ?? '')
    if (problem) problems.push(`line ${index + 1} ${problem}`)
    else pairs.set(name, value ?? '')
  })
  return { pairs, problems }
}

function splitOnce(line: string): [name: string, value: string | undefined] {
  const at = line.indexOf('=')
  return at < 0 ? [line.trim(), undefined] : [line.slice(0, at).trim(), line.slice(at + 1)]
}

function problemOf(
  name: string,
  value: string | undefined,
  seen: ReadonlyMap<string, string>
): string | undefined {
  if (value === undefined) return 'has no "="'
  if (!NAME.test(name)) return 'does not begin with a name of letters, digits and "_"'
  if (seen.has(name)) return 'sets a name that an earlier line sets already'
  if (value.includes('\0')) return 'holds a NUL character'
  return undefined
}
