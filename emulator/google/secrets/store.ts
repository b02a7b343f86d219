import type { Clock } from '../../clock.ts'
import { GoogleError } from '../errors.ts'
import type { Project } from '../project.ts'
import { type JsonObject, objectOf } from '../route.ts'

export type VersionState = 'ENABLED' | 'DISABLED' | 'DESTROYED'

export interface SecretVersion {
  readonly number: number
  readonly createTime: string
  readonly state: VersionState
  readonly destroyTime?: string
  readonly data: Buffer
  /** Whether the client sent a checksum that was held against the data. */
  readonly isChecked: boolean
  /** Grows with every change, one that changes nothing included: what etags are made of. */
  readonly revision: number
}

export interface Secret {
  readonly id: string
  readonly createTime: string
  /** Replication, labels, annotations and what else the client sent. */
  readonly fields: JsonObject
  readonly versions: readonly SecretVersion[]
  readonly revision: number
}

/** The secrets of the project and their versions, numbered from 1 and never reused. */
export class Secrets {
  readonly #project: Project
  readonly #clock: Clock
  readonly #secrets = new Map<string, Secret>()

  constructor(project: Project, clock: Clock) {
    this.#project = project
    this.#clock = clock
  }

  list(): readonly Secret[] {
    return [...this.#secrets.values()].sort((a, b) => a.id.localeCompare(b.id))
  }

  has(id: string): boolean {
    return this.#secrets.has(id)
  }

  /** @throws GoogleError 404 in Secret Manager's words. */
  get(id: string): Secret {
    const secret = this.#secrets.get(id)
    if (secret) return secret
    throw new GoogleError(404, `Secret [${this.nameOf(id)}] not found.`)
  }

  create(id: string, fields: JsonObject): Secret {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(id)) {
      throw new GoogleError(
        400,
        'The provided Secret ID does not match the expected format [[a-zA-Z_0-9]+].'
      )
    }
    if (this.#secrets.has(id)) {
      throw new GoogleError(409, `Secret [${this.nameOf(id)}] already exists.`)
    }
    return this.#save({ id, createTime: this.#now(), fields, versions: [], revision: 0 })
  }

  update(secret: Secret, fields: JsonObject): Secret {
    return this.#save({ ...secret, fields: { ...secret.fields, ...fields } })
  }

  delete(secret: Secret): void {
    this.#secrets.delete(secret.id)
  }

  addVersion(secret: Secret, data: Buffer, isChecked = false): SecretVersion {
    const version: SecretVersion = {
      number: secret.versions.length + 1,
      createTime: this.#now(),
      state: 'ENABLED',
      data,
      isChecked,
      revision: 0,
    }
    this.#keep({ ...secret, versions: [...secret.versions, version] })
    return version
  }

  /**
   * A version by number or alias; `latest` is the newest of all, even one that is disabled or
   * destroyed (google-github-actions/get-secretmanager-secrets#268). @throws GoogleError 404.
   */
  version(secret: Secret, id: string): SecretVersion {
    const number = numberOf(secret, id)
    const version = secret.versions.find((candidate) => String(candidate.number) === number)
    if (version) return version
    const name = `${this.nameOf(secret.id)}/versions/${id}`
    const message =
      id === 'latest'
        ? `Secret [${this.nameOf(secret.id)}] not found or has no versions.`
        : `Secret Version [${name}] not found.`
    throw new GoogleError(404, message)
  }

  /** A destroyed version loses its data for good. @throws GoogleError 400 when it already has. */
  setState(secret: Secret, version: SecretVersion, state: VersionState): SecretVersion {
    if (version.state === 'DESTROYED') throw this.wrongState(secret, version)
    const changed: SecretVersion = {
      ...version,
      state,
      revision: version.revision + 1,
      ...(state === 'DESTROYED' && { data: Buffer.alloc(0), destroyTime: this.#now() }),
    }
    const versions = secret.versions.map((other) => (other === version ? changed : other))
    this.#keep({ ...secret, versions })
    return changed
  }

  wrongState(secret: Secret, version: SecretVersion): GoogleError {
    const name = `${this.nameOf(secret.id)}/versions/${version.number}`
    return new GoogleError(400, `Secret Version [${name}] is in ${version.state} state.`, {
      status: 'FAILED_PRECONDITION',
      reason: 'failedPrecondition',
    })
  }

  /** The full name, with the project's number, as this API answers it. */
  nameOf(id: string): string {
    return `projects/${this.#project.number}/secrets/${id}`
  }

  #save(secret: Secret): Secret {
    return this.#keep({ ...secret, revision: secret.revision + 1 })
  }

  /** What happens to a version changes the etag of that version alone. */
  #keep(secret: Secret): Secret {
    this.#secrets.set(secret.id, secret)
    return secret
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString()
  }
}

/** The number behind what a client calls a version. */
function numberOf({ versions, fields }: Secret, id: string): string {
  if (id === 'latest') return String(versions.at(-1)?.number)
  return /^[0-9]+$/.test(id) ? id : String(objectOf(fields, 'versionAliases')[id])
}
