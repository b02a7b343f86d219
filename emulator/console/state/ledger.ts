import { isObject, type JsonObject, textOf } from '../../google/route.ts'
import type { ObjectStore } from '../../google/storage/store.ts'
import { parseObject } from './json.ts'

/** One attempt to release something, as the ledger of a service has it. */
export interface AttemptState {
  /** Folder of the ledger: the service. */
  readonly service: string
  readonly attempt: number
  readonly kind: string
  readonly release: string
  readonly image: string
  readonly commit: string
  readonly actor: string
  readonly startedAt: string
  readonly finishedAt: string
  /** `verified`, `rolled_back`, `failed`, `interrupted`; empty while it is under way. */
  readonly outcome: string
  readonly rolledBackTo: string
  readonly reason: string
}

const LEDGER = /^(.+)\/releases\.json$/

/** Every attempt in every ledger of the project's buckets, newest first. */
export function readLedgers(store: ObjectStore): readonly AttemptState[] {
  return store
    .buckets()
    .flatMap(({ name }) => store.list(name))
    .flatMap(({ name, data }) => {
      const service = LEDGER.exec(name)?.[1]
      return service === undefined ? [] : readLedger(service, data.toString('utf8'))
    })
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt) || b.attempt - a.attempt)
}

/** A file that is no ledger holds no attempts; the deploys themselves complain about it. */
function readLedger(service: string, text: string): readonly AttemptState[] {
  const entries = parseObject(text)?.['entries']
  if (!Array.isArray(entries)) return []
  return entries.filter(isObject).map((entry) => readAttempt(service, entry))
}

function readAttempt(service: string, entry: JsonObject): AttemptState {
  const text = (field: string): string => textOf(entry, field) ?? ''
  return {
    service,
    attempt: Number(entry['attempt'] ?? 0),
    kind: text('kind'),
    release: text('release'),
    image: text('image'),
    commit: text('commit'),
    actor: text('actor'),
    startedAt: text('started_at'),
    finishedAt: text('finished_at'),
    outcome: text('outcome'),
    rolledBackTo: text('rolled_back_to'),
    reason: text('reason'),
  }
}
