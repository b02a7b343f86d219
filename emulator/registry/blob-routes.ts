import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { parseRange } from '../google/storage/resources.ts'
import { RegistryError } from './errors.ts'
import type { RegistryOptions, RegistryRequest } from './request.ts'

/** `GET` and `HEAD /v2/<name>/blobs/<digest>`, streamed from disk. */
export function serveBlob(request: RegistryRequest, { blobs }: RegistryOptions): Response {
  const { c, repository, reference: digest } = request
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
    throw new RegistryError(405, 'UNSUPPORTED', 'The operation is unsupported.')
  }
  if (!blobs.has(repository, digest)) {
    throw new RegistryError(404, 'BLOB_UNKNOWN', 'blob unknown to registry')
  }
  const size = blobs.sizeOf(digest)
  const range = parseRange(c.req.header('range'), size)
  const { start, end } = range ?? { start: 0, end: size - 1 }
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': String(end - start + 1),
    'docker-content-digest': digest,
    'accept-ranges': 'bytes',
    ...(range && { 'content-range': `bytes ${start}-${end}/${size}` }),
  }
  // Hono answers HEAD by asking for GET and dropping the body; a stream must not be opened for that.
  const isHead = c.env.incoming.method === 'HEAD'
  if (isHead || size === 0) return c.body(null, 200, headers)
  const file = createReadStream(blobs.pathOf(digest), { start, end })
  return c.body(Readable.toWeb(file) as ReadableStream, range ? 206 : 200, headers)
}
