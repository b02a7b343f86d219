import type { Cleanup } from '../google/artifacts/cleanup.ts'
import type { Repositories, Repository } from '../google/artifacts/repositories.ts'
import type { Access } from '../google/iam/access.ts'
import type { GoogleContext } from '../google/route.ts'
import type { EnabledServices } from '../google/service-usage.ts'
import type { Tokens } from '../google/tokens.ts'
import type { Blobs } from './blobs.ts'
import { RegistryError } from './errors.ts'
import type { Images } from './images.ts'

/** What the registry stands on. */
export interface RegistryOptions {
  readonly tokens: Tokens
  readonly access: Access
  readonly services: EnabledServices
  readonly repositories: Repositories
  readonly images: Images
  readonly blobs: Blobs
  readonly cleanup: Cleanup
}

/** One request to the registry, taken apart and permitted. */
export interface RegistryRequest {
  readonly c: GoogleContext
  readonly member: string
  /** `PROJECT/REPOSITORY/IMAGE`. */
  readonly name: string
  /** `PROJECT/REPOSITORY`. */
  readonly repository: string
  /** Tag, digest or upload id: what the path ends with. */
  readonly reference: string
}

/** A request whose permission is asked. */
export interface Permit {
  readonly c: GoogleContext
  readonly member: string
  readonly name: string
  readonly options: RegistryOptions
}

/** Checks the API, the repository and the permission; answers `PROJECT/REPOSITORY`. @throws RegistryError */
export function permit({ c, member, name, options }: Permit): string {
  if (!options.services.isEnabled('artifactregistry.googleapis.com')) {
    const message =
      'Artifact Registry API has not been used in project before or it is disabled. Enable it, then retry.'
    throw new RegistryError(403, 'DENIED', message)
  }
  const repository = findRepository(options.repositories, name)
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
  const action = c.req.method === 'DELETE' ? 'deleteArtifacts' : 'uploadArtifacts'
  requireArtifacts(options.access, member, repository, reads ? 'downloadArtifacts' : action)
  return `${repository.project}/${repository.id}`
}

/** The repository an image lies in. @throws RegistryError NAME_UNKNOWN, as Artifact Registry words it. */
export function findRepository(repositories: Repositories, name: string): Repository {
  const [project = '', id = '', image] = name.split('/')
  const repository = repositories.findByPath(project, id)
  if (repository && image) return repository
  throw new RegistryError(404, 'NAME_UNKNOWN', `Repository "${id}" not found`)
}

/** @throws RegistryError DENIED, naming the permission that is missing. */
export function requireArtifacts(
  access: Access,
  member: string,
  repository: Repository,
  action: 'uploadArtifacts' | 'downloadArtifacts' | 'deleteArtifacts'
): void {
  const permission = `artifactregistry.repositories.${action}`
  if (access.holds(member, permission, repository.name)) return
  const where = `on resource "${repository.name}" (or it may not exist)`
  const message =
    member === 'allUsers'
      ? `Unauthenticated request. Unauthenticated requests do not have permission "${permission}" ${where}`
      : `Permission "${permission}" denied ${where}`
  throw new RegistryError(403, 'DENIED', message)
}
