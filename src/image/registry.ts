import { ActionError } from '../errors.ts'
import type { GoogleAnswer, GoogleClient } from '../google/client.ts'
import { asList, asRecord, asText } from '../lib/json.ts'
import { digestOf, type ImageRepository, repositoryOf } from './reference.ts'

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
/** What an image may be: one manifest, or a list of several. */
export const MANIFEST_TYPES: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  OCI_MANIFEST,
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]

/**
 * The digest behind a tag or digest (https://distribution.github.io/distribution/spec/api/);
 * undefined when the image, or the repository itself, is not there yet.
 */
export async function findDigest(
  google: GoogleClient,
  repository: ImageRepository,
  reference: string
): Promise<string | undefined> {
  const answer = await fetchManifest(google, repository, { reference })
  return answer.status === 404 ? undefined : answer.headers['docker-content-digest']
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
  const answer = await fetchManifest(google, repository, { reference: digestOf(reference) })
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

/** The registry's whole answer to a tag or digest; 404 is one, and so are the statuses to accept. */
export function fetchManifest(
  google: GoogleClient,
  { path }: ImageRepository,
  { reference, accept = [] }: { readonly reference: string; readonly accept?: readonly number[] }
): Promise<GoogleAnswer> {
  return google.request({
    service: 'registry',
    method: 'GET',
    path: `v2/${path}/manifests/${reference}`,
    headers: { accept: MANIFEST_TYPES.join(', ') },
    purpose: `look up ${path}:${reference}`,
    accept: [404, ...accept],
  })
}

// The most that Artifact Registry gives at once; whether it says where more are is not documented
// (https://github.com/google/go-containerregistry/issues/1643). Without the rest there is one build more.
const TAGS_PER_PAGE = '10000'
const MAX_PAGES = 100

/**
 * All tags of an image; none where the image or its repository is not there, or may not be read
 * yet: before the first apply the API may be off, and later the push says what is missing.
 */
export async function listTags(
  google: GoogleClient,
  { path }: ImageRepository
): Promise<readonly string[]> {
  const tags: string[] = []
  let query: Readonly<Record<string, string>> | undefined = { n: TAGS_PER_PAGE }
  for (let page = 0; query !== undefined && page < MAX_PAGES; page++) {
    const answer: GoogleAnswer = await google.request({
      service: 'registry',
      method: 'GET',
      path: `v2/${path}/tags/list`,
      query,
      purpose: `list the tags of ${path}`,
      accept: [403, 404],
    })
    if (answer.status >= 400) return []
    tags.push(...asList(asRecord(answer.json)['tags']).map(asText))
    query = nextPage(answer.headers['link'])
  }
  return tags
}

// Only the query is followed: the token must not go where a header says.
function nextPage(link: string | undefined): Readonly<Record<string, string>> | undefined {
  const [, target] = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(link ?? '') ?? []
  if (target === undefined) return undefined
  return Object.fromEntries(new URL(target, 'https://registry.invalid').searchParams)
}
