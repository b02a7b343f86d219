import { isMapping, isSequence, isString, type parseWorkflow } from './github-parser.ts'

/** One node of a workflow or action file as GitHub's parser read it. */
export type Token = NonNullable<ReturnType<typeof parseWorkflow>['value']>

/** What stands below a key of a mapping; undefined for anything else. */
export function childOf(token: Token | undefined, key: string): Token | undefined {
  return entriesOf(token).find(([name]) => name === key)?.[1]
}

/** Keys and values in the order of the file; none for what is no mapping. */
export function entriesOf(token: Token | undefined): readonly (readonly [string, Token])[] {
  if (token === undefined || !isMapping(token)) return []
  return [...token].map(({ key, value }) => [key.toString(), value] as const)
}

/** Items of a list; anything else is a list of one, nothing an empty one. */
export function itemsOf(token: Token | undefined): readonly Token[] {
  if (token === undefined) return []
  return isSequence(token) ? [...token] : [token]
}

/** The text of a literal; undefined for expressions and what has parts. */
export function literalOf(token: Token | undefined): string | undefined {
  if (token === undefined || !token.isLiteral) return undefined
  return isString(token) ? token.value : `${token}`
}
