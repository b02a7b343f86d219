import type { Clock } from '../../clock.ts'
import type { Images, Manifest } from '../../registry/images.ts'
import { isObject, type JsonObject, objectOf, textOf, textsOf } from '../route.ts'
import type { Repositories, Repository } from './repositories.ts'

const EVERY_MS = 24 * 3_600_000

/**
 * Carries out the cleanup policies of every repository, about once a day as Google's background job
 * does (https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy-overview). It
 * needs no timer: whoever asks the registry catches up on a run that is due.
 */
export class Cleanup {
  readonly #clock: Clock
  readonly #repositories: Repositories
  readonly #images: Images
  #lastMs: number

  constructor(clock: Clock, repositories: Repositories, images: Images) {
    this.#clock = clock
    this.#repositories = repositories
    this.#images = images
    this.#lastMs = clock.now()
  }

  /** Runs if a day has passed since the last run. */
  catchUp(): void {
    if (this.#clock.now() - this.#lastMs < this.#clock.scaled(EVERY_MS)) return
    this.#lastMs = this.#clock.now()
    for (const repository of this.#repositories.list('-')) this.#cleanUp(repository)
  }

  #cleanUp({ project, id, fields }: Repository): void {
    const policies = Object.values(objectOf(fields, 'cleanupPolicies')).filter(isObject)
    if (fields['cleanupPolicyDryRun'] === true || policies.length === 0) return
    for (const image of this.#images.namesIn(`${project}/${id}`)) {
      const name = `${project}/${id}/${image}`
      for (const { digest } of this.#doomed(policies, name, image))
        this.#images.delete(name, digest)
    }
  }

  /** KEEP wins, whatever the order; what a manifest list refers to goes after the list, in a later run. */
  #doomed(policies: readonly JsonObject[], name: string, image: string): readonly Manifest[] {
    const manifests = this.#images.manifestsOf(name)
    const children = new Set(manifests.flatMap(({ references }) => references.manifests))
    const matching = (action: string): ReadonlySet<Manifest> => {
      const mine = policies.filter((policy) => textOf(policy, 'action') === action)
      return new Set(mine.flatMap((policy) => this.#matches(policy, { name, image, manifests })))
    }
    const [kept, deleted] = [matching('KEEP'), matching('DELETE')]
    return [...deleted].filter((one) => !kept.has(one) && !children.has(one.digest))
  }

  #matches(policy: JsonObject, { name, image, manifests }: Package): readonly Manifest[] {
    const newest = objectOf(policy, 'mostRecentVersions')
    if (isOf(newest, image) && Number.isInteger(newest['keepCount'])) {
      return [...manifests].sort(newestFirst).slice(0, Number(newest['keepCount']))
    }
    const condition = policy['condition']
    if (!isObject(condition) || !isOf(condition, image)) return []
    const tags = [...this.#images.tagsOf(name)]
    return manifests.filter((manifest) => {
      const own = tags.filter(([, digest]) => digest === manifest.digest).map(([tag]) => tag)
      return fitsTags(condition, own) && this.#fitsAge(condition, manifest)
    })
  }

  #fitsAge(condition: JsonObject, { uploadTime }: Manifest): boolean {
    const ageMs = this.#clock.now() - Date.parse(uploadTime)
    const older = secondsOf(condition, 'olderThan')
    const newer = secondsOf(condition, 'newerThan')
    return (
      (older === undefined || ageMs > this.#clock.scaled(older * 1000)) &&
      (newer === undefined || ageMs < this.#clock.scaled(newer * 1000))
    )
  }
}

/** One image of a repository: its name with and without the repository. */
interface Package {
  readonly name: string
  readonly image: string
  readonly manifests: readonly Manifest[]
}

function isOf(rule: JsonObject, image: string): boolean {
  const prefixes = textsOf(rule, 'packageNamePrefixes')
  return prefixes.length === 0 || prefixes.some((prefix) => image.startsWith(prefix))
}

function fitsTags(condition: JsonObject, tags: readonly string[]): boolean {
  const state = (textOf(condition, 'tagState') ?? 'ANY').toUpperCase()
  if (state === 'TAGGED' && tags.length === 0) return false
  if (state === 'UNTAGGED' && tags.length > 0) return false
  const prefixes = textsOf(condition, 'tagPrefixes')
  return prefixes.length === 0 || tags.some((tag) => prefixes.some((one) => tag.startsWith(one)))
}

function newestFirst(one: Manifest, other: Manifest): number {
  return Date.parse(other.uploadTime) - Date.parse(one.uploadTime)
}

function secondsOf(condition: JsonObject, field: string): number | undefined {
  const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(textOf(condition, field) ?? '') ?? []
  return seconds === undefined ? undefined : Number(seconds)
}
