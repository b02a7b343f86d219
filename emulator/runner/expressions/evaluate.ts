import { Evaluator, Lexer, Parser } from '@actions/expressions'
import {
  isBasicExpression,
  isBoolean,
  isMapping as isMappingToken,
  isNumber,
  isSequence,
  isString,
} from '../workflow/github-parser.ts'
import type { Token } from '../workflow/tokens.ts'
import type { ExpressionFunction } from './functions.ts'
import { readLines, splitExpressions } from './interpolation.ts'
import { fromData, isMapping, type Mapping, toDictionary, toText, type Value } from './values.ts'

/** What an expression can see: `github`, `env` …, and the functions of the place where it stands. */
export interface Scope {
  readonly contexts: Mapping
  readonly functions?: readonly ExpressionFunction[]
}

/** @throws Error in GitHub's words when the expression is none, or names what there is not */
export function evaluateExpression(text: string, scope: Scope): Value {
  const functions = scope.functions ?? []
  const { tokens } = new Lexer(text).lex()
  const tree = new Parser(tokens, Object.keys(scope.contexts), [...functions]).parse()
  // An empty expression is an empty text.
  if (tree === undefined) return ''
  const named = new Map(functions.map((one) => [one.name.toLowerCase(), one]))
  return fromData(new Evaluator(tree, toDictionary(scope.contexts), named).evaluate())
}

/** The token with all its expressions replaced by what they come to. */
export function evaluateToken(token: Token | undefined, scope: Scope): Value {
  if (token === undefined) return null
  if (isBasicExpression(token)) {
    const lines = readLines(token)
    return lines === undefined
      ? evaluateExpression(token.expression, scope)
      : interpolate(lines, scope)
  }
  if (isString(token) || isNumber(token) || isBoolean(token)) return token.value
  if (isSequence(token)) return [...token].flatMap((item) => evaluateItem(item, scope))
  if (isMappingToken(token)) {
    return Object.fromEntries(
      [...token].flatMap(({ key, value }) => {
        const inner = evaluateToken(value, scope)
        // `${{ insert }}: ${{ mapping }}` puts what the mapping has in its own place.
        if (key.templateTokenType === INSERT) return isMapping(inner) ? Object.entries(inner) : []
        return [[toText(evaluateToken(key, scope)), inner] as const]
      })
    )
  }
  return null
}

const INSERT = 4

function interpolate(text: string, scope: Scope): Value {
  const values = splitExpressions(text).map((piece) =>
    piece.kind === 'text' ? piece.text : evaluateExpression(piece.text, scope)
  )
  const [only] = values
  return values.length === 1 && only !== undefined ? only : values.map(toText).join('')
}

// An expression that comes to a list, standing in a list, adds its items.
function evaluateItem(item: Token, scope: Scope): readonly Value[] {
  const value = evaluateToken(item, scope)
  return isBasicExpression(item) && Array.isArray(value) ? value : [value]
}

/** The same as text. */
export function evaluateText(token: Token | undefined, scope: Scope): string {
  return toText(evaluateToken(token, scope))
}

/** Names to texts, as in `env`, `with` and `outputs`; what is no mapping is an empty one. */
export function evaluateTexts(
  token: Token | undefined,
  scope: Scope
): Readonly<Record<string, string>> {
  const value = evaluateToken(token, scope)
  if (!isMapping(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toText(inner)]))
}
