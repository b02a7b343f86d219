import { removeMatch, replaceMatch } from './patterns.ts'
import { DockerfileProblem } from './problem.ts'
import { isSpace } from './space.ts'

/** A variable's value, undefined when it is not set, or UNKNOWN when only the build can tell. */
export type Lookup = (name: string) => string | undefined | typeof UNKNOWN

/** Stands for the value of a variable that a base image may set. */
export const UNKNOWN = Symbol('a value that only the build knows')

/** What a word comes to. */
export interface Expanded {
  readonly text: string
  /** The variables that only the build knows and on which `text` depends. */
  readonly unknown: readonly string[]
}

/**
 * Expands variables and takes quotes and escapes away, as BuildKit's shell lexer does.
 *
 * @throws DockerfileProblem for what BuildKit refuses
 */
export function expandWord(word: string, escapeToken: string, lookup: Lookup): Expanded {
  const lexer = new Lexer(word, { escapeToken, lookup })
  const text = lexer.readAll().text
  return { text, unknown: [...lexer.unknown] }
}

/**
 * Splits at white space, leaving variables as they are; the words before a syntax error are lost,
 * as they are in BuildKit, which looks for heredocs this way.
 */
export function splitWords(
  text: string,
  keeps: { readonly keepsQuotes?: boolean; readonly keepsEscapes?: boolean } = {}
): readonly string[] {
  try {
    return new Lexer(text, { escapeToken: '\\', lookup: undefined, ...keeps }).readAll().words
  } catch (error) {
    if (error instanceof DockerfileProblem) return []
    throw error
  }
}

interface LexerOptions {
  readonly escapeToken: string
  /** Absent: variables stay as they are written. */
  readonly lookup: Lookup | undefined
  readonly keepsQuotes?: boolean
  readonly keepsEscapes?: boolean
}

interface Read {
  readonly text: string
  readonly words: readonly string[]
}

/** More than anybody writes, and less than the stack of calls can take. */
const MAX_DEPTH = 200

class Lexer {
  readonly #characters: readonly string[]
  readonly #options: LexerOptions
  readonly unknown = new Set<string>()
  #at = 0
  #depth = 0
  /** Of the word being read; one for all depths, so that a nested ${…:-word} clears it. */
  #word = ''

  constructor(text: string, options: LexerOptions) {
    // As Go's scanner: a byte order mark at the beginning is none of the text.
    this.#characters = [...text.replace(/^\uFEFF/, '')]
    this.#options = options
  }

  readAll(): Read {
    return this.#readUntil('', this.#options.keepsEscapes ?? false)
  }

  get #peek(): string {
    return this.#characters[this.#at] ?? ''
  }

  #next(): string {
    return this.#characters[this.#at++] ?? ''
  }

  #readUntil(stop: string, keepsEscapes: boolean): Read {
    let text = ''
    const words: string[] = []
    this.#word = ''
    const endWord = (): void => {
      if (this.#word !== '') words.push(this.#word)
      this.#word = ''
    }
    while (this.#at < this.#characters.length) {
      if (stop !== '' && this.#peek === stop) {
        this.#at++
        endWord()
        return { text, words }
      }
      const { part, splits } = this.#readPart(keepsEscapes)
      text += part
      for (const character of splits ? part : []) {
        if (isSpace(character)) endWord()
        else this.#word += character
      }
      if (!splits) this.#word += part
    }
    if (stop !== '') throw new DockerfileProblem(`"${stop}" is missing`)
    endWord()
    return { text, words }
  }

  #readInner(stop: string, keepsEscapes: boolean): string {
    if (++this.#depth > MAX_DEPTH) throw new DockerfileProblem('substitutions are nested too deep')
    const { text } = this.#readUntil(stop, keepsEscapes)
    this.#depth--
    return text
  }

  /** One character, escape, quotation or variable; white space in it separates words where `splits`. */
  #readPart(keepsEscapes: boolean): { readonly part: string; readonly splits: boolean } {
    const character = this.#peek
    if (character === "'") return { part: this.#readSingleQuoted(), splits: false }
    if (character === '"') return { part: this.#readDoubleQuoted(keepsEscapes), splits: false }
    if (character === '<') return { part: this.#readHeredocMark(), splits: false }
    if (character === '$') return { part: this.#readVariable(), splits: true }
    this.#at++
    if (character !== this.#options.escapeToken) return { part: character, splits: true }
    return { part: (keepsEscapes ? character : '') + this.#next(), splits: false }
  }

  #readSingleQuoted(): string {
    const end = this.#characters.indexOf("'", this.#at + 1)
    if (end < 0) throw new DockerfileProblem('a single quote is missing')
    const inner = this.#characters.slice(this.#at + 1, end).join('')
    this.#at = end + 1
    return this.#options.keepsQuotes ? `'${inner}'` : inner
  }

  #readDoubleQuoted(keepsEscapes: boolean): string {
    const { escapeToken, keepsQuotes = false } = this.#options
    let text = this.#next()
    while (this.#peek !== '"') {
      if (this.#at >= this.#characters.length) throw new DockerfileProblem('a quote is missing')
      if (this.#peek === '$') {
        text += this.#readVariable()
        continue
      }
      const character = this.#next()
      if (character !== escapeToken) {
        text += character
        continue
      }
      if (keepsEscapes) text += character
      const escaped = this.#peek
      // Only these can be escaped between quotes; elsewhere the escape character stands for itself.
      text +=
        escaped === '"' || escaped === '$' || escaped === escapeToken ? this.#next() : character
    }
    text += this.#next()
    return keepsQuotes ? text : text.slice(1, -1)
  }

  /** White space between `<<` and the name belongs to the word. */
  #readHeredocMark(): string {
    this.#at++
    if (this.#peek !== '<') return '<'
    let mark = '<<'
    this.#at++
    while (/^[\t\r ]$/.test(this.#peek)) mark += this.#next()
    return mark
  }

  #readVariable(): string {
    this.#at++
    if (this.#peek !== '{') {
      const name = this.#readName()
      return name === '' ? '$' : this.#value(name, `$${name}`, (value) => value ?? '')
    }
    this.#at++
    if (['', '{', '}', ':'].includes(this.#peek))
      throw new DockerfileProblem('a "${" is not closed')
    return this.#readBraced(this.#readName())
  }

  #readBraced(name: string): string {
    const first = this.#next()
    if (first === '}') return this.#value(name, `\${${name}}`, (value) => value ?? '')
    if (first === '/') return this.#readReplacement(name)
    const takesEmptyAsUnset = first === ':'
    const operator = takesEmptyAsUnset ? this.#next() : first
    const isPattern = operator === '#' || operator === '%'
    const isKnown = ['+', '-', '?', '#', '%'].includes(operator)
    const refuse = (): never => {
      throw new DockerfileProblem(`"\${${name}${first}" is no substitution`)
    }
    // The shell's own ${name:0:3} is only refused where it has to be evaluated.
    if ((!isKnown && !takesEmptyAsUnset) || (isPattern && takesEmptyAsUnset)) refuse()
    const word = this.#readInner('}', isPattern)
    const written = `\${${name}${takesEmptyAsUnset ? ':' : ''}${operator}${word}}`
    return this.#value(name, written, (value) => {
      if (!isKnown) refuse()
      if (isPattern) return removeMatch(value ?? '', operator, word)
      const isSet = value !== undefined && !(takesEmptyAsUnset && value === '')
      if (operator === '-') return isSet ? value : word
      if (operator === '+') return isSet ? word : ''
      if (isSet) return value
      throw new DockerfileProblem(`${name}: ${word || 'is not set'}`)
    })
  }

  #readReplacement(name: string): string {
    const isGlobal = this.#peek === '/'
    if (isGlobal) this.#at++
    const pattern = this.#readInner('/', true)
    const replacement = this.#readInner('}', true)
    return this.#value(name, `\${${name}/${pattern}/${replacement}}`, (value) =>
      replaceMatch(value ?? '', { pattern, replacement, isGlobal })
    )
  }

  #readName(): string {
    if (/^[@*#?\-$!]$/.test(this.#peek)) return this.#next()
    // "$1x" is the variable 1 and an x, as in a shell.
    const rule = /^\p{Nd}$/u.test(this.#peek) ? /^\p{Nd}$/u : /^[\p{L}\p{Nd}_]$/u
    let name = ''
    while (rule.test(this.#peek)) name += this.#next()
    return name
  }

  #value(name: string, written: string, substitute: (value: string | undefined) => string): string {
    const { lookup } = this.#options
    if (lookup === undefined) return written
    const value = lookup(name)
    if (value !== UNKNOWN) return substitute(value)
    this.unknown.add(name)
    return ''
  }
}
