import type { Hono } from 'hono'
import { VirtualClock } from '../../../emulator/clock.ts'
import { GoogleError } from '../../../emulator/google/errors.ts'
import { Federation } from '../../../emulator/google/federation/pools.ts'
import { Access } from '../../../emulator/google/iam/access.ts'
import { Policies } from '../../../emulator/google/iam/policies.ts'
import type { GoogleEnv } from '../../../emulator/google/route.ts'
import { createSecretManager } from '../../../emulator/google/secrets/secret-manager.ts'
import { Secrets } from '../../../emulator/google/secrets/store.ts'
import { ArtifactRegistry } from '../../../src/google/artifact-registry.ts'
import { Compute } from '../../../src/google/compute.ts'
import { ObjectStore } from '../../../src/google/object-store.ts'
import { SecretManager } from '../../../src/google/secret-manager.ts'
import type { Config } from '../../../src/inputs.ts'
import type { Http, HttpRequest, HttpResponse } from '../../../src/ports.ts'
import { type PublishedSecret, publishSecretValues } from '../../../src/secrets/publish.ts'
import { aConfig } from '../../fakes/deploy-inputs.ts'
import { FakeCloud } from '../../fakes/fake-cloud.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { Timeline } from '../../fakes/timeline.ts'

export const PROJECT = { id: 'mervis-demo', number: '123456789012' }

export interface VersionsOf {
  readonly number: number
  readonly state: string
  readonly text: string
}

/** The emulator's Secret Manager beside the fake cloud, in one process and on one clock. */
export class SecretsWorld implements Http {
  readonly clock = new Timeline()
  readonly cloud = new FakeCloud(this.clock)
  readonly secrets = new Secrets(PROJECT, new VirtualClock())
  readonly log = new RecordingLog()
  /** `METHOD path` of each request to Secret Manager, in order. */
  readonly asked: string[] = []
  /** Answers a request to Secret Manager in its place. */
  fault: (line: string) => HttpResponse | undefined = () => undefined
  readonly #routes: Hono<GoogleEnv>

  constructor() {
    const policies = new Policies(PROJECT)
    const access = new Access({ project: PROJECT, policies, federation: new Federation() })
    this.#routes = createSecretManager(PROJECT, this.secrets, { policies, access })
    this.#routes.onError((error) => {
      if (!(error instanceof GoogleError)) throw error
      return new Response(JSON.stringify(error.toBody()), { status: error.httpStatus })
    })
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const url = new URL(request.url)
    if (!url.host.startsWith('secretmanager')) return this.cloud.send(request)
    request.signal.throwIfAborted()
    const path = url.pathname.replace(/^\/v1/, '')
    const line = `${request.method} ${path.replace(`/projects/${PROJECT.id}/`, '')}`
    this.asked.push(line)
    const instead = this.fault(line)
    if (instead) return instead
    const { method, body } = request
    const response = await this.#routes.request(path + url.search, {
      method,
      ...(body !== undefined && { body }),
    })
    return { status: response.status, headers: {}, body: await response.text() }
  }

  /** The real clients on this world. */
  clients(signal = new AbortController().signal) {
    const google = googleClientOn(this, { clock: this.clock, signal })
    const scope = { projectId: PROJECT.id, region: 'europe-west1' }
    return {
      google,
      compute: new Compute(google, scope),
      artifacts: new ArtifactRegistry(google, scope),
      secretManager: new SecretManager(google, PROJECT.id),
      store: new ObjectStore(google, 'mervis-demo-tfstate'),
    }
  }

  ports(signal = new AbortController().signal) {
    const lasting = { ...this.clients(), signal: new AbortController().signal }
    return { ...this.clients(signal), clock: this.clock, log: this.log, lasting }
  }

  /** One run that gives these values, as `NAME=secret` and the value's bytes. */
  publish(
    inputs: Readonly<Record<string, string>>,
    more: { readonly isThorough?: boolean; readonly holder?: string } = {}
  ): Promise<readonly PublishedSecret[]> {
    const { isThorough = false, holder = 'this-run' } = more
    const { signal } = new AbortController()
    const owner = { holder, runUrl: `https://github.com/m/m/actions/runs/${holder}`, actor: 'ada' }
    const config: Config = aConfig(inputs)
    return this.clock.play(
      publishSecretValues(this.ports(), config, { owner, isThorough, signal, random: () => 0.5 })
    )
  }

  /** Makes a secret with versions of these values. */
  given(id: string, ...values: readonly string[]): void {
    this.secrets.create(id, { replication: { automatic: {} } })
    for (const value of values)
      this.secrets.addVersion(this.secrets.get(id), Buffer.from(value), true)
  }

  /** A release's template that names versions, as `NAME=secret/version` lines. */
  release(name: string, ...lines: readonly string[]): void {
    const items = [{ key: 'app-secrets', value: lines.join('\n') }]
    this.cloud.templates.set(name, { properties: { metadata: { items } } })
  }

  setState(id: string, number: number, state: 'ENABLED' | 'DISABLED' | 'DESTROYED'): void {
    const secret = this.secrets.get(id)
    this.secrets.setState(secret, this.secrets.version(secret, String(number)), state)
  }

  versionsOf(id: string): readonly VersionsOf[] {
    return this.secrets
      .get(id)
      .versions.map(({ number, state, data }) => ({ number, state, text: data.toString() }))
  }

  /** `1 2 -3`: the versions, those that are disabled with a sign. */
  states(id: string): string {
    const signs: Readonly<Record<string, string>> = { DISABLED: '-', DESTROYED: 'x' }
    return this.versionsOf(id)
      .map(({ number, state }) => `${signs[state] ?? ''}${number}`)
      .join(' ')
  }
}
