import type { Context, Hono } from 'hono'
import type { Images, Manifest } from '../../registry/images.ts'
import { GoogleError } from '../errors.ts'
import { partial } from '../fields.ts'
import {
  entityNotFound,
  type GoogleEnv,
  type JsonObject,
  pageOf,
  readJson,
  textOf,
} from '../route.ts'
import type { ArtifactRegistryOptions } from './artifact-registry.ts'

const PACKAGES = '/projects/:project/locations/:location/repositories/:repository/packages'

/** One image of a repository, as packages, versions and tags see it. */
interface Package {
  /** `projects/…/packages/IMAGE`. */
  readonly name: string
  /** `PROJECT/REPOSITORY/IMAGE`. */
  readonly image: string
}

/** Packages (images), versions (manifests) and tags of Artifact Registry. */
export function addPackageRoutes(routes: Hono<GoogleEnv>, options: ArtifactRegistryOptions): void {
  const { images } = options
  routes.get(PACKAGES, (c) => {
    const { items, nextPageToken } = pageOf(c, packagesOf(c, options).map(describePackage), 100)
    return c.json({ packages: items, ...(nextPageToken && { nextPageToken }) })
  })
  routes.get(`${PACKAGES}/:package`, (c) => c.json(describePackage(packageOf(c, options))))
  routes.delete(`${PACKAGES}/:package`, (c) => {
    images.deleteImage(packageOf(c, options).image)
    return c.json(doneOperation(c))
  })
  addVersionRoutes(routes, options)
  addTagRoutes(routes, options)
}

function addVersionRoutes(routes: Hono<GoogleEnv>, options: ArtifactRegistryOptions): void {
  const { images } = options
  const find = (c: Context): { readonly pack: Package; readonly version: Manifest } => {
    const pack = packageOf(c, options)
    const version = images.find(pack.image, c.req.param('version') ?? '')
    if (!version) throw entityNotFound()
    return { pack, version }
  }
  routes.get(`${PACKAGES}/:package/versions`, (c) => {
    const pack = packageOf(c, options)
    const all = images
      .manifestsOf(pack.image)
      .map((version) => describeVersion(images, pack, version))
    const { items, nextPageToken } = pageOf(c, all, 100)
    return c.json({ versions: items, ...(nextPageToken && { nextPageToken }) })
  })
  routes.get(`${PACKAGES}/:package/versions/:version`, (c) => {
    const { pack, version } = find(c)
    return c.json(describeVersion(images, pack, version))
  })
  routes.delete(`${PACKAGES}/:package/versions/:version`, (c) => {
    const { pack, version } = find(c)
    const isTagged = [...images.tagsOf(pack.image).values()].includes(version.digest)
    if (isTagged && c.req.query('force') !== 'true') {
      throw new GoogleError(400, 'Version is tagged and cannot be deleted without force.', {
        status: 'FAILED_PRECONDITION',
      })
    }
    images.delete(pack.image, version.digest)
    return c.json(doneOperation(c))
  })
}

const TAG_LIST = { nextPageToken: {}, tags: { name: {}, version: {} } }

function addTagRoutes(routes: Hono<GoogleEnv>, options: ArtifactRegistryOptions): void {
  const { images } = options
  const describe = (pack: Package, tag: string): JsonObject => {
    const digest = images.tagsOf(pack.image).get(tag)
    if (digest === undefined) throw entityNotFound()
    return { name: `${pack.name}/tags/${tag}`, version: `${pack.name}/versions/${digest}` }
  }
  const point = async (c: Context, pack: Package, tag: string): Promise<JsonObject> => {
    const digest = (textOf(await readJson(c), 'version') ?? '').replace(/^.*\/versions\//, '')
    if (!images.find(pack.image, digest)) throw entityNotFound()
    images.tag(pack.image, tag, digest)
    return describe(pack, tag)
  }
  routes.get(`${PACKAGES}/:package/tags`, (c) => {
    const pack = packageOf(c, options)
    const all = [...images.tagsOf(pack.image).keys()].sort().map((tag) => describe(pack, tag))
    const { items, nextPageToken } = pageOf(c, all, 100)
    const answer = { tags: items, ...(nextPageToken && { nextPageToken }) }
    return c.json(partial(c, answer, TAG_LIST))
  })
  routes.post(`${PACKAGES}/:package/tags`, async (c) => {
    const pack = packageOf(c, options)
    const tag = c.req.query('tagId') ?? ''
    if (images.tagsOf(pack.image).has(tag)) throw new GoogleError(409, 'the tag already exists')
    return c.json(await point(c, pack, tag))
  })
  routes.get(`${PACKAGES}/:package/tags/:tag`, (c) =>
    c.json(describe(packageOf(c, options), c.req.param('tag')))
  )
  routes.patch(`${PACKAGES}/:package/tags/:tag`, async (c) =>
    c.json(await point(c, packageOf(c, options), c.req.param('tag')))
  )
  routes.delete(`${PACKAGES}/:package/tags/:tag`, (c) => {
    if (!images.untag(packageOf(c, options).image, c.req.param('tag'))) throw entityNotFound()
    return c.json({})
  })
}

function packagesOf(c: Context, options: ArtifactRegistryOptions): readonly Package[] {
  const { location = '', repository: id = '' } = c.req.param()
  const repository = options.repositories.get(location, id)
  const path = `${repository.project}/${repository.id}`
  return options.images.namesIn(path).map((image) => ({
    name: `${repository.name}/packages/${encodeURIComponent(image)}`,
    image: `${path}/${image}`,
  }))
}

function packageOf(c: Context, options: ArtifactRegistryOptions): Package {
  const suffix = `/packages/${encodeURIComponent(c.req.param('package') ?? '')}`
  const found = packagesOf(c, options).find(({ name }) => name.endsWith(suffix))
  if (!found) throw entityNotFound()
  return found
}

function describePackage(pack: Package): JsonObject {
  return { name: pack.name }
}

function describeVersion(images: Images, pack: Package, version: Manifest): JsonObject {
  const tags = [...images.tagsOf(pack.image)].filter(([, digest]) => digest === version.digest)
  return {
    name: `${pack.name}/versions/${version.digest}`,
    createTime: version.uploadTime,
    updateTime: version.updateTime,
    relatedTags: tags.map(([tag]) => ({
      name: `${pack.name}/tags/${tag}`,
      version: `${pack.name}/versions/${version.digest}`,
    })),
    metadata: { imageSizeBytes: String(version.imageSizeBytes), mediaType: version.mediaType },
  }
}

function doneOperation(c: Context): JsonObject {
  const { project, location } = c.req.param()
  return {
    name: `projects/${project}/locations/${location}/operations/done`,
    done: true,
    response: { '@type': 'type.googleapis.com/google.protobuf.Empty' },
  }
}
