import type { ImagePackage, RegistryTag } from '../../google/artifact-registry.ts'
import { type ImageRepository, repositoryOf } from '../../image/reference.ts'

/** What the tags of a service's image say about releases. */
export interface ReleaseTags {
  /** Releases whose image is kept from being cleaned up, with the digest of that image. */
  readonly tagged: ReadonlyMap<string, string>
  /** Releases that somebody wants to be kept for good. */
  readonly pinned: ReadonlySet<string>
}

/** `release-<id>` is ours, `release-<id>-pinned` a person's; the registry keeps both by their prefix. */
const TAG = /^release-([0-9a-f]{12})(-pinned)?$/

export function readReleaseTags(tags: readonly RegistryTag[]): ReleaseTags {
  const tagged = new Map<string, string>()
  const pinned = new Set<string>()
  for (const { name, digest } of tags) {
    const [, id, pin] = TAG.exec(name) ?? []
    if (id !== undefined && pin === undefined) tagged.set(id, digest)
    if (id !== undefined && pin !== undefined) pinned.add(id)
  }
  return { tagged, pinned }
}

/**
 * The package of an image, if it lies in the region's registry and in this project: of others nobody
 * said that the deployer may change them. A domain-scoped project has a slash in image names.
 */
export function packageOf(
  image: string,
  { host, projectId }: { readonly host: string; readonly projectId: string }
): ImagePackage | undefined {
  return packageIn(repositoryOf(image), { host, projectId })
}

/** The same of a repository. */
export function packageIn(
  repository: ImageRepository,
  { host, projectId }: { readonly host: string; readonly projectId: string }
): ImagePackage | undefined {
  const project = `${projectId.replace(':', '/')}/`
  if (repository.host !== host || !repository.path.startsWith(project)) return undefined
  const [repositoryId = '', ...image] = repository.path.slice(project.length).split('/')
  return image.length === 0 ? undefined : { repositoryId, image: image.join('/') }
}
