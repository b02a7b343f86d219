import { ActionError } from '../errors.ts'
import type { GoogleClient } from '../google/client.ts'
import { fixFor } from '../google/diagnosis.ts'
import { asList, asText, parseJson } from '../lib/json.ts'
import type { CommandRunner, Files, Log, TokenSource } from '../ports.ts'
import { type Engine, lastLine } from './engine.ts'
import {
  buildTag,
  digestOf,
  type ImageRepository,
  renderDigestReference,
  renderTagReference,
} from './reference.ts'
import { findManifest } from './registry.ts'

export interface PushPorts {
  readonly commands: CommandRunner
  readonly files: Files
  readonly google: GoogleClient
  readonly tokens: TokenSource
  readonly log: Log
}

export interface PushOptions {
  readonly imageId: string
  readonly repository: ImageRepository
  readonly projectId: string
  /** A folder of ours for a Docker configuration that is gone after the push. */
  readonly workDirectory: string
  readonly signal: AbortSignal
}

export interface PushedImage {
  /** `…@sha256:…`: the manifest's digest, not the image id. */
  readonly reference: string
  readonly wasPushed: boolean
}

const TIMEOUT_MS = 60 * 60_000

/**
 * Brings the built image into the registry unless it is there already, and returns it by manifest
 * digest. An image is there when the tag of its id leads to a manifest with exactly that id.
 *
 * @throws ActionError IMAGE_PUSH_FAILED, GCP_*
 */
export async function pushImage(
  ports: PushPorts,
  engine: Engine,
  options: PushOptions
): Promise<PushedImage> {
  const { imageId, repository } = options
  const known = await findManifest(ports.google, repository, buildTag(imageId))
  if (known && (known.configDigest === imageId || known.digest === imageId)) {
    ports.log.info(`The registry has this image already: ${known.digest}`)
    return { reference: renderDigestReference(repository, known.digest), wasPushed: false }
  }
  await pushThroughEngine(ports, engine, options)
  const digest = await confirmedDigest(ports, options)
  return { reference: renderDigestReference(repository, digest), wasPushed: true }
}

async function pushThroughEngine(
  ports: PushPorts,
  engine: Engine,
  options: PushOptions
): Promise<void> {
  const { commands, files, tokens, log } = ports
  const configDirectory = `${options.workDirectory}/docker-config`
  const tag = renderTagReference(options.repository, buildTag(options.imageId))
  await expectSuccess(commands.run('docker', ['tag', options.imageId, tag]), options)
  await files.writePrivate(
    `${configDirectory}/config.json`,
    renderLogin(options.repository.host, await tokens.accessToken())
  )
  try {
    log.info(`Pushing ${tag}`)
    const pushed = commands.runInterruptible('docker', ['push', '--quiet', tag], {
      // The user's own configuration stays untouched; their engine is still the one that pushes.
      env: { DOCKER_CONFIG: configDirectory, ...(engine.host && { DOCKER_HOST: engine.host }) },
      signal: options.signal,
      timeoutMs: TIMEOUT_MS,
    })
    await expectSuccess(pushed, options)
  } finally {
    await files.remove(configDirectory)
  }
}

/** The login that `docker login` would write, without its round trip and without the user's file. */
export function renderLogin(host: string, token: string): string {
  const auth = Buffer.from(`oauth2accesstoken:${token}`).toString('base64')
  return JSON.stringify({ auths: { [host]: { auth } } })
}

async function expectSuccess(
  command: Promise<{ readonly exitCode: number; readonly stderr: string }>,
  options: PushOptions
): Promise<void> {
  const { exitCode, stderr } = await command
  options.signal.throwIfAborted()
  if (exitCode === 0) return
  const said = lastLine(stderr) || `docker ended with exit code ${exitCode} and said nothing`
  const { host, path } = options.repository
  throw new ActionError(
    'IMAGE_PUSH_FAILED',
    `Could not push the image to ${host}/${path}: ${said}`,
    {
      hint: fixFor({ status: 403, reason: '', message: said, details: {} }, options.projectId),
    }
  )
}

// The engine says what it pushed, the registry what it has: only when both agree it goes on.
async function confirmedDigest(
  { commands, google }: PushPorts,
  options: PushOptions
): Promise<string> {
  const { repository, imageId } = options
  const inspected = await commands.run('docker', [
    'image',
    'inspect',
    '--format',
    '{{json .RepoDigests}}',
    imageId,
  ])
  const pushed = asList(parseJson(inspected.stdout)).map(asText)
  const remote = await findManifest(google, repository, buildTag(imageId))
  if (remote === undefined || !pushed.includes(renderDigestReference(repository, remote.digest))) {
    throw new ActionError(
      'IMAGE_PUSH_FAILED',
      `The registry has ${remote?.digest ?? 'nothing'} where the image was pushed to ${repository.host}/${repository.path}, and the engine says it pushed ${pushed.map(digestOf).join(', ') || 'nothing'}.`,
      { hint: 'Somebody may have pushed at the same time: run the job again.' }
    )
  }
  return remote.digest
}
