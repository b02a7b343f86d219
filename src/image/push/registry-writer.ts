import { ActionError } from '../../errors.ts'
import type { GoogleAnswer, GoogleClient, GoogleRequest } from '../../google/client.ts'
import { readFailure } from '../../google/diagnosis/failure.ts'
import { MANIFEST_TYPES } from '../registry.ts'
import type { Manifest } from './layout.ts'
import { type PushTarget, pushFailed, refused } from './target.ts'

/** Answers that are explained here; what may pass is tried again by the client. */
const REFUSALS = [400, 401, 403, 404, 405, 409, 413, 415, 416]

/** The small requests of a push: what is there, where to upload, manifests and tags. */
export class RegistryWriter {
  readonly #google: GoogleClient
  readonly #target: PushTarget
  /** By digest: what was put need not be read again for the next tag. */
  readonly #known = new Map<string, Manifest>()

  constructor(google: GoogleClient, target: PushTarget) {
    this.#google = google
    this.#target = target
  }

  async hasBlob(digest: string): Promise<boolean> {
    const { status } = await this.#ask('HEAD', `blobs/${digest}`, { accept404: true })
    return status !== 404
  }

  /** The digest behind a tag or digest, or undefined. */
  async findDigest(reference: string): Promise<string | undefined> {
    const answer = await this.#ask('HEAD', `manifests/${reference}`, {
      accept404: true,
      headers: { accept: MANIFEST_TYPES.join(', ') },
    })
    return answer.status === 404 ? undefined : answer.headers['docker-content-digest']
  }

  /** Begins an upload; answers its address, which may be relative. */
  async startUpload(): Promise<string> {
    const { headers } = await this.#ask('POST', 'blobs/uploads/', {})
    const { location } = headers
    if (location) return location
    throw pushFailed(this.#target, 'the registry begins an upload and does not say where.')
  }

  /** Puts a manifest under its digest or a tag. @throws when the registry took something else for it */
  async putManifest(reference: string, manifest: Manifest): Promise<void> {
    const { digest, mediaType, text } = manifest
    const { headers } = await this.#ask('PUT', `manifests/${reference}`, {
      headers: { 'content-type': mediaType },
      body: text,
    })
    this.#known.set(manifest.digest, manifest)
    const taken = headers['docker-content-digest'] ?? digest
    if (taken === digest) return
    throw pushFailed(this.#target, `the registry has ${taken} where ${digest} was pushed.`, {
      hint: 'Something between this runner and the registry changes what is sent: check the proxy.',
    })
  }

  /** Gives a manifest of the registry one more tag. */
  async tag(digest: string, tag: string): Promise<void> {
    const manifest = this.#known.get(digest) ?? (await this.findManifest(digest))
    if (manifest) return this.putManifest(tag, manifest)
    throw pushFailed(this.#target, `${digest} is gone from the registry.`, {
      hint: 'Somebody may have deleted it at this moment: run the job again.',
    })
  }

  /** The manifest behind a tag or digest, or undefined. */
  async findManifest(reference: string): Promise<Manifest | undefined> {
    const { status, headers, text } = await this.#ask('GET', `manifests/${reference}`, {
      accept404: true,
      headers: { accept: MANIFEST_TYPES.join(', ') },
    })
    const { 'content-type': mediaType = '', 'docker-content-digest': digest = '' } = headers
    if (status === 404 || digest === '') return undefined
    const manifest = { digest, mediaType, text }
    this.#known.set(digest, manifest)
    return manifest
  }

  async #ask(
    method: GoogleRequest['method'],
    path: string,
    more: Pick<GoogleRequest, 'headers' | 'body'> & { readonly accept404?: boolean }
  ): Promise<GoogleAnswer> {
    const { accept404 = false, ...rest } = more
    const { path: name } = this.#target.repository
    const purpose = `push the image to ${name}`
    const request = { service: 'registry' as const, method, path: `v2/${name}/${path}`, purpose }
    const answer = await this.#google
      .request({ ...request, ...rest, accept: REFUSALS })
      .catch((cause: unknown) => {
        throw this.#asPushFailure(cause)
      })
    if (answer.status < 300 || (accept404 && answer.status === 404)) return answer
    const { status, text } = answer
    // An answer to HEAD has no words of its own.
    const message =
      text === '' ? `the registry answers ${status}` : readFailure(status, text).message
    throw refused(this.#target, { status, message })
  }

  #asPushFailure(cause: unknown): unknown {
    if (!(cause instanceof ActionError) || cause.code === 'AUTH_FAILED') return cause
    const { message, isPassing } = cause
    const { hint } = refused(this.#target, { status: 0, message })
    return new ActionError('IMAGE_PUSH_FAILED', message, { cause, isPassing, hint })
  }
}
