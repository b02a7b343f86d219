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
    const all = secrets.list().map((secret) => describeSecret(secrets, secret))
    const { items, nextPageToken } = pageOf(c, all, 25_000)
    return c.json({
      ...(items.length > 0 && { secrets: items }),
      ...(nextPageToken && { nextPageToken }),
      totalSize: all.length,
    })
  })
  routes.post('/projects/:project/secrets', async (c) => {
    const secret = secrets.create(c.req.query('secretId') ?? '', await readJson(c))
    return c.json(describeSecret(secrets, secret))
  })
  routes.on(['GET', 'POST'], '/projects/:project/secrets/:secret', async (c) => {
    const { name, verb } = splitVerb(c.req.param('secret'))
    const secret = secrets.get(name)
    if (verb === '' && c.req.method === 'GET') return c.json(describeSecret(secrets, secret))
    if (verb === 'addVersion') return c.json(await addVersion(c, secrets, secret))
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
    return c.json(
      describeSecret(secrets, secrets.update(secrets.get(c.req.param('secret')), fields))
    )
  })
  routes.delete('/projects/:project/secrets/:secret', (c) => {
    const secret = secrets.get(c.req.param('secret'))
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
    const newestFirst = secret.versions.toReversed()
    const all = newestFirst.map((version) => describeVersion(secrets, secret, version))
    const { items, nextPageToken } = pageOf(c, all, 25_000)
    return c.json({
      ...(items.length > 0 && { versions: items }),
      ...(nextPageToken && { nextPageToken }),
      totalSize: all.length,
    })
  })
  routes.on(['GET', 'POST'], '/projects/:project/secrets/:secret/versions/:version', (c) => {
    const { name, verb } = splitVerb(c.req.param('version'))
    const secret = secrets.get(c.req.param('secret'))
    const version = secrets.version(secret, name)
    const isGet = c.req.method === 'GET'
    if (isGet && verb === '') return c.json(describeVersion(secrets, secret, version))
    if (isGet && verb === 'access') return c.json(accessVersion(secrets, secret, version))
    const state = STATES[verb]
    if (isGet || state === undefined) throw unknownUrl(c.req.path)
    return c.json(describeVersion(secrets, secret, secrets.setState(secret, version, state)))
  })
}

const STATES: Readonly<Record<string, VersionState>> = {
  enable: 'ENABLED',
  disable: 'DISABLED',
  destroy: 'DESTROYED',
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
    etag: `"${Buffer.from(String(secret.revision)).toString('hex')}"`,
  }
}

function describeVersion(secrets: Secrets, secret: Secret, version: SecretVersion): JsonObject {
  return {
    name: `${secrets.nameOf(secret.id)}/versions/${version.number}`,
    createTime: version.createTime,
    ...(version.destroyTime && { destroyTime: version.destroyTime }),
    state: version.state,
    replicationStatus: { automatic: {} },
    etag: `"${Buffer.from(version.state).toString('hex')}"`,
    clientSpecifiedPayloadChecksum: true,
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

async function addVersion(c: GoogleContext, secrets: Secrets, secret: Secret): Promise<JsonObject> {
  const payload = objectOf(await readJson(c), 'payload')
  const data = Buffer.from(textOf(payload, 'data') ?? '', 'base64')
  if (data.length === 0) throw new GoogleError(400, 'Secret Payload cannot be empty.')
  if (data.length > MAX_PAYLOAD_BYTES) {
    throw new GoogleError(400, `Secret Payload cannot be larger than ${MAX_PAYLOAD_BYTES} bytes.`)
  }
  const checksum = payload['dataCrc32c']
  if (checksum !== undefined && String(checksum) !== String(crc32c(data))) {
    throw new GoogleError(400, 'The provided data_crc32c does not match the payload.')
  }
  return describeVersion(secrets, secret, secrets.addVersion(secret, data))
}
