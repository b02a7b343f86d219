import { ActionError, describeError } from '../../errors.ts'
import { abortable } from '../../lib/abortable.ts'
import type { Clock } from '../../ports.ts'
import { type Check, type Finding, isPassable, unknown } from './check.ts'

/** A check, and what it found. */
export interface Examined {
  readonly check: Pick<Check, 'id' | 'subject' | 'title'>
  readonly finding: Finding
  /** Title of the check that must be well before this one says anything; undefined where it has looked. */
  readonly waitsFor?: string
}

export interface ExamineOptions {
  readonly clock: Clock
  /** For each check: one that hangs costs no other one its finding. */
  readonly limitMs: number
  readonly signal: AbortSignal
}

/**
 * Looks at everything side by side; a check waits only for those that it names, and is not run
 * without them. Each check gets a finding, whatever becomes of the others, in the order of the list.
 */
export async function examine(
  checks: readonly Check[],
  options: ExamineOptions
): Promise<readonly Examined[]> {
  const running = new Map<string, Promise<Examined>>()
  for (const check of checks) {
    const before = (check.after ?? []).map((id) => known(running, check.id, id))
    running.set(check.id, examineOne(check, before, options))
  }
  if (running.size !== checks.length) throw new Error('Two checks of doctor have the same id.')
  return Promise.all(running.values())
}

// A list in which every check comes behind those that it waits for holds no circle.
function known(
  running: ReadonlyMap<string, Promise<Examined>>,
  check: string,
  id: string
): Promise<Examined> {
  const before = running.get(id)
  if (before === undefined)
    throw new Error(`The check ${check} comes after ${id}, which is not before it.`)
  return before
}

async function examineOne(
  check: Check,
  before: readonly Promise<Examined>[],
  options: ExamineOptions
): Promise<Examined> {
  const obstacle = (await Promise.all(before)).find(({ finding }) => !isPassable(finding))
  if (obstacle === undefined) return { check, finding: await lookInTime(check, options) }
  // Of a chain of obstacles only the first one is anybody's to mend.
  const waitsFor = obstacle.waitsFor ?? obstacle.check.title
  return { check, finding: unknown(`It needs "${waitsFor}" first.`), waitsFor }
}

async function lookInTime(
  check: Check,
  { clock, limitMs, signal }: ExamineOptions
): Promise<Finding> {
  const over = new AbortController()
  const either = AbortSignal.any([signal, over.signal])
  const looking = Promise.resolve()
    .then(() => check.look(either))
    .catch(unknownFrom)
  const limit = clock.sleep(limitMs, either).then(
    () => unknown(`No answer within ${limitMs / 1000} s.`),
    // The look was faster.
    () => looking
  )
  try {
    return await abortable(signal, () => Promise.race([looking, limit]))
  } finally {
    over.abort(new Error('the look is over'))
  }
}

/** What is known to be mended in some way says so, though nobody knows whether it needs to be. */
function unknownFrom(error: unknown): Finding {
  if (!(error instanceof ActionError)) return unknown(describeError(error))
  const [means = '', ...fix] = error.hint?.split('\n') ?? []
  return unknown(`${error.message} ${means}`.trim(), fix.length === 0 ? undefined : fix.join('\n'))
}
