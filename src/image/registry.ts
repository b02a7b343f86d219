import type { GoogleClient } from '../google/client.ts'
import { asRecord, asText } from '../lib/json.ts'
import type { ImageRepository } from './reference.ts'

/** A manifest as the registry knows it. */
export interface RemoteManifest {
  readonly digest: string
  /** Digest of the image's configuration; empty for an index of several platforms. */
  readonly configDigest: string
}

const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

/**
 * Looks a tag or digest up (https://distribution.github.io/distribution/spec/api/); undefined when
 * the image, or the repository itself, is not there yet.
 */
export async function findManifest(
  google: GoogleClient,
  repository: ImageRepository,
  reference: string
): Promise<RemoteManifest | undefined> {
  const answer = await google.request({
    service: 'registry',
    method: 'GET',
    path: `v2/${repository.path}/manifests/${reference}`,
    headers: { accept: MANIFEST_TYPES },
    purpose: `look up ${repository.path}:${reference}`,
    accept: [404],
  })
  const digest = answer.headers['docker-content-digest']
  if (answer.status === 404 || digest === undefined) return undefined
  return { digest, configDigest: asText(asRecord(asRecord(answer.json)['config'])['digest']) }
}
