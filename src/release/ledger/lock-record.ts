import type { StoredText } from '../../google/object-store.ts'
import { asRecord, asText, parseJson } from '../../lib/json.ts'

/** Who wants the lock. */
export interface LockOwner {
  /** Random id of the run; a run that is started again with the same one gets its own lock back. */
  readonly holder: string
  readonly runUrl: string
  readonly actor: string
}

/** What stands in the lock. Its times are the holder's own and only for people: Google's count. */
export interface LockRecord extends LockOwner {
  readonly acquiredAt: string
  readonly renewedAt: string
}

/** A lock that nobody renewed for so long has no living holder. */
export const STALE_AFTER_MS = 180_000

/** Whoever wrote a lock that cannot be read: its age alone counts. */
export function parseLock(text: string): LockRecord {
  const record = asRecord(parseJson(text))
  return {
    holder: asText(record['holder']),
    runUrl: asText(record['run_url']),
    actor: asText(record['actor']),
    acquiredAt: asText(record['acquired_at']),
    renewedAt: asText(record['renewed_at']),
  }
}

export function renderLock(record: LockRecord): string {
  const file = {
    holder: record.holder,
    run_url: record.runUrl,
    actor: record.actor,
    acquired_at: record.acquiredAt,
    renewed_at: record.renewedAt,
  }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

/** Since the last renewal, by Google's clock alone. */
export function ageMsOf({ updatedAtMs, serverNowMs }: StoredText): number {
  return serverNowMs - updatedAtMs
}

/** `https://…/runs/7 (started by octocat)`. */
export function describeOwner({ runUrl, actor }: LockOwner): string {
  return `${runUrl || 'a run that left no URL'}${actor && ` (started by ${actor})`}`
}
