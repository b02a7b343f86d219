import type { Context, Hono } from 'hono'
import type { Images, Manifest } from '../../registry/images.ts'
import { entityNotFound, type GoogleEnv, type JsonObject, pageOf } from '../route.ts'
import type { ArtifactRegistryOptions } from './artifact-registry.ts'
import type { Repository } from './repositories.ts'

const COLLECTION = '/projects/:project/locations/:location/repositories/:repository/dockerImages'

/** What has been pushed, one entry per manifest, with the tags that point at it. */
export function addDockerImageRoutes(
  routes: Hono<GoogleEnv>,
  options: ArtifactRegistryOptions
): void {
  const imagesOf = (c: Context): readonly JsonObject[] => {
    const { location = '', repository = '' } = c.req.param()
    return listImages(options, options.repositories.get(location, repository))
  }
  routes.get(COLLECTION, (c) => {
    const { items, nextPageToken } = pageOf(c, imagesOf(c), 100)
    return c.json({ dockerImages: items, ...(nextPageToken && { nextPageToken }) })
  })
  routes.get(`${COLLECTION}/:image{.+}`, (c) => {
    const suffix = `/dockerImages/${c.req.param('image')}`
    const image = imagesOf(c).find(({ name }) => decodeURIComponent(String(name)).endsWith(suffix))
    if (!image) throw entityNotFound()
    return c.json(image)
  })
}

function listImages(
  options: ArtifactRegistryOptions,
  repository: Repository
): readonly JsonObject[] {
  const path = `${repository.project}/${repository.id}`
  return options.images.namesIn(path).flatMap((image) => {
    const uri = `${options.registryHost()}/${path}/${image}`
    return options.images.manifestsOf(`${path}/${image}`).map((manifest) => ({
      name: `${repository.name}/dockerImages/${encodeURIComponent(image)}@${manifest.digest}`,
      uri: `${uri}@${manifest.digest}`,
      ...describeManifest(options.images, `${path}/${image}`, manifest),
    }))
  })
}

function describeManifest(images: Images, name: string, manifest: Manifest): JsonObject {
  const tags = [...images.tagsOf(name)].filter(([, digest]) => digest === manifest.digest)
  return {
    ...(tags.length > 0 && { tags: tags.map(([tag]) => tag).sort() }),
    imageSizeBytes: String(manifest.imageSizeBytes),
    uploadTime: manifest.uploadTime,
    updateTime: manifest.updateTime,
    mediaType: manifest.mediaType,
  }
}
