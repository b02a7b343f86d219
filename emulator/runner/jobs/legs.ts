import { evaluateText, evaluateToken, type Scope } from '../expressions/evaluate.ts'
import type { Mapping } from '../expressions/values.ts'
import { expandMatrix, renderLeg } from '../workflow/matrix.ts'
import type { JobTemplate } from '../workflow/model.ts'
import { childOf } from '../workflow/tokens.ts'

/** One job of a matrix; a job without one is a single leg. */
export interface Leg {
  /** `matrix` and `strategy`. */
  readonly contexts: Mapping
  readonly name: string
}

/** How the jobs of a matrix run beside one another. */
export interface Strategy {
  readonly legs: readonly Leg[]
  readonly failsFast: boolean
  readonly maxParallel: number
}

/** @throws Error for a matrix that comes to nothing */
export function readStrategy(template: JobTemplate, scope: Scope): Strategy {
  const strategy = childOf(template.token, 'strategy')
  const matrix = childOf(strategy, 'matrix')
  const combinations = matrix ? expandMatrix(evaluateToken(matrix, scope)) : [undefined]
  const failsFast = evaluateToken(childOf(strategy, 'fail-fast'), scope) !== false
  const most = evaluateToken(childOf(strategy, 'max-parallel'), scope)
  const total = combinations.length
  const maxParallel = typeof most === 'number' && most > 0 ? most : total
  const legs = combinations.map((combination, index) => {
    const contexts: Mapping = {
      matrix: combination ?? null,
      strategy: {
        'fail-fast': failsFast,
        'job-index': index,
        'job-total': total,
        'max-parallel': maxParallel,
      },
    }
    return { contexts, name: nameOf(template, combination, { ...scope.contexts, ...contexts }) }
  })
  return { legs, failsFast, maxParallel }
}

function nameOf(template: JobTemplate, matrix: Mapping | undefined, contexts: Mapping): string {
  const token = childOf(template.token, 'name')
  const name = token ? evaluateText(token, { contexts }) : template.id
  // A name with an expression in it tells the jobs apart itself.
  return matrix && !token?.isExpression ? `${name} ${renderLeg(matrix)}` : name
}
