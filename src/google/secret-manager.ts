import { ActionError } from '../errors.ts'
import { crc32c } from '../lib/crc32c.ts'
import { asList, asRecord, asText, type JsonRecord } from '../lib/json.ts'
import type { GoogleAnswer, GoogleClient } from './client.ts'
import { addSecretVersion, enableSecretVersion } from './diagnosis/remedies.ts'

/** One version of a secret, without its value. */
export interface SecretVersion {
  /** 1, 2, 3 …, as text. */
  readonly number: string
  readonly state: string
  /** Changes with the version's state. */
  readonly etag: string
}

/** A secret without its versions. */
export interface SecretFacts {
  /** Numbers of versions that somebody has given a name of their own. */
  readonly aliased: readonly string[]
}

/** What came of reading a value. `gone`: no such secret or version, or it is disabled or destroyed. */
export type Accessed =
  | { readonly kind: 'value'; readonly number: string; readonly bytes: Uint8Array }
  | { readonly kind: 'gone' }
  | { readonly kind: 'denied'; readonly message: string }

/**
 * Secrets and their versions in one project. A secret is its short id, or `projects/P/secrets/S`.
 * A value is read by `accessVersion` alone, and passes no message.
 */
export class SecretManager {
  readonly #google: GoogleClient
  readonly #projectId: string

  constructor(google: GoogleClient, projectId: string) {
    this.#google = google
    this.#projectId = projectId
  }

  /**
   * The number behind a version (`latest` or a number), as text. `latest` is the newest one that
   * can be read: Google's alias is the newest of all, and of no use once somebody disables that.
   *
   * @throws ActionError GCP_REQUEST_FAILED when it is disabled or destroyed
   */
  async resolveVersion(secret: string, version: string): Promise<string> {
    const answer = await this.#google.request({
      service: 'secretmanager',
      method: 'GET',
      path: `${this.#nameOf(secret)}/versions/${version}`,
      purpose: `find version "${version}" of secret ${secret}`,
    })
    const found = readVersion(asRecord(answer.json))
    if (found.number === '') throw unclear(secret, version)
    if (found.state === 'ENABLED') return found.number
    const readable = version === 'latest' ? await this.#newestEnabled(secret) : undefined
    if (readable !== undefined) return readable
    throw new ActionError(
      'GCP_REQUEST_FAILED',
      `Version ${found.number} of secret ${secret} is ${found.state}: no VM could read it.`,
      { hint: this.#remedyOf(secret, found) }
    )
  }

  /** Undefined when there is no such secret. */
  async findSecret(secret: string): Promise<SecretFacts | undefined> {
    const answer = await this.#google.request({
      service: 'secretmanager',
      method: 'GET',
      path: this.#nameOf(secret),
      purpose: `look for secret ${secret}`,
      accept: [404],
    })
    if (answer.status === 404) return undefined
    const aliases = Object.values(asRecord(asRecord(answer.json)['versionAliases']))
    return { aliased: aliases.map(String) }
  }

  /** Makes a secret without a version, kept where Google likes; one that is there stays as it is. */
  async ensureSecret(
    secret: string,
    labels: Readonly<Record<string, string>>
  ): Promise<'created' | 'existed'> {
    const name = this.#nameOf(secret)
    const id = name.slice(name.lastIndexOf('/') + 1)
    const answer = await this.#google.request({
      service: 'secretmanager',
      method: 'POST',
      path: name.slice(0, name.lastIndexOf('/')),
      query: { secretId: id },
      body: { replication: { automatic: {} }, labels },
      purpose: `create secret ${secret}`,
      accept: [409],
    })
    return answer.status === 409 ? 'existed' : 'created'
  }

  /** The versions that can be read, newest first; undefined when there is no such secret. */
  async listEnabled(secret: string): Promise<readonly SecretVersion[] | undefined> {
    const versions: SecretVersion[] = []
    let pageToken = ''
    do {
      const answer = await this.#google.request({
        service: 'secretmanager',
        method: 'GET',
        path: `${this.#nameOf(secret)}/versions`,
        query: { filter: 'state:ENABLED', ...(pageToken !== '' && { pageToken }) },
        purpose: `list the versions of secret ${secret}`,
        accept: [404],
      })
      if (answer.status === 404) return undefined
      const page = asRecord(answer.json)
      versions.push(...asList(page['versions']).map((item) => readVersion(asRecord(item))))
      pageToken = asText(page['nextPageToken'])
    } while (pageToken !== '')
    return versions
      .filter(({ state }) => state === 'ENABLED')
      .sort((one, other) => Number(other.number) - Number(one.number))
  }

  /** The value of a version (a number or `latest`). @throws ActionError GCP_* */
  async accessVersion(secret: string, version: string): Promise<Accessed> {
    const answer = await this.#google.request({
      service: 'secretmanager',
      method: 'GET',
      path: `${this.#nameOf(secret)}/versions/${version}:access`,
      purpose: `read version "${version}" of secret ${secret}`,
      accept: [400, 403, 404],
    })
    if (answer.status === 403) return { kind: 'denied', message: messageOf(answer) }
    if (answer.status >= 400) return { kind: 'gone' }
    const found = asRecord(answer.json)
    const payload = asRecord(found['payload'])
    const bytes = Buffer.from(asText(payload['data']), 'base64')
    const { number } = readVersion(found)
    const isWhole =
      payload['dataCrc32c'] === undefined || String(payload['dataCrc32c']) === String(crc32c(bytes))
    if (number === '' || !isWhole) throw unclear(secret, version)
    return { kind: 'value', number, bytes }
  }

  /**
   * Adds a version and returns its number. Google has nothing that makes this safe to repeat: where
   * the answer to the first try is lost, the value is there twice, and the newer one counts.
   *
   * @throws ActionError GCP_*; GCP_UNEXPECTED_ANSWER when Google did not check the checksum
   */
  async addVersion(secret: string, bytes: Uint8Array): Promise<string> {
    const data = Buffer.from(bytes).toString('base64')
    const answer = await this.#google.request({
      service: 'secretmanager',
      method: 'POST',
      path: `${this.#nameOf(secret)}:addVersion`,
      body: { payload: { data, dataCrc32c: String(crc32c(bytes)) } },
      purpose: `add a version to secret ${secret}`,
    })
    const added = asRecord(answer.json)
    const { number } = readVersion(added)
    if (number === '' || added['clientSpecifiedPayloadChecksum'] !== true) {
      throw new ActionError(
        'GCP_UNEXPECTED_ANSWER',
        `Secret Manager did not confirm that the new version of secret ${secret} arrived whole.`,
        { hint: 'Run the job again: what is there is compared first.' }
      )
    }
    return number
  }

  /** Takes a version out of use; it can be enabled again. `changed`: somebody was faster. */
  async disableVersion(
    secret: string,
    { number, etag }: SecretVersion
  ): Promise<'disabled' | 'changed'> {
    const answer = await this.#google.request({
      service: 'secretmanager',
      method: 'POST',
      path: `${this.#nameOf(secret)}/versions/${number}:disable`,
      body: { etag },
      purpose: `disable version ${number} of secret ${secret}`,
      // 400 is Google's answer for an etag of before, and for a version that is destroyed by now.
      accept: [400, 404, 409, 412],
    })
    return answer.status >= 400 ? 'changed' : 'disabled'
  }

  async #newestEnabled(secret: string): Promise<string | undefined> {
    return (await this.listEnabled(secret))?.[0]?.number
  }

  /** What is destroyed nobody can enable. */
  #remedyOf(name: string, { number, state }: SecretVersion): string {
    const { secret, project } = placeOf(name, this.#projectId)
    return state === 'DESTROYED'
      ? `Its value is gone for good. Run: ${addSecretVersion(secret, project)}\nThen deploy the commit that you want, which makes a release with the new version.`
      : `Run: ${enableSecretVersion(number, { secret, project })}, or name another version.`
  }

  #nameOf(secret: string): string {
    return secret.startsWith('projects/') ? secret : `projects/${this.#projectId}/secrets/${secret}`
  }
}

/** A secret's short id, and the project that it is in: mostly this one. */
export function placeOf(
  name: string,
  projectId: string
): { readonly secret: string; readonly project: string } {
  const [, project = projectId, secret = name] =
    /^projects\/([^/]+)\/secrets\/(.+)$/.exec(name) ?? []
  return { secret, project }
}

function readVersion(version: JsonRecord): SecretVersion {
  const [, number = ''] = /\/versions\/([0-9]+)$/.exec(asText(version['name'])) ?? []
  return { number, state: asText(version['state']), etag: asText(version['etag']) }
}

function messageOf({ json }: GoogleAnswer): string {
  return asText(asRecord(asRecord(json)['error'])['message'])
}

function unclear(secret: string, version: string): ActionError {
  return new ActionError(
    'GCP_UNEXPECTED_ANSWER',
    `Secret Manager did not say which version of secret ${secret} "${version}" is.`
  )
}
