import { randomUUID } from 'node:crypto'
import { ActionError } from '../errors.ts'
import { asRecord, asText } from '../lib/json.ts'
import type { GoogleAnswer, GoogleClient } from './client.ts'

/** One object as it was at one moment. Both times are by Google's clock, to the second: only their difference counts. */
export interface StoredText {
  readonly text: string
  /** Digits; they outgrow a double. */
  readonly generation: string
  readonly updatedAtMs: number
  readonly serverNowMs: number
}

export interface Precondition {
  /** The generation that must be there; `0` means that no object may be there. */
  readonly ifGeneration: string
}

export type WriteOutcome = { readonly generation: string } | 'conflict'
export type RemoveOutcome = 'done' | 'conflict' | 'gone'

/**
 * Small texts in one bucket, changed only where their generation is the expected one
 * (https://cloud.google.com/storage/docs/request-preconditions). What must still be written after a
 * cancel needs a client whose signal outlives the cancel.
 */
export class ObjectStore {
  readonly #google: GoogleClient
  readonly #bucket: string

  constructor(google: GoogleClient, bucket: string) {
    this.#google = google
    this.#bucket = bucket
  }

  /** For messages and commands: `gs://bucket/name`. */
  url(name: string): string {
    return `gs://${this.#bucket}/${name}`
  }

  /**
   * The object, or undefined when there is none; a bucket that is missing is an error.
   *
   * @throws ActionError GCP_REQUEST_FAILED, GCP_UNREACHABLE, GCP_UNEXPECTED_ANSWER
   */
  async read(name: string): Promise<StoredText | undefined> {
    const purpose = `read ${this.url(name)}`
    const answer = await this.#google.request({
      service: 'storage',
      method: 'GET',
      path: this.#path(name),
      query: { alt: 'media' },
      purpose,
      accept: [404],
    })
    if (answer.status === 404) {
      await this.#requireBucket(purpose)
      return undefined
    }
    const [generation, updatedAtMs, serverNowMs] = readHeaders(answer)
    if (generation === undefined || Number.isNaN(updatedAtMs + serverNowMs)) {
      throw new ActionError(
        'GCP_UNEXPECTED_ANSWER',
        `Could not ${purpose}: Cloud Storage answered without generation, time of change or time.`,
        { hint: 'Check whether a proxy between the runner and Google removes headers.' }
      )
    }
    return { text: answer.text, generation, updatedAtMs, serverNowMs }
  }

  /**
   * Writes the whole object. A write that happened although its answer was lost is no conflict: the
   * text must be one that nobody else would write, or one that is right whoever wrote it.
   *
   * @throws ActionError GCP_REQUEST_FAILED, GCP_UNREACHABLE, GCP_UNEXPECTED_ANSWER
   */
  async write(name: string, text: string, { ifGeneration }: Precondition): Promise<WriteOutcome> {
    const purpose = `write ${this.url(name)}`
    const { body, contentType } = multipart(name, text)
    const answer = await this.#google.request({
      service: 'storage',
      method: 'POST',
      // Uploads have a base of their own, beside that of the JSON API on the same host.
      path: `../../upload/storage/v1/b/${this.#bucket}/o`,
      query: { uploadType: 'multipart', ifGenerationMatch: ifGeneration, fields: 'generation' },
      headers: { 'content-type': contentType },
      body,
      purpose,
      accept: [412],
    })
    if (answer.status === 412) return this.#afterRefusal(name, text)
    const generation = asText(asRecord(answer.json)['generation'])
    if (generation !== '') return { generation }
    throw new ActionError(
      'GCP_UNEXPECTED_ANSWER',
      `Could not ${purpose}: Cloud Storage answered without a generation.`
    )
  }

  /** Removes that generation and no other. `gone`: there is none, maybe because the answer to our own removal was lost. */
  async remove(name: string, { ifGeneration }: Precondition): Promise<RemoveOutcome> {
    const { status } = await this.#google.request({
      service: 'storage',
      method: 'DELETE',
      path: this.#path(name),
      query: { ifGenerationMatch: ifGeneration },
      purpose: `remove ${this.url(name)}`,
      accept: [404, 412],
    })
    if (status === 412) return 'conflict'
    return status === 404 ? 'gone' : 'done'
  }

  // The client repeats a request whose answer was lost, and a repeated write is refused by its own
  // first attempt.
  async #afterRefusal(name: string, text: string): Promise<WriteOutcome> {
    const there = await this.read(name)
    return there?.text === text ? { generation: there.generation } : 'conflict'
  }

  // A missing bucket is a 404 as well, and only its text tells the two apart.
  async #requireBucket(purpose: string): Promise<void> {
    await this.#google.request({
      service: 'storage',
      method: 'GET',
      path: `b/${this.#bucket}/o`,
      query: { maxResults: '1', fields: 'kind' },
      purpose,
    })
  }

  #path(name: string): string {
    return `b/${this.#bucket}/o/${encodeURIComponent(name)}`
  }
}

function readHeaders({
  headers,
}: GoogleAnswer): [generation: string | undefined, updatedAtMs: number, serverNowMs: number] {
  const timeOf = (header: string): number => Date.parse(headers[header] ?? '')
  return [headers['x-goog-generation'], timeOf('last-modified'), timeOf('date')]
}

/** Metadata and text in one request (https://cloud.google.com/storage/docs/uploading-objects). */
function multipart(
  name: string,
  text: string
): { readonly body: string; readonly contentType: string } {
  const boundary = randomUUID()
  const resource = { name, contentType: 'application/json', cacheControl: 'no-store' }
  const parts = [JSON.stringify(resource), text].map(
    (part) => `--${boundary}\r\ncontent-type: application/json\r\n\r\n${part}\r\n`
  )
  return {
    body: `${parts.join('')}--${boundary}--\r\n`,
    contentType: `multipart/related; boundary=${boundary}`,
  }
}
