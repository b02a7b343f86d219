import { GoogleError } from '../errors.ts'
import { evaluateExpression, parseExpression } from '../expression.ts'

type Claims = Readonly<Record<string, unknown>>

/** Whether a provider's attribute condition lets the claims in; what cannot be evaluated does not. */
export function evaluateCondition(condition: string, claims: Claims): boolean {
  if (condition.trim() === '') return true
  return evaluateExpression(condition, { assertion: claims }) === true
}

/** Whether a condition can be read and names a claim, as Google demands for GitHub's issuer. */
export function isCondition(condition: string): boolean {
  return /\bassertion\.\w/.test(condition) && isExpression(condition)
}

/** Whether it is an expression at all. */
export function isExpression(source: string): boolean {
  try {
    parseExpression(source)
    return true
  } catch (error) {
    if (error instanceof GoogleError) return false
    throw error
  }
}

/** The text that a mapping such as `assertion.sub` makes of the claims; empty without the claim. */
export function mapClaims(source: string, claims: Claims): string {
  const value = evaluateExpression(source, { assertion: claims })
  return value === undefined ? '' : String(value)
}
