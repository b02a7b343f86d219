import { abortable } from '../lib/abortable.ts'
import type { GoogleClient } from './client.ts'

const PAUSE_MS = 10_000

/**
 * Reads from the bucket again and again until `signal` aborts, so that one that is missing, closed
 * or out of reach shows in Google's own words. Terraform's backend would try for ever and say
 * nothing (it retries 503 and refused connections without end).
 *
 * @throws ActionError GCP_REQUEST_FAILED, GCP_UNREACHABLE; the signal's reason when it aborts
 */
export async function watchBucket(
  google: GoogleClient,
  bucket: string,
  signal: AbortSignal
): Promise<never> {
  for (;;) {
    await abortable(signal, () =>
      google.request({
        service: 'storage',
        method: 'GET',
        path: `b/${bucket}/o`,
        query: { maxResults: '1', fields: 'kind' },
        purpose: `read the state bucket ${bucket}`,
      })
    )
    await google.clock.sleep(PAUSE_MS, signal)
  }
}
