import { exportCache } from './build/cache.ts'
import { prepareImage } from './image.ts'
import { bringHome } from './mount.ts'
import { type PushedImage, type PushPorts, pushImage } from './push/push.ts'
import { type ImageRepository, renderDigestReference, renderTagReference } from './reference.ts'
import type { ImageOptions, ImagePorts, ImageRequest, PreparedImage } from './story.ts'

export interface PublishOptions extends Omit<ImageOptions, 'repository' | 'fallback'> {
  /** Where the images of this service are by now. */
  readonly home: ImageRepository
  readonly projectId: string
  /** Base of the registry's addresses, such as `https://europe-west1-docker.pkg.dev/`. */
  readonly registryUrl: string
}

export interface PublishedImage extends PushedImage {
  /** Keeps the layers for the next build. Nobody has to wait for it; never rejects. */
  keepCache(signal: AbortSignal): Promise<void>
}

/**
 * Brings a prepared image into the service's repository, and returns it by digest.
 *
 * @throws ActionError IMAGE_*, GCP_*
 */
export async function publishImage(
  ports: ImagePorts & PushPorts,
  request: ImageRequest,
  { prepared, ...options }: PublishOptions & { readonly prepared: PreparedImage }
): Promise<PublishedImage> {
  const { home, steps } = options
  if (prepared.kind === 'existing') {
    const { image } = prepared
    const reference = renderDigestReference(home, image.digest)
    await steps.time('push', () => bringHome(ports.google, image, home))
    return { reference, wasPushed: false, keepCache: async () => undefined }
  }
  if (prepared.kind === 'known') {
    if (prepared.repository.path === home.path) {
      const reference = renderDigestReference(home, prepared.digest)
      return { reference, wasPushed: false, keepCache: async () => undefined }
    }
    // The plan has moved the service to another repository, which has nothing of it yet.
    const anew = await prepareImage(ports, request, {
      ...options,
      repository: Promise.resolve(home),
      fallback: home,
    })
    return publishImage(ports, request, { ...options, prepared: anew })
  }
  return push(ports, prepared, options)
}

async function push(
  ports: ImagePorts & PushPorts,
  prepared: Extract<PreparedImage, { kind: 'built' }>,
  options: PublishOptions
): Promise<PublishedImage> {
  const { home, projectId, registryUrl, workDirectory, steps, signal } = options
  const { builder, image, tag, cacheTag } = prepared
  const log = ports.log.labelled('docker')
  // An engine's own store exports no cache: there the image says which step made which layer.
  const isCacheToo = image.kind === 'engine' && builder.hasBuildx && cacheTag !== undefined
  const tags: [string, ...string[]] = isCacheToo ? [tag, cacheTag] : [tag]
  const cache = cacheTag && renderTagReference(home, cacheTag)
  const pushed = await steps.time('push', () =>
    pushImage(
      { ...ports, log },
      { image, repository: home, projectId, tags, registryUrl, workDirectory, signal }
    )
  )
  return {
    ...pushed,
    keepCache: (either) =>
      exportCache({ ...ports, log }, builder, { ...prepared.options, cache, signal: either }).catch(
        (error: unknown) => log.debug(`The cache was not kept: ${String(error)}`)
      ),
  }
}
