import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { GoogleError } from '../errors.ts'
import {
  type GoogleContext,
  type GoogleEnv,
  isObject,
  type JsonObject,
  readJson,
  textOf,
} from '../route.ts'
import { parseMultipart } from './multipart.ts'
import { describeObject, preconditionsOf } from './resources.ts'
import type { ObjectStore, Preconditions } from './store.ts'

interface ResumableUpload {
  readonly bucket: string
  readonly name: string
  readonly contentType: string
  readonly fields: JsonObject
  readonly preconditions: Preconditions
  readonly received: Buffer
}

/** The upload half of Cloud Storage: media, multipart and resumable. */
export function createUploads(store: ObjectStore, url: () => string): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  const sessions = new Map<string, ResumableUpload>()

  routes.post('/b/:bucket/o', async (c) => {
    store.bucket(c.req.param('bucket'))
    const kind = c.req.query('uploadType')
    if (kind === 'multipart') return c.json(await putMultipart(c, store, url()))
    if (kind === 'media') return c.json(await putMedia(c, store, url()))
    if (kind !== 'resumable') throw new GoogleError(400, `Unknown upload type: ${kind ?? ''}`)
    const id = randomUUID()
    sessions.set(id, await openSession(c))
    const query = new URLSearchParams({ uploadType: 'resumable', upload_id: id })
    return c.body(null, 200, {
      location: `${url()}${c.req.path}?${query}`,
      'x-guploader-uploadid': id,
    })
  })

  routes.put('/b/:bucket/o', async (c) => {
    const id = c.req.query('upload_id') ?? ''
    const session = sessions.get(id)
    if (!session) throw new GoogleError(404, 'The upload session was not found.')
    const next = await receive(c, session)
    if (!next.complete) {
      sessions.set(id, next.session)
      const last = next.session.received.length - 1
      return c.body(null, 308, last >= 0 ? { range: `bytes=0-${last}` } : {})
    }
    sessions.delete(id)
    const { bucket, name, contentType, fields, preconditions, received } = next.session
    const wanted = { data: received, contentType, fields }
    return c.json(describeObject(url(), store.put(bucket, name, wanted, preconditions)))
  })
  return routes
}

async function putMedia(c: GoogleContext, store: ObjectStore, url: string): Promise<JsonObject> {
  const wanted = {
    data: Buffer.from(await c.req.arrayBuffer()),
    contentType: c.req.header('content-type') ?? 'application/octet-stream',
    fields: {},
  }
  const bucket = c.req.param('bucket') ?? ''
  const object = store.put(bucket, c.req.query('name') ?? '', wanted, preconditionsOf(c))
  return describeObject(url, object)
}

async function putMultipart(
  c: GoogleContext,
  store: ObjectStore,
  url: string
): Promise<JsonObject> {
  const body = Buffer.from(await c.req.arrayBuffer())
  const [head, media] = parseMultipart(c.req.header('content-type') ?? '', body)
  if (!head || !media) throw new GoogleError(400, 'A multipart upload must have two parts.')
  const resource = parseResource(head.body.toString())
  const { name, contentType, ...fields } = resource
  const wanted = {
    data: media.body,
    contentType: typeof contentType === 'string' ? contentType : media.contentType,
    fields: writable(fields),
  }
  const objectName = c.req.query('name') ?? (typeof name === 'string' ? name : '')
  return describeObject(
    url,
    store.put(c.req.param('bucket') ?? '', objectName, wanted, preconditionsOf(c))
  )
}

async function openSession(c: GoogleContext): Promise<ResumableUpload> {
  const { name, contentType, ...fields } = await readJson(c)
  const declared = typeof contentType === 'string' ? contentType : undefined
  return {
    bucket: c.req.param('bucket') ?? '',
    name: c.req.query('name') ?? (typeof name === 'string' ? name : ''),
    contentType: declared ?? c.req.header('x-upload-content-type') ?? 'application/octet-stream',
    fields: writable(fields),
    preconditions: preconditionsOf(c),
    received: Buffer.alloc(0),
  }
}

/** `bytes 0-99/*` is a chunk of more to come, `bytes 0-99/100` the last one, `bytes * /N` asks how far it is. */
async function receive(c: GoogleContext, session: ResumableUpload): Promise<Received> {
  const data = Buffer.from(await c.req.arrayBuffer())
  const range = c.req.header('content-range')
  const [, start, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(range ?? '') ?? []
  const offset = start === undefined ? session.received.length : Number(start)
  if (offset > session.received.length)
    throw new GoogleError(400, 'Upload chunks must follow each other.')
  const received = Buffer.concat([session.received.subarray(0, offset), data])
  const complete = range === undefined || String(received.length) === total
  return { complete, session: { ...session, received } }
}

interface Received {
  readonly complete: boolean
  readonly session: ResumableUpload
}

function parseResource(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    throw new GoogleError(400, 'The first part of a multipart upload must be JSON.')
  }
}

const WRITABLE = ['cacheControl', 'contentDisposition', 'contentEncoding', 'contentLanguage']

function writable(fields: JsonObject): JsonObject {
  const kept = WRITABLE.map((field) => [field, textOf(fields, field)] as const)
  const metadata = fields['metadata']
  return {
    ...Object.fromEntries(kept.filter(([, value]) => value !== undefined)),
    ...(isObject(metadata) && { metadata }),
  }
}
