import { RegistryError } from './errors.ts'
import { digestOfBytes, type Manifest, parseReferences } from './images.ts'
import type { RegistryOptions, RegistryRequest } from './request.ts'

const MAX_MANIFEST_BYTES = 4 * 1024 * 1024
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/

/** `/v2/<name>/manifests/<tag or digest>`. */
export async function serveManifest(
  request: RegistryRequest,
  options: RegistryOptions
): Promise<Response> {
  switch (request.c.req.method) {
    case 'GET':
    case 'HEAD':
      return readManifest(request, options)
    case 'PUT':
      return putManifest(request, options)
    case 'DELETE':
      return deleteManifest(request, options)
    default:
      throw new RegistryError(405, 'UNSUPPORTED', 'The operation is unsupported.')
  }
}

function readManifest(
  { c, name, reference }: RegistryRequest,
  { images }: RegistryOptions
): Response {
  const manifest = images.find(name, reference)
  if (!manifest) throw manifestUnknown(reference)
  return c.body(new Uint8Array(manifest.bytes), 200, {
    'content-type': manifest.mediaType,
    'content-length': String(manifest.bytes.length),
    'docker-content-digest': manifest.digest,
    etag: `"${manifest.digest}"`,
  })
}

async function putManifest(request: RegistryRequest, options: RegistryOptions): Promise<Response> {
  const { c, name, reference } = request
  const bytes = Buffer.from(await c.req.arrayBuffer())
  if (bytes.length > MAX_MANIFEST_BYTES) {
    throw new RegistryError(400, 'MANIFEST_INVALID', 'manifest too large')
  }
  requireReferences(request, options, bytes)
  const isDigest = reference.includes(':')
  if (!isDigest && !TAG.test(reference)) {
    throw new RegistryError(400, 'TAG_INVALID', 'manifest tag did not match URI')
  }
  // Checked before anything is kept: a slip must not touch the manifest that has these bytes.
  if (isDigest && reference !== digestOfBytes(bytes)) {
    throw new RegistryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content')
  }
  const mediaType = c.req.header('content-type') ?? 'application/vnd.oci.image.manifest.v1+json'
  const manifest = options.images.put(name, mediaType, bytes, (digest) =>
    options.blobs.sizeOf(digest)
  )
  if (!isDigest) options.images.tag(name, reference, manifest.digest)
  return created(request, manifest)
}

/** A manifest may only name what has been pushed before it. */
function requireReferences(
  { name, repository }: RegistryRequest,
  { blobs, images }: RegistryOptions,
  bytes: Buffer
): void {
  const references = parseReferences(bytes)
  const missing =
    references.blobs.find((digest) => !blobs.has(repository, digest)) ??
    references.manifests.find((digest) => !images.find(name, digest))
  if (missing === undefined) return
  throw new RegistryError(404, 'MANIFEST_BLOB_UNKNOWN', `blob unknown to registry: ${missing}`)
}

function deleteManifest(
  { c, name, reference }: RegistryRequest,
  { images }: RegistryOptions
): Response {
  const isDigest = reference.includes(':')
  const gone = isDigest ? images.delete(name, reference) : images.untag(name, reference)
  if (!gone) throw manifestUnknown(reference)
  return c.body(null, 202)
}

function created({ c, name }: RegistryRequest, { digest }: Manifest): Response {
  return c.body(null, 201, {
    location: `/v2/${name}/manifests/${digest}`,
    'docker-content-digest': digest,
  })
}

function manifestUnknown(reference: string): RegistryError {
  return new RegistryError(404, 'MANIFEST_UNKNOWN', `Failed to fetch "${reference}"`)
}

/** `/v2/<name>/tags/list`, in pages of `n` after `last`. */
export function serveTags({ c, name }: RegistryRequest, { images }: RegistryOptions): Response {
  const last = c.req.query('last') ?? ''
  const tags = [...images.tagsOf(name).keys()].sort().filter((tag) => tag > last)
  const limit = Number(c.req.query('n') ?? tags.length)
  const page = tags.slice(0, limit)
  if (page.length < tags.length) {
    const query = new URLSearchParams({ n: String(limit), last: page.at(-1) ?? '' })
    c.header('link', `</v2/${name}/tags/list?${query}>; rel="next"`)
  }
  return c.json({ name, tags: page })
}
