import { Hono } from 'hono'
import { crc32c } from '../crc32c.ts'
import { GoogleError } from '../errors.ts'
import { type PolicyParts, servePolicy } from '../iam/policy-routes.ts'
import type { Project } from '../project.ts'
import {
  camelCase,
  type GoogleContext,
  type GoogleEnv,
  type JsonObject,
  objectOf,
  pageOf,
  readJson,
  splitVerb,
  textOf,
  unknownUrl,
} from '../route.ts'
import { secretFilter, versionFilter } from './filter.ts'
import type { Secret, Secrets, SecretVersion, VersionState } from './store.ts'

const MAX_PAYLOAD_BYTES = 65_536

/** Secret Manager v1, global secrets. Who may read is decided by the server before a route runs. */
export function createSecretManager(
  project: Project,
  secrets: Secrets,
  parts: PolicyParts
): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  routes.get('/projects/:project/secrets', (c) => {
    const isWanted = secretFilter(c.req.query('filter') ?? '')
    const all = secrets
      .list()
      .filter(isWanted)
      .map((secret) => describeSecret(secrets, secret))
    const { items, nextPageToken } = pageOf(c, all, 25_000)
    return c.json({
      ...(items.length > 0 && { secrets: items }),
      ...(nextPageToken && { nextPageToken }),
      totalSize: all.length,
    })
  })
  routes.post('/projects/:project/secrets', async (c) => {
    const id = c.req.query('secretId') ?? ''
    const body = await readJson(c)
    if (!secrets.has(id)) demandFields(body)
    return c.json(describeSecret(secrets, secrets.create(id, body)))
  })
  routes.on(['GET', 'POST'], '/projects/:project/secrets/:secret', async (c) => {
    const { name, verb } = splitVerb(c.req.param('secret'))
    const secret = secrets.get(name)
    if (verb === '' && c.req.method === 'GET') return c.json(describeSecret(secrets, secret))
    if (verb === 'addVersion') return c.json(await addVersion(c, secrets, name))
    const resource = `projects/${project.id}/secrets/${name}`
    const response = await servePolicy(c, verb, resource, parts)
    if (response) return response
    throw unknownUrl(c.req.path)
  })
  routes.patch('/projects/:project/secrets/:secret', async (c) => {
    const body = await readJson(c)
    const mask = (c.req.query('updateMask') ?? '').split(',').filter((field) => field !== '')
    if (mask.length === 0) throw new GoogleError(400, 'The update_mask must not be empty.')
    const fields = Object.fromEntries(
      mask.map((path) => topField(path)).map((key) => [key, body[key]])
    )
    const secret = secrets.get(c.req.param('secret'))
    demandEtag(textOf(body, 'etag'), etagOf(secret))
    return c.json(describeSecret(secrets, secrets.update(secret, fields)))
  })
  routes.delete('/projects/:project/secrets/:secret', (c) => {
    const secret = secrets.get(c.req.param('secret'))
    demandEtag(c.req.query('etag'), etagOf(secret))
    secrets.delete(secret)
    parts.policies.delete(`projects/${project.id}/secrets/${secret.id}`)
    return c.json({})
  })
  addVersionRoutes(routes, secrets)
  return routes
}

function addVersionRoutes(routes: Hono<GoogleEnv>, secrets: Secrets): void {
  routes.get('/projects/:project/secrets/:secret/versions', (c) => {
    const secret = secrets.get(c.req.param('secret'))
    const isWanted = versionFilter(c.req.query('filter') ?? '')
    const newestFirst = secret.versions.filter(({ state }) => isWanted(state)).reverse()
    const all = newestFirst.map((version) => describeVersion(secrets, secret, version))
    const { items, nextPageToken } = pageOf(c, all, 25_000)
    return c.json({
      ...(items.length > 0 && { versions: items }),
      ...(nextPageToken && { nextPageToken }),
      totalSize: all.length,
    })
  })
  routes.on(['GET', 'POST'], '/projects/:project/secrets/:secret/versions/:version', async (c) => {
    const { name, verb } = splitVerb(c.req.param('version'))
    const isGet = c.req.method === 'GET'
    const body = isGet ? {} : await readJson(c)
    // What is read from here on is of one moment: nothing is waited for any more.
    const secret = secrets.get(c.req.param('secret'))
    const version = secrets.version(secret, name)
    if (isGet && verb === '') return c.json(describeVersion(secrets, secret, version))
    if (isGet && verb === 'access') return c.json(accessVersion(secrets, secret, version))
    const state = STATES[verb]
    if (isGet || state === undefined) throw unknownUrl(c.req.path)
    demandEtag(textOf(body, 'etag'), etagOf(version))
    return c.json(describeVersion(secrets, secret, secrets.setState(secret, version, state)))
  })
}

const STATES: Readonly<Record<string, VersionState>> = {
  enable: 'ENABLED',
  disable: 'DISABLED',
  destroy: 'DESTROYED',
}

/** https://cloud.google.com/secret-manager/docs/etags: one that is not sent is not asked for. */
function demandEtag(sent: string | undefined, current: string): void {
  if (sent === undefined || sent === '' || sent === current) return
  throw new GoogleError(400, 'The etag provided does not match the etag of the resource.', {
    status: 'FAILED_PRECONDITION',
    reason: 'failedPrecondition',
  })
}

/** Quotes belong to it. */
function etagOf({ revision }: { readonly revision: number }): string {
  return `"${(0x16150000 + revision).toString(16)}"`
}

function topField(path: string): string {
  return camelCase(path.split('.')[0] ?? '')
}

function describeSecret(secrets: Secrets, secret: Secret): JsonObject {
  const known = Object.entries(secret.fields).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(known),
    name: secrets.nameOf(secret.id),
    createTime: secret.createTime,
    etag: etagOf(secret),
  }
}

function describeVersion(secrets: Secrets, secret: Secret, version: SecretVersion): JsonObject {
  return {
    name: `${secrets.nameOf(secret.id)}/versions/${version.number}`,
    createTime: version.createTime,
    ...(version.destroyTime && { destroyTime: version.destroyTime }),
    state: version.state,
    replicationStatus: { automatic: {} },
    etag: etagOf(version),
    ...(version.isChecked && { clientSpecifiedPayloadChecksum: true }),
  }
}

function accessVersion(secrets: Secrets, secret: Secret, version: SecretVersion): JsonObject {
  if (version.state !== 'ENABLED') throw secrets.wrongState(secret, version)
  return {
    name: `${secrets.nameOf(secret.id)}/versions/${version.number}`,
    payload: {
      data: version.data.toString('base64'),
      dataCrc32c: String(crc32c(version.data)),
    },
  }
}

async function addVersion(c: GoogleContext, secrets: Secrets, id: string): Promise<JsonObject> {
  const payload = objectOf(await readJson(c), 'payload')
  const text = textOf(payload, 'data') ?? ''
  const data = Buffer.from(text, 'base64')
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) {
    throw new GoogleError(
      400,
      "Invalid value at 'payload.data' (TYPE_BYTES), Base64 decoding failed for the value sent"
    )
  }
  if (data.length === 0) throw new GoogleError(400, 'Secret Payload cannot be empty.')
  if (data.length > MAX_PAYLOAD_BYTES) {
    throw new GoogleError(400, `Secret Payload cannot be larger than ${MAX_PAYLOAD_BYTES} bytes.`)
  }
  const checksum = payload['dataCrc32c']
  if (checksum !== undefined && String(checksum) !== String(crc32c(data))) {
    throw new GoogleError(400, 'The provided data_crc32c does not match the payload.')
  }
  // Read after the last wait, or a version that came meanwhile would be lost.
  const secret = secrets.get(id)
  const added = secrets.addVersion(secret, data, checksum !== undefined)
  return describeVersion(secrets, secret, added)
}

/** Labels as all of Google's resources have them. */
const LABEL_KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u
const LABEL_VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u

function demandFields(body: JsonObject): void {
  const labels = Object.entries(objectOf(body, 'labels'))
  const isWrong = labels.some(
    ([key, value]) => !LABEL_KEY.test(key) || !LABEL_VALUE.test(String(value))
  )
  if (isWrong || labels.length > 64) {
    throw new GoogleError(400, 'The provided labels are invalid.')
  }
  if (Object.keys(objectOf(body, 'replication')).length === 0) {
    throw new GoogleError(400, 'Secret.replication must be provided.')
  }
}
