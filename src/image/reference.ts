/** Where the images of one service live in Artifact Registry. */
export interface ImageRepository {
  /** Such as `europe-west1-docker.pkg.dev`. */
  readonly host: string
  /** `PROJECT/REPOSITORY/IMAGE`, the name in the registry protocol. */
  readonly path: string
}

/** The image that a template names: only a digest stays what it is. */
export function renderDigestReference({ host, path }: ImageRepository, digest: string): string {
  return `${host}/${path}@${digest}`
}

export function renderTagReference({ host, path }: ImageRepository, tag: string): string {
  return `${host}/${path}:${tag}`
}

/** The digest behind `@`, or empty. */
export function digestOf(reference: string): string {
  return /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1] ?? ''
}

/** The repository of a reference by digest, such as `renderDigestReference` makes. */
export function repositoryOf(reference: string): ImageRepository {
  const [name = ''] = reference.split('@')
  const at = name.indexOf('/')
  return { host: name.slice(0, at), path: name.slice(at + 1) }
}

/** The tag that keeps a release's image from being cleaned up as long as the release is kept. */
export function releaseTag(releaseId: string): string {
  return `release-${releaseId}`
}

/** The tag under which a built image is found again: its own id, which the engine derives from its content. */
export function buildTag(imageId: string): string {
  return `build-${imageId.replace(/^sha256:/, '')}`
}

/** A domain-scoped project (`example.com:mervis`) is written with a slash in image names. */
export function imageRepository(
  host: string,
  { projectId, repositoryId, name }: Readonly<Record<'projectId' | 'repositoryId' | 'name', string>>
): ImageRepository {
  return { host, path: `${projectId.replace(':', '/')}/${repositoryId}/${name}` }
}
