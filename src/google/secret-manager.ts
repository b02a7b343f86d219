import { asRecord, asText } from '../lib/json.ts'
import type { GoogleClient } from './client.ts'

/** Names of secret versions; it never reads a value. */
export class SecretManager {
  readonly #google: GoogleClient
  readonly #projectId: string

  constructor(google: GoogleClient, projectId: string) {
    this.#google = google
    this.#projectId = projectId
  }

  /** The number behind a version (`latest` or a number), as text. */
  async resolveVersion(secret: string, version: string): Promise<string> {
    const name = secret.startsWith('projects/')
      ? secret
      : `projects/${this.#projectId}/secrets/${secret}`
    const answer = await this.#google.request({
      service: 'secretmanager',
      method: 'GET',
      path: `${name}/versions/${version}`,
      purpose: `find version "${version}" of secret ${secret}`,
    })
    return asText(asRecord(answer.json)['name']).split('/').pop() ?? ''
  }
}
