import { type Context, Hono } from 'hono'
import type { Access } from '../iam/access.ts'
import { permissionDenied } from '../iam/permissions.ts'
import type { Policies } from '../iam/policies.ts'
import type { Project } from '../project.ts'
import { type GoogleContext, type GoogleEnv, type JsonObject, pageOf, readJson } from '../route.ts'
import {
  describeBucket,
  describeObject,
  mediaResponse,
  notModified,
  preconditionsOf,
} from './resources.ts'
import type { ObjectStore, StoredObject } from './store.ts'
import { createUploads } from './uploads.ts'

export interface StorageOptions {
  readonly project: Project
  readonly store: ObjectStore
  readonly policies: Policies
  readonly access: Access
  readonly url: () => string
}

/** Cloud Storage: the JSON API, its upload and download paths, and reads through the XML API. */
export interface Storage {
  readonly json: Hono<GoogleEnv>
  readonly upload: Hono<GoogleEnv>
  readonly download: Hono<GoogleEnv>
  readonly xml: Hono<GoogleEnv>
}

export function createStorage(options: StorageOptions): Storage {
  const json = new Hono<GoogleEnv>()
  addBucketRoutes(json, options)
  addPolicyRoutes(json, options)
  addObjectRoutes(json, options)
  const download = new Hono<GoogleEnv>()
  download.get('/b/:bucket/o/:object', (c) => {
    const object = readable(c, options.store)
    return notModified(c, object) ?? mediaResponse(c, object)
  })
  return {
    json,
    upload: createUploads(options.store, options.url),
    download,
    xml: createXmlReads(options),
  }
}

function addBucketRoutes(
  routes: Hono<GoogleEnv>,
  { store, project, policies, url }: StorageOptions
): void {
  const describe = (name: string): JsonObject =>
    describeBucket(url(), project.number, store.bucket(name))
  routes.get('/b', (c) => {
    const prefix = c.req.query('prefix') ?? ''
    const names = store.buckets().map((bucket) => bucket.name)
    const { items, nextPageToken } = pageOf(
      c,
      names.filter((name) => name.startsWith(prefix)),
      1000
    )
    return c.json({
      kind: 'storage#buckets',
      items: items.map(describe),
      ...(nextPageToken && { nextPageToken }),
    })
  })
  routes.post('/b', async (c) => {
    const { name, ...fields } = await readJson(c)
    const bucket = store.createBucket(typeof name === 'string' ? name : '', fields)
    return c.json(describe(bucket.name))
  })
  routes.get('/b/:bucket', (c) => c.json(describe(c.req.param('bucket'))))
  routes.patch('/b/:bucket', async (c) => {
    store.updateBucket(c.req.param('bucket'), await readJson(c))
    return c.json(describe(c.req.param('bucket')))
  })
  routes.delete('/b/:bucket', (c) => {
    store.deleteBucket(c.req.param('bucket'))
    policies.delete(`b/${c.req.param('bucket')}`)
    return c.body(null, 204)
  })
}

/** Storage has its own paths for policies, and the body is the policy itself. */
function addPolicyRoutes(
  routes: Hono<GoogleEnv>,
  { store, policies, access }: StorageOptions
): void {
  const resource = (c: GoogleContext): string => {
    const { name } = store.bucket(c.req.param('bucket') ?? '')
    return `b/${name}`
  }
  routes.get('/b/:bucket/iam', (c) =>
    c.json({ kind: 'storage#policy', ...policies.get(resource(c)) })
  )
  routes.put('/b/:bucket/iam', async (c) =>
    c.json({ kind: 'storage#policy', ...policies.set(resource(c), await readJson(c)) })
  )
  routes.get('/b/:bucket/iam/testPermissions', (c) => {
    const asked = c.req.queries('permissions') ?? []
    const held = asked.filter((name) => access.holds(c.get('member'), name, resource(c)))
    return c.json({
      kind: 'storage#testIamPermissionsResponse',
      ...(held.length > 0 && { permissions: held }),
    })
  })
}

function addObjectRoutes(routes: Hono<GoogleEnv>, { store, url }: StorageOptions): void {
  routes.get('/b/:bucket/o', (c) => c.json(listObjects(c, store, url())))
  routes.get('/b/:bucket/o/:object', (c) => {
    const object = readable(c, store)
    const unchanged = notModified(c, object)
    if (unchanged) return unchanged
    if (c.req.query('alt') === 'media') return mediaResponse(c, object)
    return c.json(describeObject(url(), object))
  })
  routes.patch('/b/:bucket/o/:object', async (c) => {
    const { bucket, object } = c.req.param()
    const fields = await readJson(c)
    const changed = store.patch(store.get(bucket, object, preconditionsOf(c)), fields)
    return c.json(describeObject(url(), changed))
  })
  routes.delete('/b/:bucket/o/:object', (c) => {
    const { bucket, object } = c.req.param()
    store.delete(bucket, object, preconditionsOf(c))
    return c.body(null, 204)
  })
}

/** The object of a read. What a reader has already is no failed precondition, see notModified. */
function readable(c: Context, store: ObjectStore): StoredObject {
  const { generation, generationMatch, metagenerationMatch } = preconditionsOf(c)
  const wanted = { generation, generationMatch, metagenerationMatch }
  return store.get(c.req.param('bucket') ?? '', c.req.param('object') ?? '', wanted)
}

function listObjects(c: GoogleContext, store: ObjectStore, url: string): JsonObject {
  const prefix = c.req.query('prefix') ?? ''
  const delimiter = c.req.query('delimiter') ?? ''
  const found = store
    .list(c.req.param('bucket') ?? '', c.req.query('versions') === 'true')
    .filter(({ name }) => name.startsWith(prefix))
  const folderOf = ({ name }: StoredObject): string | undefined => {
    const at = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length)
    return at < 0 ? undefined : name.slice(0, at + delimiter.length)
  }
  const folders = found.map(folderOf).filter((folder) => folder !== undefined)
  const flat = found.filter((object) => folderOf(object) === undefined)
  const { items, nextPageToken } = pageOf(c, flat, 1000)
  return {
    kind: 'storage#objects',
    ...(items.length > 0 && { items: items.map((object) => describeObject(url, object)) }),
    ...(folders.length > 0 && { prefixes: [...new Set(folders)] }),
    ...(nextPageToken && { nextPageToken }),
  }
}

/** The Go client reads media through the XML API, `GET /<bucket>/<object>`, slashes unescaped. */
function createXmlReads({ store, access }: StorageOptions): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  routes.get('/:bucket/:object{.+}', (c) => {
    const { bucket, object: name } = c.req.param()
    if (!store.buckets().some((known) => known.name === bucket)) {
      return c.body(xmlError('NoSuchBucket', 'The specified bucket does not exist.'), 404, XML)
    }
    const demand = { permission: 'storage.objects.get', resource: `b/${bucket}/o/${name}` }
    if (!access.holds(c.get('member'), demand.permission, demand.resource)) {
      const { message } = permissionDenied('storage.googleapis.com', demand, c.get('member'))
      return c.body(xmlError('AccessDenied', 'Access denied.', message), 403, XML)
    }
    const object = store.find(bucket, name, c.req.query('generation'))
    if (object) return mediaResponse(c, object)
    return c.body(xmlError('NoSuchKey', 'The specified key does not exist.'), 404, XML)
  })
  return routes
}

const XML = { 'content-type': 'application/xml; charset=UTF-8' }

function xmlError(code: string, message: string, details = ''): string {
  const escaped = details.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const more = details === '' ? '' : `<Details>${escaped}</Details>`
  return `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message>${more}</Error>`
}
