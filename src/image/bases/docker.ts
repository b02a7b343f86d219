import { asList, asRecord, asText, parseJson } from '../../lib/json.ts'
import { lastLine } from '../../lib/last-line.ts'
import type { CommandRunner, InterruptibleResult } from '../../ports.ts'
import { isSamePlatform, type Platform, parsePlatform } from '../dockerfile/platform.ts'

/** How the user's own Docker is asked. */
export interface AskOptions {
  /** Aborts with the run, or when looking up has taken too long. */
  readonly signal: AbortSignal
  readonly timeoutMs: number
  /** Such as a DOCKER_CONFIG with a login; undefined for the user's own. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

/** An image that the engine has. */
export interface EngineImage {
  readonly digest: string
  readonly platform: Platform | undefined
  readonly diffIds: readonly string[]
  /** `NAME@DIGEST` in the registries that it came from or went to. */
  readonly names: readonly string[]
}

/** A manifest of an index. */
export interface Listed {
  readonly digest: string
  readonly platform: Platform
}

/** An answer, or why there is none. */
export type Found<T> = { readonly found: T } | { readonly missing: string }

/** Runs one docker command whose failure is an answer. @throws the signal's reason */
export async function askDocker(
  commands: CommandRunner,
  args: readonly string[],
  options: AskOptions
): Promise<Found<string>> {
  const { signal, timeoutMs, env } = options
  const result = await commands.runInterruptible('docker', args, { signal, timeoutMs, env })
  signal.throwIfAborted()
  if (result.exitCode === 0) return { found: result.stdout }
  return { missing: whyNot(result, timeoutMs) }
}

function whyNot({ stderr, timedOut, exitCode }: InterruptibleResult, timeoutMs: number): string {
  if (timedOut) return `no answer within ${timeoutMs / 1000} s`
  return lastLine(stderr).replace(/^ERROR: /, '') || `docker ended with exit code ${exitCode}`
}

/** Reads `docker image inspect`. */
export function readEngineImage(text: string): EngineImage {
  const image = asRecord(parseJson(text))
  return {
    digest: asText(image['Id']),
    platform: readPlatform(image['Os'], image['Architecture'], image['Variant']),
    diffIds: asList(asRecord(image['RootFS'])['Layers']).map(asText),
    names: asList(image['RepoDigests']).map(asText),
  }
}

/** The layers of an image configuration, as `{{json .Image}}` of buildx prints one. */
export function readDiffIds(text: string): readonly string[] | undefined {
  const layers = asRecord(asRecord(parseJson(text))['rootfs'])['diff_ids']
  return Array.isArray(layers) ? layers.map(asText) : undefined
}

/** The manifests that an index lists, attestations left out; none for a single image. */
export function readIndex(text: string): readonly Listed[] {
  return asList(asRecord(parseJson(text))['manifests']).flatMap((entry) => {
    const { digest, platform } = asRecord(entry)
    const { os, architecture, variant } = asRecord(platform)
    const known = os === 'unknown' ? undefined : readPlatform(os, architecture, variant)
    return known === undefined ? [] : [{ digest: asText(digest), platform: known }]
  })
}

/**
 * Reads `docker manifest inspect --verbose`: a list for several platforms, else one entry, which is
 * taken whatever is wanted.
 */
export function readVerboseManifest(
  text: string,
  wanted: Platform | undefined
): string | undefined {
  const parsed = parseJson(text)
  const descriptors = (Array.isArray(parsed) ? asList(parsed) : [parsed]).map((entry) =>
    asRecord(asRecord(entry)['Descriptor'])
  )
  const fitting = descriptors.find((descriptor) => {
    if (!Array.isArray(parsed)) return true
    const { os, architecture, variant } = asRecord(descriptor['platform'])
    const offered = readPlatform(os, architecture, variant)
    return offered && wanted && isSamePlatform(offered, wanted)
  })
  return asText(fitting?.['digest']) || undefined
}

/** Images say `arm64` with variant v8 or without one: both are the same here. */
function readPlatform(os: unknown, architecture: unknown, variant: unknown): Platform | undefined {
  return parsePlatform([os, architecture, variant].map(asText).filter(Boolean).join('/'))
}
