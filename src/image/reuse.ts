import type { GoogleClient } from '../google/client.ts'
import { type ImageRepository, parseSourceTag, sourceTag } from './reference.ts'
import { findDigest, listTags } from './registry.ts'

/** An image in the registry that the same source gave. */
export interface KnownImage {
  readonly digest: string
  readonly builtAtMs: number
  /** Never negative: a clock that goes ahead makes an image new, not of the future. */
  readonly ageMs: number
}

/** How far the clock of the machine that built may go ahead of ours. */
const MAX_AHEAD_MS = 5 * 60_000

/**
 * The newest image of that address, however old, that is still in the registry; undefined where
 * there is none, or no repository yet.
 *
 * @throws ActionError GCP_*
 */
export async function findLatest(
  google: GoogleClient,
  repository: ImageRepository,
  { address, nowMs }: { readonly address: string; readonly nowMs: number }
): Promise<KnownImage | undefined> {
  const times = (await listTags(google, repository))
    .flatMap((tag) => parseSourceTag(address, tag) ?? [])
    // One from further ahead would stay fresh for as long as its clock was wrong.
    .filter((builtAtMs) => builtAtMs - nowMs <= MAX_AHEAD_MS)
    .sort((a, b) => b - a)
  // A cleanup may have taken a manifest and left its tag in the list for a while.
  for (const builtAtMs of times) {
    const digest = await findDigest(google, repository, sourceTag(address, builtAtMs))
    if (digest === undefined) continue
    return { digest, builtAtMs, ageMs: Math.max(0, nowMs - builtAtMs) }
  }
  return undefined
}
