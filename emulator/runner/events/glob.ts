/** Whether a branch, tag or path fits a filter pattern of GitHub's, `!` in front left out. */
export function fits(pattern: string, text: string): boolean {
  return new RegExp(`^${toExpression(pattern)}$`, 's').test(text)
}

// `**/` also stands for no folder at all; `?` and `+` are about the character before them.
const PARTS = /\*\*\/|\*\*|\*|\?|\+|\[[^\]]+\]|\\.|./gs

function toExpression(pattern: string): string {
  return pattern.replaceAll(PARTS, (part) => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '?' || part === '+' || part.startsWith('[')) return part
    return part.replace(/^\\/, '').replace(/[\\^$.|()[\]{}*+?]/, '\\$&')
  })
}

/** Whether the last pattern that fits is one without `!`: later ones take away, or add again. */
export function isChosen(patterns: readonly string[], text: string): boolean {
  return patterns.reduce((chosen, pattern) => {
    const isNegative = pattern.startsWith('!')
    return fits(isNegative ? pattern.slice(1) : pattern, text) ? !isNegative : chosen
  }, false)
}
