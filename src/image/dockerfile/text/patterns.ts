import { DockerfileProblem } from './problem.ts'

/** What `${name#word}`, `##`, `%` and `%%` leave of a value; a second sign stands in `word`. */
export function removeMatch(value: string, operator: string, word: string): string {
  const isGreedy = word.startsWith(operator)
  const pattern = isGreedy ? word.slice(1) : word
  if (operator === '#') return withoutPrefix(value, pattern, isGreedy)
  // The shortest match at the end is the shortest one at the beginning of everything reversed.
  return reversed(withoutPrefix(reversed(value), reversedPattern(pattern), isGreedy))
}

/** What `${name/pattern/replacement}`, or `//` for all of them, makes of a value. */
export function replaceMatch(
  value: string,
  rule: { readonly pattern: string; readonly replacement: string; readonly isGlobal: boolean }
): string {
  if (rule.isGlobal && rule.replacement.includes('$')) {
    throw new DockerfileProblem('a "$" in a replacement is not evaluated here')
  }
  const match = toRegExp(rule.pattern, { isGreedy: true, flags: rule.isGlobal ? 'gu' : 'u' })
  return value.replace(match, () => rule.replacement)
}

function withoutPrefix(value: string, pattern: string, isGreedy: boolean): string {
  const match = toRegExp(pattern, { isGreedy, flags: 'uy' }).exec(value)
  return match === null ? value : value.slice(match[0].length)
}

/** `*` and `?` are wildcards, a backslash takes their meaning away; there are no brackets. */
function toRegExp(
  pattern: string,
  { isGreedy, flags }: { readonly isGreedy: boolean; readonly flags: string }
): RegExp {
  const parts = pattern.match(/\\[\s\S]?|[\s\S]/gu) ?? []
  const source = parts.map((part) => {
    if (part === '*') return isGreedy ? '.*' : '.*?'
    if (part === '?') return '.'
    if (!part.startsWith('\\')) return part.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
    // Escaped only because they would end the substitution.
    if (part === '\\}' || part === '\\/') return `\\${part.slice(1)}`
    if (part === '\\*' || part === '\\?' || part === '\\\\') return part
    throw new DockerfileProblem(`"${part}" cannot be escaped in a pattern`)
  })
  return new RegExp(source.join(''), flags)
}

function reversed(text: string): string {
  return [...text].reverse().join('')
}

function reversedPattern(pattern: string): string {
  return (pattern.match(/\\[\s\S]|[\s\S]/gu) ?? []).reverse().join('')
}
