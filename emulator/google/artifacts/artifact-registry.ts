import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Blobs } from '../../registry/blobs.ts'
import type { Images } from '../../registry/images.ts'
import { type PolicyParts, servePolicy } from '../iam/policy-routes.ts'
import {
  camelCase,
  entityNotFound,
  type GoogleEnv,
  type JsonObject,
  pageOf,
  readJson,
  splitVerb,
  unknownUrl,
} from '../route.ts'
import type { Cleanup } from './cleanup.ts'
import { addDockerImageRoutes } from './docker-images.ts'
import { addPackageRoutes } from './packages.ts'
import type { Repositories, Repository } from './repositories.ts'

export interface ArtifactRegistryOptions extends PolicyParts {
  readonly repositories: Repositories
  readonly images: Images
  readonly blobs: Blobs
  readonly cleanup: Cleanup
  /** Host of the Docker registry, which stands for `LOCATION-docker.pkg.dev`. */
  readonly registryHost: () => string
}

const COLLECTION = '/projects/:project/locations/:location/repositories'

/** Artifact Registry v1: repositories, their policies, and what has been pushed to them. */
export function createArtifactRegistry(options: ArtifactRegistryOptions): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  routes.use('*', async (_, next) => {
    options.cleanup.catchUp()
    await next()
  })
  addRepositoryRoutes(routes, options)
  addDockerImageRoutes(routes, options)
  addPackageRoutes(routes, options)
  return routes
}

function addRepositoryRoutes(routes: Hono<GoogleEnv>, options: ArtifactRegistryOptions): void {
  const { repositories } = options
  const operations = new Map<string, JsonObject>()
  const describe = (repository: Repository): JsonObject => ({
    mode: 'STANDARD_REPOSITORY',
    ...repository.fields,
    name: repository.name,
    createTime: repository.createTime,
    updateTime: repository.updateTime,
    registryUri: `${options.registryHost()}/${repository.project}/${repository.id}`,
    sizeBytes: sizeOf(options, repository),
  })
  const done = (repository: Repository, response: JsonObject): JsonObject => {
    const [location] = repository.name.split('/repositories/')
    const operation = {
      name: `${location}/operations/${randomUUID()}`,
      metadata: { '@type': `${TYPES}.OperationMetadata` },
      done: true,
      response,
    }
    operations.set(operation.name, operation)
    return operation
  }

  routes.get(COLLECTION, (c) => {
    const all = repositories.list(c.req.param('location')).map(describe)
    const { items, nextPageToken } = pageOf(c, all, 100)
    return c.json({ repositories: items, ...(nextPageToken && { nextPageToken }) })
  })
  routes.post(COLLECTION, async (c) => {
    const id = c.req.query('repositoryId') ?? c.req.query('repository_id') ?? ''
    const repository = repositories.create(c.req.param('location'), id, await readJson(c))
    return c.json(done(repository, { '@type': `${TYPES}.Repository`, ...describe(repository) }))
  })
  routes.on(['GET', 'POST'], `${COLLECTION}/:repository`, async (c) => {
    const { name, verb } = splitVerb(c.req.param('repository'))
    const repository = repositories.get(c.req.param('location'), name)
    if (verb === '' && c.req.method === 'GET') return c.json(describe(repository))
    const response = await servePolicy(c, verb, repository.name, options)
    if (response) return response
    throw unknownUrl(c.req.path)
  })
  routes.patch(`${COLLECTION}/:repository`, async (c) => {
    const { location, repository: id } = c.req.param()
    const changes = maskedFields(await readJson(c), c.req.query('updateMask'))
    return c.json(describe(repositories.update(repositories.get(location, id), changes)))
  })
  routes.delete(`${COLLECTION}/:repository`, (c) => {
    const { location, repository: id } = c.req.param()
    const repository = repositories.get(location, id)
    forget(options, repository)
    return c.json(done(repository, { '@type': 'type.googleapis.com/google.protobuf.Empty' }))
  })
  routes.get('/projects/:project/locations/:location/operations/:operation', (c) => {
    const suffix = `/operations/${c.req.param('operation')}`
    const operation = [...operations.values()].find(({ name }) => String(name).endsWith(suffix))
    if (!operation) throw entityNotFound()
    return c.json(operation)
  })
}

const TYPES = 'type.googleapis.com/google.devtools.artifactregistry.v1'

/** The fields that an update mask names, in camelCase; without a mask, every field that was sent. */
function maskedFields(body: JsonObject, mask: string | undefined): JsonObject {
  if (mask === undefined || mask === '*') return body
  const camel = (path: string): string => camelCase(path.split('.')[0] ?? '')
  return Object.fromEntries(mask.split(',').map((path) => [camel(path), body[camel(path)]]))
}

function forget(options: ArtifactRegistryOptions, repository: Repository): void {
  const path = `${repository.project}/${repository.id}`
  for (const image of options.images.namesIn(path)) options.images.deleteImage(`${path}/${image}`)
  options.blobs.unlinkAll(path)
  options.policies.delete(repository.name)
  options.repositories.delete(repository)
}

function sizeOf({ images }: ArtifactRegistryOptions, repository: Repository): string {
  const path = `${repository.project}/${repository.id}`
  const manifests = images.namesIn(path).flatMap((name) => images.manifestsOf(`${path}/${name}`))
  return String(manifests.reduce((sum, manifest) => sum + manifest.imageSizeBytes, 0))
}
