import { ActionError } from '../../errors.ts'
import { isRecord, type JsonRecord, parseJson } from '../../lib/json.ts'
import type { Ledger, LedgerEntry, Outcome } from './ledger.ts'

const VERSION = 1
const KINDS: readonly LedgerEntry['kind'][] = ['deploy', 'rollback']
const OUTCOMES: readonly Outcome[] = ['verified', 'rolled_back', 'failed', 'interrupted']

/**
 * Reads the file; `url` is its gs:// address, for the message. Unknown fields are kept, everything
 * else that is not as this version writes it is refused: a ledger that is taken for empty would
 * forget where to go back to.
 *
 * @throws ActionError LEDGER_UNREADABLE
 */
export function parseLedger(text: string, url: string): Ledger {
  const file = parseJson(text)
  if (!isRecord(file)) throw damaged(url, 'it is not a JSON object')
  const { version, entries, ...more } = file
  if (typeof version !== 'number') throw damaged(url, 'it has no "version"')
  if (version !== VERSION) throw unknownVersion(url, version)
  if (!Array.isArray(entries)) throw damaged(url, 'it has no list "entries"')
  const parsed = entries.map((entry: unknown, index) => parseEntry(entry, index, url))
  const unordered = parsed.find(
    (entry, index) => entry.attempt <= (parsed[index - 1]?.attempt ?? 0)
  )
  if (unordered)
    throw damaged(url, `attempt ${unordered.attempt} does not follow the one before it`)
  return { entries: parsed, more }
}

/** The file, pretty-printed because people read it. */
export function renderLedger({ entries, more }: Ledger): string {
  const file = { version: VERSION, ...more, entries: entries.map(renderEntry) }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

/** In the order of the file. */
function renderEntry(entry: LedgerEntry): JsonRecord {
  return {
    attempt: entry.attempt,
    kind: entry.kind,
    release: entry.release,
    template: entry.template,
    image: entry.image,
    previous: entry.previous,
    commit: entry.commit,
    ref: entry.ref,
    actor: entry.actor,
    run_url: entry.runUrl,
    holder: entry.holder,
    started_at: entry.startedAt,
    finished_at: entry.finishedAt,
    outcome: entry.outcome,
    rolled_back_to: entry.rolledBackTo,
    reason: entry.reason,
    ...entry.more,
  }
}

function parseEntry(value: unknown, index: number, url: string): LedgerEntry {
  if (!isRecord(value)) throw damaged(url, `entry ${index + 1} is not a JSON object`)
  const fields = new Fields(value, (field, wanted) =>
    damaged(url, `"${field}" of entry ${index + 1} is not ${wanted}`)
  )
  const entry = {
    attempt: fields.positiveInteger('attempt'),
    kind: fields.oneOf('kind', KINDS),
    release: fields.name('release'),
    template: fields.name('template'),
    image: fields.name('image'),
    previous: fields.orNull('previous', () => fields.name('previous')),
    commit: fields.text('commit'),
    ref: fields.text('ref'),
    actor: fields.text('actor'),
    runUrl: fields.text('run_url'),
    holder: fields.name('holder'),
    startedAt: fields.time('started_at'),
    finishedAt: fields.orNull('finished_at', () => fields.time('finished_at')),
    outcome: fields.orNull('outcome', () => fields.oneOf('outcome', OUTCOMES)),
    rolledBackTo: fields.orNull('rolled_back_to', () => fields.name('rolled_back_to')),
    reason: fields.orNull('reason', () => fields.text('reason')),
  }
  if ((entry.outcome === null) !== (entry.finishedAt === null)) {
    throw damaged(url, `entry ${index + 1} has only one of "finished_at" and "outcome"`)
  }
  return { ...entry, more: fields.rest() }
}

/** Takes known fields out of a record; what is left is unknown. */
class Fields {
  readonly #record: JsonRecord
  readonly #taken = new Set<string>()
  readonly #wrong: (field: string, wanted: string) => ActionError

  constructor(record: JsonRecord, wrong: (field: string, wanted: string) => ActionError) {
    this.#record = record
    this.#wrong = wrong
  }

  text(field: string): string {
    const value = this.#take(field)
    if (typeof value !== 'string') throw this.#wrong(field, 'a text')
    return value
  }

  name(field: string): string {
    const value = this.text(field)
    if (value === '') throw this.#wrong(field, 'a name: it is empty')
    return value
  }

  time(field: string): string {
    const value = this.text(field)
    if (Number.isNaN(Date.parse(value))) throw this.#wrong(field, 'a time')
    return value
  }

  positiveInteger(field: string): number {
    const value = this.#take(field)
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
    throw this.#wrong(field, 'a whole number above 0')
  }

  oneOf<T extends string>(field: string, choices: readonly T[]): T {
    const value = this.#take(field)
    const choice = choices.find((known) => known === value)
    if (choice === undefined) throw this.#wrong(field, `one of ${choices.join(', ')}`)
    return choice
  }

  /** A field that is missing is not null. */
  orNull<T>(field: string, read: () => T): T | null {
    return this.#take(field) === null ? null : read()
  }

  rest(): JsonRecord {
    return Object.fromEntries(
      Object.entries(this.#record).filter(([field]) => !this.#taken.has(field))
    )
  }

  #take(field: string): unknown {
    this.#taken.add(field)
    return this.#record[field]
  }
}

function damaged(url: string, problem: string): ActionError {
  return new ActionError('LEDGER_UNREADABLE', `The ledger ${url} is damaged: ${problem}.`, {
    hint: `Put back an earlier version: \`gcloud storage ls --all-versions ${url}\` lists them, \`gcloud storage cp ${url}#GENERATION ${url}\` restores one. To begin a new history instead, run: gcloud storage mv ${url} ${url}.damaged`,
  })
}

function unknownVersion(url: string, version: number): ActionError {
  return new ActionError(
    'LEDGER_UNREADABLE',
    `The ledger ${url} has format version ${version}; this release of deploy-spot-mig reads version ${VERSION} only.`,
    { hint: 'Use the release of deploy-spot-mig that deployed last, or a newer one.' }
  )
}
