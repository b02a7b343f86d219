import { evaluateText, evaluateToken, type Scope } from '../expressions/evaluate.ts'
import { toText } from '../expressions/values.ts'
import type { Attempt } from '../run/frame.ts'
import { isMapping } from '../workflow/github-parser.ts'
import { childOf, type Token } from '../workflow/tokens.ts'
import type { Admission, ConcurrencyRequest } from './concurrency.ts'

/** A run or a job that may have to wait. */
export interface Turn {
  readonly attempt: Attempt
  /** The `concurrency` of the workflow or the job. */
  readonly token: Token | undefined
  readonly scope: Scope
  readonly isWhole: boolean
  readonly signal: AbortSignal
  /** Called when another one is to have its place. */
  readonly cancel: () => void
}

/**
 * Waits until the group of a run or a job is free. Without a group it always is.
 *
 * @throws Error for settings that exclude each other
 */
export async function awaitTurn(turn: Turn): Promise<Admission> {
  const { attempt, token, scope, isWhole, signal, cancel } = turn
  const isBlock = token !== undefined && isMapping(token)
  const group = evaluateText(isBlock ? childOf(token, 'group') : token, scope)
  if (group === '') return { kind: 'granted', leave: () => undefined }
  const child = (key: string) => evaluateToken(isBlock ? childOf(token, key) : undefined, scope)
  // Of an expression either a truth or its text.
  const cancelsInProgress = toText(child('cancel-in-progress')) === 'true'
  const queue = child('queue') === 'max' ? 'max' : 'single'
  if (cancelsInProgress && queue === 'max')
    throw new Error("'cancel-in-progress' cannot be combined with 'queue: max'.")
  const request: ConcurrencyRequest = {
    group,
    cancelsInProgress,
    queue,
    cancel,
    run: attempt,
    isWhole,
  }
  return attempt.services.concurrency.enter(request, signal)
}
