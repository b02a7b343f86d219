import { ActionError } from '../errors.ts'
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

  /**
   * The number behind a version (`latest` or a number), as text.
   *
   * @throws ActionError GCP_REQUEST_FAILED when it is disabled or destroyed
   */
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
    const found = asRecord(answer.json)
    const [, number] = /\/versions\/([0-9]+)$/.exec(asText(found['name'])) ?? []
    if (number === undefined) {
      throw new ActionError(
        'GCP_UNEXPECTED_ANSWER',
        `Secret Manager did not say which version of secret ${secret} "${version}" is.`
      )
    }
    if (found['state'] !== 'ENABLED') {
      throw new ActionError(
        'GCP_REQUEST_FAILED',
        `Version ${number} of secret ${secret} is ${asText(found['state'])}: no VM could read it.`,
        {
          hint: `Run: gcloud secrets versions enable ${number} --secret ${secret}, or name another version.`,
        }
      )
    }
    return number
  }
}
