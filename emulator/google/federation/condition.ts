const TERM = /^assertion\.(\w+)\s*(==|!=)\s*(?:'([^']*)'|"([^"]*)")$/

/**
 * Evaluates an attribute condition: comparisons `assertion.<claim> == '…'` (or `!=`) joined by `&&`.
 * That is the part of CEL that a GitHub provider needs; anything else is refused, never let through.
 */
export function evaluateCondition(
  condition: string,
  claims: Readonly<Record<string, unknown>>
): boolean {
  if (condition.trim() === '') return true
  return condition.split('&&').every((term) => evaluateTerm(term.trim(), claims))
}

function evaluateTerm(term: string, claims: Readonly<Record<string, unknown>>): boolean {
  const [, claim = '', operator, single, double] = TERM.exec(term) ?? []
  if (operator === undefined) return false
  const equal = claims[claim] !== undefined && String(claims[claim]) === (single ?? double)
  return operator === '==' ? equal : !equal
}

/** Whether a condition is one this cloud can evaluate and names a claim, as Google demands for GitHub. */
export function isCondition(condition: string): boolean {
  return condition.split('&&').every((term) => TERM.test(term.trim()))
}
