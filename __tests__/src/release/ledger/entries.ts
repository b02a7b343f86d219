import {
  closeEntry,
  EMPTY_LEDGER,
  type Ledger,
  type NewEntry,
  type Outcome,
  openEntry,
} from '../../../../src/release/ledger/ledger.ts'

export const STARTED_AT = '2026-11-23T00:00:00.000Z'
export const FINISHED_AT = '2026-11-23T00:01:00.000Z'

export function anEntry(change: Partial<NewEntry> = {}): NewEntry {
  const release = change.release ?? 'a1b2c3d4e5f6'
  return {
    kind: 'deploy',
    release,
    template: `mervis-${release}`,
    image: `europe-west1-docker.pkg.dev/mervis-demo/mervis/mervis@sha256:${release}`,
    previous: null,
    commit: 'c0ffee',
    ref: 'refs/heads/main',
    actor: 'octocat',
    runUrl: 'https://github.com/mervis/mervis/actions/runs/7',
    holder: 'run-7',
    ...change,
  }
}

/** A ledger of attempts, told as `release outcome`; an attempt without an outcome is open. */
export function aLedger(...attempts: readonly string[]): Ledger {
  return attempts.reduce((ledger, attempt) => {
    const [release = '', outcome] = attempt.split(' ')
    const opened = openEntry(ledger, anEntry({ release }), STARTED_AT)
    if (outcome === undefined) return opened
    const number = opened.entries.length
    return closeEntry(opened, number, { outcome: outcome as Outcome, finishedAt: FINISHED_AT })
  }, EMPTY_LEDGER)
}
