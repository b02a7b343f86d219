import { GoogleError } from './errors.ts'

/** What the names of an expression stand for. */
export type Scope = Readonly<Record<string, unknown>>

type Evaluate = (scope: Scope) => unknown

/** An expression asked for something that is not there, or mixed types. */
class EvaluationError extends Error {}

const TOKEN = /\s*(?:('[^']*'|"[^"]*")|(\d+)|([A-Za-z_]\w*)|(\|\||&&|==|!=|[!?:+.,()[\]]))/y

/**
 * The part of Google's expression language (CEL) that attribute mappings, attribute conditions and
 * IAM conditions are written in.
 * @throws GoogleError 400 for what it does not understand: nothing is ever let through unread.
 */
export function parseExpression(source: string): Evaluate {
  const parser = new Parser(tokenize(source), source)
  return parser.parse()
}

/** The value of an expression, or undefined when it asks for something that is not there. */
export function evaluateExpression(source: string, scope: Scope): unknown {
  try {
    return parseExpression(source)(scope)
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof GoogleError) return undefined
    throw error
  }
}

function tokenize(source: string): readonly string[] {
  const tokens: string[] = []
  const pattern = new RegExp(TOKEN)
  const end = source.trimEnd().length
  while (pattern.lastIndex < end) {
    const match = pattern.exec(source)
    if (!match) throw invalid(source)
    tokens.push(match[0].trim())
  }
  return tokens
}

function invalid(source: string): GoogleError {
  return new GoogleError(400, `Invalid expression: ${source}`)
}

/** Recursive descent, one method for each level of precedence. */
class Parser {
  readonly #tokens: readonly string[]
  readonly #source: string
  #at = 0

  constructor(tokens: readonly string[], source: string) {
    this.#tokens = tokens
    this.#source = source
  }

  parse(): Evaluate {
    const whole = this.#choice()
    if (this.#at < this.#tokens.length) throw invalid(this.#source)
    return whole
  }

  #take(...wanted: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at]
    if (token === undefined || !wanted.includes(token)) return undefined
    this.#at++
    return token
  }

  #expect(token: string): void {
    if (this.#take(token) === undefined) throw invalid(this.#source)
  }

  #choice(): Evaluate {
    const condition = this.#either()
    if (!this.#take('?')) return condition
    const yes = this.#choice()
    this.#expect(':')
    const no = this.#choice()
    return (scope) => (isTrue(condition(scope)) ? yes(scope) : no(scope))
  }

  #either(): Evaluate {
    const left = this.#both()
    if (!this.#take('||')) return left
    const right = this.#either()
    return (scope) => isTrue(left(scope)) || isTrue(right(scope))
  }

  #both(): Evaluate {
    const left = this.#relation()
    if (!this.#take('&&')) return left
    const right = this.#both()
    return (scope) => isTrue(left(scope)) && isTrue(right(scope))
  }

  #relation(): Evaluate {
    const left = this.#sum()
    const operator = this.#take('==', '!=', 'in')
    if (!operator) return left
    const right = this.#sum()
    if (operator === 'in') return (scope) => asList(right(scope)).includes(left(scope))
    return (scope) => (left(scope) === right(scope)) === (operator === '==')
  }

  #sum(): Evaluate {
    const left = this.#negation()
    if (!this.#take('+')) return left
    const right = this.#sum()
    return (scope) => asText(left(scope)) + asText(right(scope))
  }

  #negation(): Evaluate {
    if (!this.#take('!')) return this.#postfix()
    const negated = this.#negation()
    return (scope) => !isTrue(negated(scope))
  }

  #postfix(): Evaluate {
    let value = this.#primary()
    while (this.#take('.')) {
      const target = value
      const name = this.#name()
      if (this.#take('(')) {
        const call = METHODS[name]
        if (!call) throw invalid(this.#source)
        const args = this.#list(')')
        value = (scope) => call(target(scope), args(scope))
      } else {
        value = (scope) => memberOf(target(scope), name)
      }
    }
    return value
  }

  #primary(): Evaluate {
    if (this.#take('(')) {
      const inner = this.#choice()
      this.#expect(')')
      return inner
    }
    if (this.#take('[')) return this.#list(']')
    const token = this.#tokens[this.#at++] ?? ''
    if (/^['"]/.test(token)) return () => token.slice(1, -1)
    if (/^\d/.test(token)) return () => Number(token)
    if (token === 'true' || token === 'false') return () => token === 'true'
    if (!/^\w+$/.test(token)) throw invalid(this.#source)
    if (token === 'has' && this.#take('(')) return this.#presence()
    return (scope) => memberOf(scope, token)
  }

  #presence(): Evaluate {
    const asked = this.#postfix()
    this.#expect(')')
    return (scope) => {
      try {
        return asked(scope) !== undefined
      } catch (error) {
        if (error instanceof EvaluationError) return false
        throw error
      }
    }
  }

  #name(): string {
    const token = this.#tokens[this.#at++] ?? ''
    if (!/^[A-Za-z_]/.test(token)) throw invalid(this.#source)
    return token
  }

  #list(end: string): (scope: Scope) => readonly unknown[] {
    const items: Evaluate[] = []
    while (!this.#take(end)) {
      if (items.length > 0) this.#expect(',')
      items.push(this.#choice())
    }
    return (scope) => items.map((item) => item(scope))
  }
}

type Method = (target: unknown, args: readonly unknown[]) => unknown

const METHODS: Readonly<Record<string, Method>> = {
  startsWith: (target, [prefix]) => asText(target).startsWith(asText(prefix)),
  endsWith: (target, [suffix]) => asText(target).endsWith(asText(suffix)),
  contains: (target, [part]) => asText(target).includes(asText(part)),
  hasOnly: (target, [allowed]) => asList(target).every((item) => asList(allowed).includes(item)),
  extract: (target, [template]) => extracted(asText(target), asText(template)),
  getAttribute: (target, [name, otherwise]) =>
    isRecord(target) ? (target[asText(name)] ?? otherwise) : otherwise,
}

/** What stands where the template has its one `{name}`; empty where the text around it is not there. */
function extracted(text: string, template: string): string {
  const [before = '', after] = template.split(/\{[^}]*\}/)
  if (after === undefined) throw new EvaluationError('nothing to extract')
  const start = text.indexOf(before)
  if (start < 0) return ''
  const rest = text.slice(start + before.length)
  const end = after === '' ? rest.length : rest.indexOf(after)
  return end < 0 ? '' : rest.slice(0, end)
}

function memberOf(target: unknown, name: string): unknown {
  const value = isRecord(target) && Object.hasOwn(target, name) ? target[name] : undefined
  if (value === undefined) throw new EvaluationError(`no such key: ${name}`)
  return value
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw new EvaluationError('not a truth value')
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  throw new EvaluationError('not a text')
}

function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new EvaluationError('not a list')
}
