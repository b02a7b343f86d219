import type { Claims } from './claims.ts'
import { type Token, tokenize, unquote } from './tokens.ts'

/** A comparison that a condition fails on. */
export interface Difference {
  /** As it stands in the condition. */
  readonly text: string
  readonly claim: string
  /** Undefined where the token has no such claim. */
  readonly has: unknown
  /** The one value that would do, and where it stands; undefined for any other comparison. */
  readonly wanted?: { readonly value: string; readonly start: number; readonly end: number }
}

/** `isMet` is undefined for what is written in a way that is not understood here. */
export interface Judgement {
  readonly isMet: boolean | undefined
  readonly differences: readonly Difference[]
}

const UNCLEAR: Judgement = { isMet: undefined, differences: [] }
const MET: Judgement = { isMet: true, differences: [] }

/**
 * Evaluates an attribute condition (CEL) as far as such conditions go: comparisons of claims with
 * literals, `in`, `has`, the string functions, joined by `&&`, `||`, `!`.
 */
export function judgeCondition(condition: string, claims: Claims): Judgement {
  if (condition.trim() === '') return MET
  const tokens = tokenize(condition)
  if (tokens === undefined) return UNCLEAR
  try {
    return new Parser(condition, tokens, claims).judge()
  } catch (error) {
    // Google understands more than we do: then nothing is said of it.
    if (error instanceof NotUnderstood) return UNCLEAR
    throw error
  }
}

/** The condition with what the claims are in the place of what it wants. */
export function adaptCondition(condition: string, differences: readonly Difference[]): string {
  const changes = differences
    .filter(({ wanted, has }) => wanted !== undefined && typeof has === 'string')
    .toSorted((a, b) => (b.wanted?.start ?? 0) - (a.wanted?.start ?? 0))
  return changes.reduce((text, { wanted, has }) => {
    const literal = `'${String(has).replace(/['\\]/g, '\\$&')}'`
    return wanted ? text.slice(0, wanted.start) + literal + text.slice(wanted.end) : text
  }, condition)
}

class NotUnderstood extends Error {}

interface Operand {
  readonly value: unknown
  /** Set where the value is a claim. */
  readonly claim?: string
  readonly start: number
  readonly end: number
  readonly isLiteral: boolean
}

const FUNCTIONS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
}

/** Recursive descent; judges while it reads. */
class Parser {
  readonly #source: string
  readonly #tokens: readonly Token[]
  readonly #claims: Claims
  #at = 0

  constructor(source: string, tokens: readonly Token[], claims: Claims) {
    this.#source = source
    this.#tokens = tokens
    this.#claims = claims
  }

  judge(): Judgement {
    const judgement = this.#or()
    if (this.#at < this.#tokens.length) throw new NotUnderstood()
    return judgement
  }

  #or(): Judgement {
    const all = [this.#and()]
    while (this.#take('||')) all.push(this.#and())
    if (all.some(({ isMet }) => isMet === true)) return MET
    return failed(all)
  }

  #and(): Judgement {
    const all = [this.#unary()]
    while (this.#take('&&')) all.push(this.#unary())
    if (all.every(({ isMet }) => isMet === true)) return MET
    const broken = all.filter(({ isMet }) => isMet === false)
    return broken.length > 0 ? failed(broken) : failed(all)
  }

  #unary(): Judgement {
    const start = this.#next()?.start ?? 0
    if (this.#take('!')) {
      const { isMet } = this.#unary()
      if (isMet === undefined) return UNCLEAR
      return isMet ? this.#broken(start, { claim: '', has: undefined }) : MET
    }
    if (this.#take('(')) {
      const inner = this.#or()
      this.#expect(')')
      return inner
    }
    return this.#comparison(start)
  }

  #comparison(start: number): Judgement {
    if (this.#next()?.text === 'has') return this.#has(start)
    const left = this.#operand()
    const operator = this.#next()?.text
    if (operator === '.') return this.#call(start, left)
    if (operator === 'in') return this.#in(start, left)
    if (operator !== '==' && operator !== '!=') throw new NotUnderstood()
    this.#at += 1
    const right = this.#operand()
    // CEL ends with an error at a claim that is not there, and an error admits nobody.
    const isAbsent = left.value === undefined || right.value === undefined
    const isEqual = left.value === right.value
    if (!isAbsent && isEqual === (operator === '==')) return MET
    const [claim, literal] = left.claim === undefined ? [right, left] : [left, right]
    return this.#broken(start, {
      claim: claim.claim ?? '',
      has: claim.value,
      ...(operator === '==' &&
        literal.isLiteral && {
          wanted: { value: String(literal.value), start: literal.start, end: literal.end },
        }),
    })
  }

  #has(start: number): Judgement {
    this.#at += 1
    this.#expect('(')
    const { value, claim = '' } = this.#operand()
    this.#expect(')')
    return value === undefined ? this.#broken(start, { claim, has: undefined }) : MET
  }

  #in(start: number, { value, claim = '' }: Operand): Judgement {
    this.#at += 1
    this.#expect('[')
    const choices: unknown[] = []
    while (!this.#take(']')) {
      choices.push(this.#operand().value)
      if (!this.#take(',') && this.#next()?.text !== ']') throw new NotUnderstood()
    }
    return choices.includes(value) ? MET : this.#broken(start, { claim, has: value })
  }

  #call(start: number, { value, claim = '' }: Operand): Judgement {
    this.#at += 1
    const name = this.#advance().text
    this.#expect('(')
    const part = this.#operand().value
    this.#expect(')')
    const holds = FUNCTIONS[name]
    if (holds === undefined || typeof part !== 'string') throw new NotUnderstood()
    const isMet = typeof value === 'string' && holds(value, part)
    return isMet ? MET : this.#broken(start, { claim, has: value })
  }

  #operand(): Operand {
    const token = this.#advance()
    const { start, end, text } = token
    if (token.kind === 'string') return { value: unquote(text), start, end, isLiteral: true }
    if (token.kind === 'number') return { value: Number(text), start, end, isLiteral: false }
    if (text === 'true' || text === 'false')
      return { value: text === 'true', start, end, isLiteral: false }
    if (text !== 'assertion') throw new NotUnderstood()
    return {
      ...this.#claim(),
      start,
      end: this.#tokens[this.#at - 1]?.end ?? end,
      isLiteral: false,
    }
  }

  #claim(): { readonly value: unknown; readonly claim: string } {
    if (this.#take('[')) {
      const claim = unquote(this.#advance().text)
      this.#expect(']')
      return { value: this.#claims[claim], claim }
    }
    this.#expect('.')
    const claim = this.#advance().text
    return { value: this.#claims[claim], claim }
  }

  #broken(start: number, more: Omit<Difference, 'text'>): Judgement {
    const end = this.#tokens[this.#at - 1]?.end ?? this.#source.length
    return { isMet: false, differences: [{ text: this.#source.slice(start, end), ...more }] }
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at]
  }

  #advance(): Token {
    const token = this.#next()
    if (token === undefined) throw new NotUnderstood()
    this.#at += 1
    return token
  }

  #take(text: string): boolean {
    if (this.#next()?.text !== text) return false
    this.#at += 1
    return true
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw new NotUnderstood()
  }
}

function failed(all: readonly Judgement[]): Judgement {
  const differences = all.flatMap((one) => one.differences)
  return { isMet: all.some(({ isMet }) => isMet === undefined) ? undefined : false, differences }
}
