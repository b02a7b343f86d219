import { ActionError } from '../errors.ts'
import type { PublishedSecret } from './publish.ts'

/** What became of one secret. */
export interface Outcome {
  readonly secret: string
  /** Undefined where it does not have its value, or not yet. */
  readonly published?: PublishedSecret | undefined
  readonly failure?: { readonly error: unknown }
}

/**
 * The one error for secrets of which some did not get their value: which, why, and what became of the
 * others. Undefined when all went well. Pure.
 */
export function publishFailure(outcomes: readonly Outcome[]): unknown {
  const failed = outcomes.flatMap(({ secret, failure }) =>
    failure ? [{ secret, ...failure }] : []
  )
  const [first] = failed
  if (first === undefined) return undefined
  // A cancel, or a bug of ours, is not told as if Google had said something.
  const strange = failed.find(({ error }) => !(error instanceof ActionError))
  if (strange) return strange.error
  if (outcomes.length === 1) return first.error
  const errors = failed.flatMap(({ error }) => (error instanceof ActionError ? [error] : []))
  const lines = failed.map(({ secret }, index) => `  ${secret}: ${errors[index]?.message}`)
  const hints = [...new Set(errors.flatMap(({ hint }) => hint ?? []))]
  return new ActionError(
    'SECRET_VALUES',
    [
      `${failed.length} of ${outcomes.length} secrets did not get their value:`,
      ...lines,
      describeOthers(outcomes.flatMap(({ published }) => published ?? [])),
    ].join('\n'),
    {
      cause: first.error,
      isPassing: errors.every(({ isPassing }) => isPassing),
      hint: [...hints, 'Then run the job again: what has its value already is left alone.'].join(
        '\n'
      ),
    }
  )
}

function describeOthers(published: readonly PublishedSecret[]): string {
  const added = published.filter(({ wasAdded }) => wasAdded)
  if (added.length === 0) return 'No new version was written.'
  const names = added.map(({ secret, version }) => `${secret} (version ${version})`)
  return `New versions were written of ${names.join(', ')}.`
}
