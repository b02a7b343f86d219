import type { GoogleClient } from '../../google/client.ts'
import { asRecord, asText, parseJson } from '../../lib/json.ts'
import type { BuiltImage } from '../build/build.ts'
import { buildTag, type ImageRepository, renderDigestReference } from '../reference.ts'
import { type EnginePushPorts, pushFromEngine } from './engine-push.ts'
import { type Manifest, readLayout } from './layout.ts'
import { pushLayout } from './layout-push.ts'
import { RegistryWriter } from './registry-writer.ts'
import type { OpenFile } from './tar.ts'
import { type PushTarget, pushFailed } from './target.ts'
import type { UploadPorts } from './upload.ts'

export interface PushPorts extends EnginePushPorts, UploadPorts {
  readonly google: GoogleClient
  readonly openFile: OpenFile
}

export interface PushOptions {
  readonly image: BuiltImage
  readonly repository: ImageRepository
  readonly projectId: string
  /** The names under which the image is found again. */
  readonly tags: readonly [string, ...string[]]
  /** Base of the registry's addresses, such as `https://europe-west1-docker.pkg.dev/`. */
  readonly registryUrl: string
  /** A folder of ours for a client configuration that is gone after the push. */
  readonly workDirectory: string
  readonly signal: AbortSignal
}

export interface PushedImage {
  /** `…@sha256:…`: the manifest's digest, not the image id. */
  readonly reference: string
  readonly wasPushed: boolean
}

interface Arrived {
  readonly digest: string
  readonly wasPushed: boolean
}

/**
 * Brings the built image into the registry unless it is there already, gives it its tags, and
 * returns it by manifest digest.
 *
 * @throws ActionError IMAGE_PUSH_FAILED, AUTH_FAILED
 */
export async function pushImage(ports: PushPorts, options: PushOptions): Promise<PushedImage> {
  const { repository, projectId, image, tags } = options
  const fixFor = ports.google.fixFor.bind(ports.google)
  const target = { repository, projectId, fixFor }
  const registry = new RegistryWriter(ports.google, target)
  const arrive = image.kind === 'engine' ? bringFromEngine : bringLayout
  const { digest, wasPushed } = await arrive(ports, options, { target, registry })
  if (!wasPushed) ports.log.info(`The registry has this image already: ${digest}`)
  await Promise.all(
    tags.map(async (tag) => {
      if ((await registry.findDigest(tag)) !== digest) await registry.tag(digest, tag)
    })
  )
  return { reference: renderDigestReference(repository, digest), wasPushed }
}

interface Destination {
  readonly target: PushTarget
  readonly registry: RegistryWriter
}

/** The engine knows no digest before it has pushed: the tag of the image's id tells whether it has. */
async function bringFromEngine(
  ports: PushPorts,
  { image, workDirectory, signal }: PushOptions,
  { target, registry }: Destination
): Promise<Arrived> {
  const imageId = image.kind === 'engine' ? image.imageId : ''
  const tag = buildTag(imageId)
  const known = await registry.findManifest(tag)
  if (known && (known.digest === imageId || configOf(known) === imageId)) {
    return { digest: known.digest, wasPushed: false }
  }
  const said = await pushFromEngine(ports, { target, imageId, tag, workDirectory, signal })
  const found = await registry.findDigest(tag)
  // The engine says what it pushed, the registry what it has: only when both agree it goes on.
  if (found === said) return { digest: said, wasPushed: true }
  throw pushFailed(
    target,
    `the registry has ${found ?? 'nothing'} under the tag ${tag}, and the engine says it pushed ${said}.`,
    { hint: 'Somebody may have pushed at the same time: run the job again.' }
  )
}

/** The image id of engines with a store of their own. */
function configOf({ text }: Manifest): string {
  return asText(asRecord(asRecord(parseJson(text))['config'])['digest'])
}

async function bringLayout(
  ports: PushPorts,
  { image, registryUrl, signal }: PushOptions,
  { target, registry }: Destination
): Promise<Arrived> {
  const path = image.kind === 'layout' ? image.path : ''
  const layout = await readLayout(ports.openFile, path)
  const { digest } = layout
  if (await registry.findDigest(digest)) return { digest, wasPushed: false }
  await pushLayout(ports, layout, { target, registry, registryUrl, path, signal })
  const root = layout.manifests.at(-1)
  // An index that nothing tags is cleaned away, and the attestations with it.
  if (root && root.digest !== digest) await registry.putManifest(attestationTag(digest), root)
  return { digest, wasPushed: true }
}

/** Tag of the index that has the attestations (provenance, SBOM) of an image. */
function attestationTag(digest: string): string {
  return `attested-${digest.replace(/^sha256:/, '').slice(0, 12)}`
}
