import { splitWords } from './expansion.ts'

/** Where a heredoc ends: on a line with `name` alone, tabs before it allowed after `<<-`. */
export interface Heredoc {
  readonly name: string
  readonly dropsTabs: boolean
  /** White space stands between `<<` and the name: a heredoc only for newer versions of BuildKit. */
  readonly isSpaced: boolean
}

/** The heredocs that begin in one instruction, in the order in which their texts follow. */
export function heredocsIn(text: string): readonly Heredoc[] {
  return splitWords(text, { keepsQuotes: true, keepsEscapes: true }).flatMap((word) => {
    const heredoc = parseHeredoc(word)
    return heredoc ? [heredoc] : []
  })
}

/** The heredoc that a word begins, such as `3<<-"END"`; undefined for any other word. */
export function parseHeredoc(word: string): Heredoc | undefined {
  const [, dash, space, rest = ''] = /^\d*<<(-?)([\t\n\f\r ]*)([^<]*)$/.exec(word) ?? []
  if (rest === '') return undefined
  const [name, ...more] = splitWords(rest)
  if (name === undefined || more.length > 0) return undefined
  return { name, dropsTabs: dash === '-', isSpaced: space !== '' }
}
