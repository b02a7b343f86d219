import type { Clock } from '../../clock.ts'
import { GoogleError } from '../errors.ts'
import type { Project } from '../project.ts'
import { entityNotFound, type JsonObject } from '../route.ts'

export interface Repository {
  /** `projects/P/locations/L/repositories/R`, with the project's id. */
  readonly name: string
  readonly project: string
  readonly location: string
  readonly id: string
  readonly createTime: string
  readonly updateTime: string
  readonly fields: JsonObject
}

/** The repositories of Artifact Registry. */
export class Repositories {
  readonly #project: Project
  readonly #clock: Clock
  readonly #repositories = new Map<string, Repository>()

  constructor(project: Project, clock: Clock) {
    this.#project = project
    this.#clock = clock
  }

  list(location: string): readonly Repository[] {
    const all = [...this.#repositories.values()].sort((a, b) => a.name.localeCompare(b.name))
    return all.filter((repository) => location === '-' || repository.location === location)
  }

  /** @throws GoogleError 404 */
  get(location: string, id: string): Repository {
    const repository = this.#repositories.get(this.#nameOf(location, id))
    if (repository) return repository
    throw entityNotFound()
  }

  /** The repository that an image path names. The region is in the host there, and we have one host. */
  findByPath(project: string, id: string): Repository | undefined {
    return this.list('-').find(
      (repository) => repository.project === project && repository.id === id
    )
  }

  create(location: string, id: string, fields: JsonObject): Repository {
    if (!/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(id)) {
      throw new GoogleError(400, `Invalid repository id "${id}".`)
    }
    const name = this.#nameOf(location, id)
    if (this.#repositories.has(name)) {
      throw new GoogleError(409, 'the repository already exists')
    }
    if (typeof fields['format'] !== 'string') {
      throw new GoogleError(400, 'The repository format is required.')
    }
    const now = this.#now()
    const project = this.#project.id
    return this.#save({ name, project, location, id, createTime: now, updateTime: now, fields })
  }

  update(repository: Repository, fields: JsonObject): Repository {
    return this.#save({
      ...repository,
      updateTime: this.#now(),
      fields: { ...repository.fields, ...fields },
    })
  }

  delete(repository: Repository): void {
    this.#repositories.delete(repository.name)
  }

  #save(repository: Repository): Repository {
    this.#repositories.set(repository.name, repository)
    return repository
  }

  #nameOf(location: string, id: string): string {
    return `projects/${this.#project.id}/locations/${location}/repositories/${id}`
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString()
  }
}
