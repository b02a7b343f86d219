import type { Mutant } from './mutant.ts'

const LEASE = 'src/release/ledger/lease.ts'
const RECORD = 'src/release/ledger/lock-record.ts'

/** Bugs in the ledger, the deploy lock, and the objects below them. */
export const LEDGER_MUTANTS: readonly Mutant[] = [
  {
    name: 'a-dead-run-keeps-its-lock-for-ever',
    file: RECORD,
    find: 'export const STALE_AFTER_MS = 180_000',
    replace: 'export const STALE_AFTER_MS = 180_000_000',
  },
  {
    name: 'a-living-run-loses-its-lock',
    file: 'src/release/ledger/deploy-lock.ts',
    find: 'return isOurs || ageMsOf(found) >= STALE_AFTER_MS ? found.generation : undefined',
    replace: 'return isOurs || ageMsOf(found) >= 20_000 ? found.generation : undefined',
  },
  {
    name: 'the-lock-is-written-over',
    file: 'src/google/object-store.ts',
    find: "query: { uploadType: 'multipart', ifGenerationMatch: ifGeneration, fields: 'generation' },",
    replace: "query: { uploadType: 'multipart', fields: 'generation' },",
  },
  {
    name: 'the-lock-stays-behind',
    file: LEASE,
    find: 'while (generation !== undefined) {',
    replace: 'while (generation === undefined) {',
  },
  {
    name: 'the-lock-is-not-renewed',
    file: LEASE,
    find: 'const RENEW_EVERY_MS = 60_000',
    replace: 'const RENEW_EVERY_MS = 6_000_000',
  },
  {
    name: 'the-lock-is-renewed-without-end',
    file: LEASE,
    find: 'generation: written.generation, confirmedAtMs }',
    replace: 'generation: written.generation }',
  },
  {
    name: 'the-oldest-entry-is-dropped',
    file: 'src/release/ledger/ledger.ts',
    find: 'entries: [...ledger.entries, opened]',
    replace: 'entries: [...ledger.entries.slice(-1), opened]',
  },
  {
    name: 'all-open-attempts-are-closed-alike',
    file: 'src/release/ledger/ledger.ts',
    find: 'ledger.entries.map((known) => (known === entry ? closed : known))',
    replace: 'ledger.entries.map((known) => ({ ...known, outcome: closed.outcome, finishedAt }))',
  },
]
