import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { mergePatch } from '../compute/resources/store.ts'
import { crc32cBase64 } from '../crc32c.ts'
import { GoogleError } from '../errors.ts'
import { type JsonObject, objectOf } from '../route.ts'

export interface Bucket {
  readonly name: string
  readonly createTime: string
  readonly fields: JsonObject
}

export interface StoredObject {
  readonly bucket: string
  readonly name: string
  readonly data: Buffer
  readonly contentType: string
  readonly generation: string
  readonly metageneration: number
  readonly md5Hash: string
  readonly crc32c: string
  readonly createTime: string
  readonly updateTime: string
  /** When it was replaced or deleted; only buckets with versioning keep such generations. */
  readonly deleteTime?: string
  readonly fields: JsonObject
}

/** Preconditions of a request; a generation of `0` asks that no live object has the name. */
export interface Preconditions {
  /** The generation that the request is about; the live one when left out. */
  readonly generation?: string | undefined
  readonly generationMatch?: string | undefined
  readonly generationNotMatch?: string | undefined
  readonly metagenerationMatch?: string | undefined
  readonly metagenerationNotMatch?: string | undefined
}

/** What is to be written; `fields` are the writable ones of an object resource. */
export interface NewObject {
  readonly data: Buffer
  readonly contentType: string
  readonly fields: JsonObject
}

/** Buckets and their objects. Every write makes a new generation, as in the real cloud. */
export class ObjectStore {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()
  /** Bucket, name, generations: the oldest first. */
  readonly #objects = new Map<string, Map<string, readonly StoredObject[]>>()
  #generation: bigint

  constructor(clock: Clock) {
    this.#clock = clock
    // Google's generations are microseconds since the epoch; only their order matters.
    this.#generation = BigInt(clock.now()) * 1000n
  }

  buckets(): readonly Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => a.name.localeCompare(b.name))
  }

  /** @throws GoogleError 404 */
  bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name)
    if (bucket) return bucket
    throw new GoogleError(404, 'The specified bucket does not exist.')
  }

  createBucket(name: string, fields: JsonObject = {}): Bucket {
    if (!/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/.test(name)) {
      throw new GoogleError(400, `Invalid bucket name: '${name}'`)
    }
    if (this.#buckets.has(name)) {
      const message =
        'Your previous request to create the named bucket succeeded and you already own it.'
      throw new GoogleError(409, message, { reason: 'conflict' })
    }
    const bucket = { name, createTime: this.#now(), fields }
    this.#buckets.set(name, bucket)
    this.#objects.set(name, new Map())
    return bucket
  }

  /** As JSON merge patch has it: null takes a setting away. */
  updateBucket(name: string, fields: JsonObject): Bucket {
    const bucket = this.bucket(name)
    const changed = { ...bucket, fields: mergePatch(bucket.fields, fields) }
    this.#buckets.set(name, changed)
    return changed
  }

  deleteBucket(name: string): void {
    this.bucket(name)
    if (this.#objectsOf(name).size > 0) {
      throw new GoogleError(409, 'The bucket you tried to delete is not empty.', {
        reason: 'conflict',
      })
    }
    this.#buckets.delete(name)
    this.#objects.delete(name)
  }

  /** The live objects by name, or all generations of all. */
  list(bucket: string, all = false): readonly StoredObject[] {
    const generations = [...this.#objectsOf(bucket).values()].flat()
    const byName = (a: StoredObject, b: StoredObject): number =>
      a.name === b.name ? 0 : a.name < b.name ? -1 : 1
    return generations.filter((object) => all || isLive(object)).sort(byName)
  }

  /** The live object or a generation of it. @throws GoogleError 404 when the bucket is missing. */
  find(bucket: string, name: string, generation?: string): StoredObject | undefined {
    const generations = this.#objectsOf(bucket).get(name) ?? []
    return generations.find((object) =>
      generation === undefined ? isLive(object) : object.generation === generation
    )
  }

  /** @throws GoogleError 404, 412 */
  get(bucket: string, name: string, preconditions: Preconditions = {}): StoredObject {
    const object = this.find(bucket, name, preconditions.generation)
    if (!object) throw new GoogleError(404, `No such object: ${bucket}/${name}`)
    check(object, preconditions)
    return object
  }

  put(
    bucket: string,
    name: string,
    wanted: NewObject,
    preconditions: Preconditions = {}
  ): StoredObject {
    if (name === '' || Buffer.byteLength(name) > 1024) {
      throw new GoogleError(400, 'Object name must be between 1 and 1024 bytes long.')
    }
    check(this.find(bucket, name), preconditions)
    const now = this.#now()
    const object: StoredObject = {
      bucket,
      name,
      data: wanted.data,
      contentType: wanted.contentType,
      fields: wanted.fields,
      generation: String(++this.#generation),
      metageneration: 1,
      md5Hash: createHash('md5').update(wanted.data).digest('base64'),
      crc32c: crc32cBase64(wanted.data),
      createTime: now,
      updateTime: now,
    }
    this.#keep(bucket, name, [...this.#withoutLive(bucket, name), object])
    return object
  }

  /** Changes what is said about an object, not the object: the generation stays. */
  patch(object: StoredObject, fields: JsonObject): StoredObject {
    const { contentType, ...others } = fields
    const changed = {
      ...object,
      contentType: typeof contentType === 'string' ? contentType : object.contentType,
      fields: { ...object.fields, ...others },
      metageneration: object.metageneration + 1,
      updateTime: this.#now(),
    }
    const { bucket, name, generation } = object
    const generations = this.#objectsOf(bucket).get(name) ?? []
    this.#keep(
      bucket,
      name,
      generations.map((other) => (other.generation === generation ? changed : other))
    )
    return changed
  }

  /** Makes the live object look older, for what only time brings about. @throws GoogleError 404 */
  backdate(bucket: string, name: string, byMs: number): void {
    const object = this.get(bucket, name)
    const updateTime = new Date(Date.parse(object.updateTime) - byMs).toISOString()
    this.#keep(
      bucket,
      name,
      [...(this.#objectsOf(bucket).get(name) ?? [])].map((other) =>
        other === object ? { ...object, updateTime } : other
      )
    )
  }

  /** A generation that is named goes for good; the live object stays readable where there is versioning. */
  delete(bucket: string, name: string, preconditions: Preconditions): void {
    const object = this.get(bucket, name, preconditions)
    const generations = this.#objectsOf(bucket).get(name) ?? []
    const rest =
      preconditions.generation === undefined
        ? this.#withoutLive(bucket, name)
        : generations.filter((other) => other !== object)
    this.#keep(bucket, name, rest)
  }

  /** The generations of a name when the live one has made way. */
  #withoutLive(bucket: string, name: string): readonly StoredObject[] {
    const generations = this.#objectsOf(bucket).get(name) ?? []
    const isVersioned = objectOf(this.bucket(bucket).fields, 'versioning')['enabled'] === true
    if (!isVersioned) return generations.filter((object) => !isLive(object))
    const deleteTime = this.#now()
    return generations.map((object) => (isLive(object) ? { ...object, deleteTime } : object))
  }

  #keep(bucket: string, name: string, generations: readonly StoredObject[]): void {
    const objects = this.#objectsOf(bucket)
    if (generations.length > 0) objects.set(name, generations)
    else objects.delete(name)
  }

  #objectsOf(bucket: string): Map<string, readonly StoredObject[]> {
    this.bucket(bucket)
    return this.#objects.get(bucket) ?? new Map()
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString()
  }
}

function isLive({ deleteTime }: StoredObject): boolean {
  return deleteTime === undefined
}

function check(object: StoredObject | undefined, wanted: Preconditions): void {
  const generation = object?.generation ?? '0'
  const metageneration = object === undefined ? '0' : String(object.metageneration)
  const holds =
    (wanted.generationMatch ?? generation) === generation &&
    wanted.generationNotMatch !== generation &&
    (wanted.metagenerationMatch ?? metageneration) === metageneration &&
    wanted.metagenerationNotMatch !== metageneration
  if (holds) return
  throw new GoogleError(412, 'At least one of the pre-conditions you specified did not hold.', {
    reason: 'conditionNotMet',
    location: { locationType: 'header', location: 'If-Match' },
  })
}
