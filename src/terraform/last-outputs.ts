import type { ObjectStore } from '../google/object-store.ts'
import { asRecord, type JsonRecord, parseJson } from '../lib/json.ts'
import { outputValues } from './plan.ts'

/** The backend's own name for it: https://developer.hashicorp.com/terraform/language/backend/gcs */
export function stateName(prefix: string): string {
  return `${prefix}/default.tfstate`
}

/**
 * The root outputs that the last apply left, read from the state itself: long before terraform is
 * ready to tell them. Empty before the first apply, and where the state cannot be read as such.
 *
 * @throws ActionError GCP_* as `ObjectStore.read` does
 */
export async function readLastOutputs(store: ObjectStore, prefix: string): Promise<JsonRecord> {
  const state = await store.read(stateName(prefix))
  return outputValues(asRecord(asRecord(parseJson(state?.text ?? '')).outputs))
}
