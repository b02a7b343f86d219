import { ActionError } from '../errors.ts'
import type { GoogleClient } from '../google/client.ts'
import { asList, asRecord, asText, parseJson } from '../lib/json.ts'
import { copyHint, type ExistingImage } from './existing.ts'
import { type ImageRepository, renderDigestReference } from './reference.ts'
import { fetchManifest } from './registry.ts'

/**
 * Brings an image of another repository into that of this service, under the same digest and without
 * moving its bytes: the registry links the blobs. Does nothing for one that is there.
 *
 * @throws ActionError IMAGE_REFERENCE when the registry will not link, IMAGE_MISSING, GCP_*
 */
export async function bringHome(
  google: GoogleClient,
  { digest, source }: ExistingImage,
  home: ImageRepository
): Promise<void> {
  if (home.path === source.path) return
  const written = renderDigestReference(source, digest)
  await copyManifest(google, digest, { source, target: home, written })
}

interface Journey {
  readonly source: ImageRepository
  readonly target: ImageRepository
  readonly written: string
}

/** What a manifest names comes before it: the registry takes none whose parts it does not have. */
async function copyManifest(google: GoogleClient, digest: string, journey: Journey): Promise<void> {
  const { source, target, written } = journey
  const { status, text, headers } = await fetchManifest(google, source, { reference: digest })
  if (status === 404) {
    throw new ActionError('IMAGE_MISSING', `A part of the image ${written} is gone: ${digest}.`)
  }
  const { config, layers, manifests } = asRecord(parseJson(text))
  await Promise.all(digestsIn(manifests).map((child) => copyManifest(google, child, journey)))
  await Promise.all(
    digestsIn([config, ...asList(layers)]).map((blob) => mountBlob(google, blob, journey))
  )
  await google.request({
    service: 'registry',
    method: 'PUT',
    path: `v2/${target.path}/manifests/${digest}`,
    headers: { 'content-type': headers['content-type'] ?? '' },
    body: text,
    purpose: `bring ${digest} into ${target.path}`,
  })
}

async function mountBlob(
  google: GoogleClient,
  digest: string,
  { source, target, written }: Journey
): Promise<void> {
  const { status } = await google.request({
    service: 'registry',
    method: 'POST',
    path: `v2/${target.path}/blobs/uploads/`,
    query: { mount: digest, from: source.path },
    purpose: `link ${digest} into ${target.path}`,
  })
  // 202 begins an upload instead: the registry wants the bytes.
  if (status === 201) return
  throw new ActionError(
    'IMAGE_REFERENCE',
    `The registry does not share the layers of ${source.path} with ${target.path}.`,
    { hint: copyHint(written, target) }
  )
}

/** Layers that live elsewhere (with `urls`) are no part of a registry. */
function digestsIn(list: unknown): readonly string[] {
  return asList(list).flatMap((entry) => {
    const { digest, urls } = asRecord(entry)
    return asText(digest) === '' || urls !== undefined ? [] : [asText(digest)]
  })
}
