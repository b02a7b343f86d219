import { ActionError } from '../errors.ts'
import type { GoogleAnswer, GoogleClient } from '../google/client.ts'
import { asRecord, asText } from '../lib/json.ts'
import { digestOf, type ImageRepository, repositoryOf } from './reference.ts'

/** A manifest as the registry knows it. */
export interface RemoteManifest {
  readonly digest: string
  /** Digest of the image's configuration; empty for an index of several platforms. */
  readonly configDigest: string
}

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  OCI_MANIFEST,
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]

/**
 * Looks a tag or digest up (https://distribution.github.io/distribution/spec/api/); undefined when
 * the image, or the repository itself, is not there yet.
 */
export async function findManifest(
  google: GoogleClient,
  repository: ImageRepository,
  reference: string
): Promise<RemoteManifest | undefined> {
  const answer = await fetchManifest(google, repository, reference)
  const digest = answer.headers['docker-content-digest']
  if (answer.status === 404 || digest === undefined) return undefined
  return { digest, configDigest: asText(asRecord(asRecord(answer.json)['config'])['digest']) }
}

/**
 * Gives an image that is in the registry one more tag; the same tag again changes nothing.
 *
 * @throws ActionError IMAGE_MISSING when the registry does not have the digest
 */
export async function tagManifest(
  google: GoogleClient,
  reference: string,
  tag: string
): Promise<void> {
  const repository = repositoryOf(reference)
  const answer = await fetchManifest(google, repository, digestOf(reference))
  if (answer.status === 404) {
    throw new ActionError('IMAGE_MISSING', `The image ${reference} is not in the registry.`, {
      hint: 'Somebody may have deleted it: run the job again, which builds and pushes it anew.',
    })
  }
  await google.request({
    service: 'registry',
    method: 'PUT',
    path: `v2/${repository.path}/manifests/${tag}`,
    headers: { 'content-type': answer.headers['content-type'] ?? OCI_MANIFEST },
    body: answer.text,
    purpose: `tag ${repository.path} with ${tag}`,
  })
}

function fetchManifest(
  google: GoogleClient,
  { path }: ImageRepository,
  reference: string
): Promise<GoogleAnswer> {
  return google.request({
    service: 'registry',
    method: 'GET',
    path: `v2/${path}/manifests/${reference}`,
    headers: { accept: MANIFEST_TYPES.join(', ') },
    purpose: `look up ${path}:${reference}`,
    accept: [404],
  })
}
