import { oneLine } from '../markdown.ts'

/** What GitHub's Markdown may take for more than a letter: markup, references, mathematics, emoji. */
const ACTIVE = /[&<>`*_{}[\]#|~@\\!$"']|:(?=\S)|(?<=www)\./gi

/** What at the beginning of a line makes a list, a heading or a rule of it. */
const LEADING = /^[-+=\d]/

/**
 * Words of others as running text on one line: they are read, and never do anything. Not for the
 * very beginning of a line.
 */
export function prose(text: string): string {
  return inactive(oneLine(text).trim())
}

/** The same, with what stands between backticks as code; for the beginning of a line as well. */
export function proseWithCode(text: string, code: (text: string) => string): string {
  return oneLine(text)
    .trim()
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : inactive(part)))
    .join('')
    .replace(LEADING, encode)
}

function inactive(text: string): string {
  return text.replace(ACTIVE, encode)
}

function encode(sign: string): string {
  return `&#${sign.codePointAt(0)};`
}
