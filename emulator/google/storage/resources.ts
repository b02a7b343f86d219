import type { Context } from 'hono'
import { GoogleError } from '../errors.ts'
import { type JsonObject, textOf } from '../route.ts'
import type { Bucket, Preconditions, StoredObject } from './store.ts'

/** The bucket as the JSON API answers it. */
export function describeBucket(url: string, projectNumber: string, bucket: Bucket): JsonObject {
  const location = textOf(bucket.fields, 'location')?.toUpperCase() ?? 'US'
  return {
    kind: 'storage#bucket',
    locationType: location.includes('-') ? 'region' : 'multi-region',
    storageClass: 'STANDARD',
    iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
    ...bucket.fields,
    location,
    id: bucket.name,
    name: bucket.name,
    selfLink: `${url}/storage/v1/b/${bucket.name}`,
    projectNumber,
    metageneration: '1',
    timeCreated: bucket.createTime,
    updated: bucket.createTime,
    etag: 'CAE=',
  }
}

/** The object as the JSON API answers it. Numbers are texts there, because they outgrow a double. */
export function describeObject(url: string, object: StoredObject): JsonObject {
  const path = `b/${object.bucket}/o/${encodeURIComponent(object.name)}`
  return {
    ...object.fields,
    kind: 'storage#object',
    id: `${object.bucket}/${object.name}/${object.generation}`,
    selfLink: `${url}/storage/v1/${path}`,
    mediaLink: `${url}/download/storage/v1/${path}?generation=${object.generation}&alt=media`,
    name: object.name,
    bucket: object.bucket,
    generation: object.generation,
    metageneration: String(object.metageneration),
    contentType: object.contentType,
    storageClass: 'STANDARD',
    size: String(object.data.length),
    md5Hash: object.md5Hash,
    crc32c: object.crc32c,
    etag: etagOf(object),
    timeCreated: object.createTime,
    updated: object.updateTime,
    ...(object.deleteTime !== undefined && { timeDeleted: object.deleteTime }),
  }
}

/** The object's bytes, whole or the range asked for, with the checksums that clients verify. */
export function mediaResponse(c: Context, object: StoredObject): Response {
  const headers = {
    'content-type': object.contentType,
    'x-goog-generation': object.generation,
    'x-goog-metageneration': String(object.metageneration),
    'x-goog-hash': `crc32c=${object.crc32c},md5=${object.md5Hash}`,
    'x-goog-stored-content-length': String(object.data.length),
    'x-goog-stored-content-encoding': 'identity',
    'x-goog-storage-class': 'STANDARD',
    'last-modified': new Date(object.updateTime).toUTCString(),
    etag: etagOf(object),
    'accept-ranges': 'bytes',
  }
  const range = parseRange(c.req.header('range'), object.data.length)
  if (!range) return c.body(new Uint8Array(object.data), 200, headers)
  const part = new Uint8Array(object.data.subarray(range.start, range.end + 1))
  const contentRange = `bytes ${range.start}-${range.end}/${object.data.length}`
  return c.body(part, 206, { ...headers, 'content-range': contentRange })
}

export interface ByteRange {
  readonly start: number
  /** The last byte that belongs to the range. */
  readonly end: number
}

/** One range of a Range header; undefined when there is none. @throws GoogleError 416 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (start <= end) return { start, end }
  throw new GoogleError(416, 'The requested range cannot be satisfied.', {
    reason: 'requestedRangeNotSatisfiable',
  })
}

/** 304 when a reader says that it has just this generation or metageneration already. */
export function notModified(c: Context, object: StoredObject): Response | undefined {
  const { generationNotMatch, metagenerationNotMatch } = preconditionsOf(c)
  const known =
    generationNotMatch === object.generation ||
    metagenerationNotMatch === String(object.metageneration)
  return known ? c.body(null, 304, { etag: etagOf(object) }) : undefined
}

/** Reads the preconditions of a request from its query. */
export function preconditionsOf(c: Context): Preconditions {
  return {
    generation: c.req.query('generation') || undefined,
    generationMatch: c.req.query('ifGenerationMatch'),
    generationNotMatch: c.req.query('ifGenerationNotMatch'),
    metagenerationMatch: c.req.query('ifMetagenerationMatch'),
    metagenerationNotMatch: c.req.query('ifMetagenerationNotMatch'),
  }
}

function etagOf(object: StoredObject): string {
  return Buffer.from(`${object.generation}/${object.metageneration}`).toString('base64')
}
