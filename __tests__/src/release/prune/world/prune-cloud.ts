import { createArtifactRegistry } from '../../../../../emulator/google/artifacts/artifact-registry.ts'
import { Cleanup } from '../../../../../emulator/google/artifacts/cleanup.ts'
import { Repositories } from '../../../../../emulator/google/artifacts/repositories.ts'
import { Federation } from '../../../../../emulator/google/federation/pools.ts'
import { Access } from '../../../../../emulator/google/iam/access.ts'
import { Policies } from '../../../../../emulator/google/iam/policies.ts'
import type { Blobs } from '../../../../../emulator/registry/blobs.ts'
import { Images } from '../../../../../emulator/registry/images.ts'
import type { HttpResponse } from '../../../../../src/ports.ts'
import {
  Cloud,
  type CloudParts,
  PROJECT,
  REGION,
  type Service,
} from '../../../../simulation/world/cloud.ts'
import { type Asked, ask, RouteFinder } from '../../../../simulation/world/in-process.ts'

export const IMAGE_PATH = 'demo/mervis/mervis'
export const REPOSITORY = { host: `${REGION}-docker.pkg.dev`, path: IMAGE_PATH }
/** Below this path of the registry's host its REST API is found, as everything else is by path. */
export const REST_PREFIX = '/v2/-'

const finder = new RouteFinder()

/** The policies of terraform/modules/storage, as the API has them. */
const CLEANUP_POLICIES = {
  'keep-releases': {
    action: 'KEEP',
    condition: { tagPrefixes: ['release-'], tagState: 'TAGGED' },
  },
  'delete-old': { action: 'DELETE', condition: { olderThan: '2592000s', tagState: 'ANY' } },
}

/** The cloud of a simulated run with a registry in it that remembers what is tagged. */
export class PruneCloud extends Cloud {
  readonly images: Images
  readonly cleanup: Cleanup
  /** Answers a request in the cloud's place. */
  refuse: (asked: Asked) => HttpResponse | undefined = () => undefined
  readonly #repositories: Repositories
  readonly #rest: ReturnType<typeof createArtifactRegistry>

  constructor(parts: CloudParts, blobs: Blobs) {
    super(parts)
    const { timeline: clock } = parts
    const repositories = new Repositories(PROJECT, clock)
    this.#repositories = repositories
    this.images = new Images(clock)
    this.cleanup = new Cleanup(clock, repositories, this.images)
    const { images, cleanup } = this
    const policies = new Policies(PROJECT)
    const access = new Access({ project: PROJECT, policies, federation: new Federation() })
    const registryHost = (): string => REPOSITORY.host
    const shared = { repositories, images, cleanup, policies, access }
    this.#rest = createArtifactRegistry({ ...shared, blobs, registryHost })
    repositories.create(REGION, 'mervis', { format: 'DOCKER', cleanupPolicies: CLEANUP_POLICIES })
  }

  /** Pushes the image of that number, and gives its reference. */
  push(number: number): string {
    const config = { digest: `sha256:${String(number).padStart(64, '0')}` }
    const manifest = JSON.stringify({ schemaVersion: 2, config, layers: [] })
    const { digest } = this.images.put(IMAGE_PATH, MANIFEST, Buffer.from(manifest), () => 1)
    this.images.tag(IMAGE_PATH, `src-${String(number).padStart(8, '0')}-1`, digest)
    return `${REPOSITORY.host}/${IMAGE_PATH}@${digest}`
  }

  /** Ids of the releases whose image is tagged. */
  taggedReleases(): readonly string[] {
    const tags = [...this.images.tagsOf(IMAGE_PATH).keys()]
    return tags.flatMap((tag) => /^release-([0-9a-f]{12})$/.exec(tag)?.[1] ?? []).sort()
  }

  /** What the registry's own cleanup would delete by then. */
  cleanUpAfter(durationMs: number): void {
    let nowMs = Date.now()
    const clock = { now: () => nowMs, scaled: (ms: number) => ms, after: () => () => {} }
    const cleanup = new Cleanup(clock, this.#repositories, this.images)
    nowMs += durationMs
    cleanup.catchUp()
  }

  override ask(service: Service, asked: Asked): Promise<HttpResponse> {
    const refused = this.refuse(asked)
    if (refused) return Promise.resolve(refused)
    if (service !== 'registry') return super.ask(service, asked)
    if (!asked.path.startsWith('/-/')) return Promise.resolve(this.#serveManifest(asked))
    return ask(finder, this.#rest.routes, { ...asked, path: asked.path.slice('/-'.length) })
  }

  #serveManifest({ method, path, body }: Asked): HttpResponse {
    const [, name = '', reference = ''] = /^\/(.+)\/manifests\/([^/]+)$/.exec(path) ?? []
    if (method === 'PUT') {
      const { digest } = this.images.put(name, MANIFEST, Buffer.from(body), () => 1)
      this.images.tag(name, reference, digest)
      return { status: 201, headers: {}, body: '' }
    }
    const found = this.images.find(name, reference)
    if (found === undefined) return { status: 404, headers: {}, body: '' }
    const headers = { 'docker-content-digest': found.digest, 'content-type': found.mediaType }
    return { status: 200, headers, body: found.bytes.toString() }
  }
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
