import type { ObjectStore } from '../google/object-store.ts'
import { asRecord, asText, parseJson } from '../lib/json.ts'
import type { Diagnostic } from './ui-stream.ts'

/** The backend's own name for it: https://developer.hashicorp.com/terraform/language/backend/gcs */
export function stateLockName(prefix: string): string {
  return `${prefix}/default.tflock`
}

/** A warning that says who holds the state lock, since when, and how to free it; undefined when nobody does. */
export async function findStateLock(
  store: ObjectStore,
  prefix: string
): Promise<Diagnostic | undefined> {
  const name = stateLockName(prefix)
  const found = await store.read(name)
  if (found === undefined) return undefined
  const lock = asRecord(parseJson(found.text))
  const holder = `${asText(lock['Who']) || 'Somebody'} holds it since ${asText(lock['Created']) || 'some time'}`
  return {
    severity: 'warning',
    summary: 'The state is locked: what is under way may change this plan',
    detail: `${holder} (${asText(lock['Operation']) || 'unknown operation'}). If that run is no more, free it with: gcloud storage rm ${store.url(name)}`,
    address: '',
    file: '',
    line: 0,
  }
}
