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

/** The tag of an image that was built from the content of that address at that time. */
export function sourceTag(address: string, builtAtMs: number): string {
  return `src-${address}-${Math.floor(builtAtMs / 1000)}`
}

/** The build times that tags say for one address; other tags are none of ours. */
export function parseSourceTag(address: string, tag: string): number | undefined {
  const prefix = `src-${address}-`
  const seconds = tag.startsWith(prefix) ? tag.slice(prefix.length) : ''
  return /^[0-9]{1,12}$/.test(seconds) ? Number(seconds) * 1000 : undefined
}

/** A reference as people write it, with Docker's defaults for host and `library/` filled in. */
export interface ImageName extends ImageRepository {
  readonly tag: string | undefined
  readonly digest: string | undefined
}

// The grammar of https://github.com/distribution/reference, upper case only in host and tag.
const HOST_PART = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?'
const HOST = new RegExp(`^(?:${HOST_PART}(?:\\.${HOST_PART})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?$`)
const PATH_PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const NAME = new RegExp(
  `^(?<path>${PATH_PART}(?:/${PATH_PART})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[A-Za-z][\\w+.-]*:[0-9a-fA-F]{32,}))?$`
)

/** Reads an image reference by Docker's rules; undefined when it is none. */
export function parseImageName(text: string): ImageName | undefined {
  const slash = text.indexOf('/')
  const first = text.slice(0, Math.max(slash, 0))
  const hasHost = /[.:A-Z]/.test(first) || first === 'localhost'
  const named = hasHost ? first : 'docker.io'
  const host = named === 'index.docker.io' ? 'docker.io' : named
  const groups = NAME.exec(hasHost ? text.slice(slash + 1) : text)?.groups
  const path = groups?.['path']
  if (path === undefined || !HOST.test(host) || /^[0-9a-f]{64}$/.test(text)) return undefined
  return {
    host,
    path: host === 'docker.io' && !path.includes('/') ? `library/${path}` : path,
    tag: groups?.['tag'],
    digest: groups?.['digest'],
  }
}

/** The same reference in full, `latest` where it says neither tag nor digest. */
export function renderImageName({ host, path, tag, digest }: ImageName): string {
  const shown = tag ?? (digest === undefined ? 'latest' : undefined)
  return `${host}/${path}${shown === undefined ? '' : `:${shown}`}${digest === undefined ? '' : `@${digest}`}`
}
