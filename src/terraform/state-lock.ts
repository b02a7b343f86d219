import type { ObjectStore } from '../google/object-store.ts'
import { asRecord, asText, parseJson } from '../lib/json.ts'
import type { Diagnostic } from './ui-stream.ts'

/** The backend's own name for it: https://developer.hashicorp.com/terraform/language/backend/gcs */
export function stateLockName(prefix: string): string {
  return `${prefix}/default.tflock`
}

/** The state lock as terraform wrote it; a field that it does not tell is empty. */
export interface StateLock {
  readonly who: string
  readonly operation: string
  /** ISO 8601. */
  readonly since: string
  /** gs:// address. */
  readonly url: string
}

/** Undefined when nobody holds it. @throws ActionError GCP_* */
export async function readStateLock(
  store: ObjectStore,
  prefix: string
): Promise<StateLock | undefined> {
  const name = stateLockName(prefix)
  const found = await store.read(name)
  if (found === undefined) return undefined
  const lock = asRecord(parseJson(found.text))
  return {
    who: asText(lock['Who']),
    operation: asText(lock['Operation']),
    since: asText(lock['Created']),
    url: store.url(name),
  }
}

/** A warning that says who holds the state lock, since when, and how to free it; undefined when nobody does. */
export async function findStateLock(
  store: ObjectStore,
  prefix: string
): Promise<Diagnostic | undefined> {
  const lock = await readStateLock(store, prefix)
  if (lock === undefined) return undefined
  const holder = `${lock.who || 'Somebody'} holds it since ${lock.since || 'some time'}`
  return {
    severity: 'warning',
    summary: 'The state is locked: what is under way may change this plan',
    detail: `${holder} (${lock.operation || 'unknown operation'}). If that run is no more, free it with: gcloud storage rm ${lock.url}`,
    address: '',
    file: '',
    line: 0,
  }
}
