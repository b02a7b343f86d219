import { ArtifactRegistry } from '../../src/google/artifact-registry.ts'
import { Compute } from '../../src/google/compute.ts'
import { ObjectStore } from '../../src/google/object-store.ts'
import { SecretManager } from '../../src/google/secret-manager.ts'
import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../src/lib/json.ts'
import type { Clock, Http, HttpRequest, HttpResponse } from '../../src/ports.ts'
import { FakeBucket } from './fake-bucket.ts'
import { googleClientOn } from './google-client.ts'
import { answer, googleError, type HttpAnswer, ScriptedHttp } from './scripted-http.ts'

const LINK = 'https://www.googleapis.com/compute/v1/projects/mervis-demo'

export interface CloudVm {
  readonly name: string
  readonly id?: string
  readonly version?: string
  readonly action?: string
  readonly status?: string
  readonly health?: string
  readonly errors?: readonly { readonly code: string; readonly message: string }[]
  readonly report?: JsonRecord | undefined
}

export interface CloudGroup {
  readonly fingerprint: string
  readonly targetSize: number
  readonly versions: readonly { readonly name?: string; readonly instanceTemplate: string }[]
  readonly isStable: boolean
  readonly isReached: boolean
  readonly hasHealthCheck: boolean
}

export interface CloudError {
  readonly code: string
  readonly message: string
  readonly atMs: number
  readonly vm: string
  readonly version: string
}

/** As much of Compute Engine, Secret Manager and the registry as a deploy sees; tests move it by hand. */
export class FakeCloud implements Http {
  readonly http = new ScriptedHttp((request) => this.fault(request) ?? this.#route(request))
  /** The state bucket. */
  readonly bucket: FakeBucket
  readonly templates = new Map<string, JsonRecord>()
  /** By tag or digest. */
  readonly manifests = new Map<string, { readonly digest: string; readonly config: string }>()
  readonly secrets = new Map<string, string>()
  readonly patches: JsonRecord[] = []
  readonly questions: { readonly vm: string; readonly atMs: number }[] = []
  /** What listErrors says. */
  errors: readonly CloudError[] = []
  vms: readonly CloudVm[] = []
  group: CloudGroup = {
    fingerprint: 'f0',
    targetSize: 1,
    versions: [{ instanceTemplate: `${LINK}/t/mervis-base-1` }],
    isStable: true,
    isReached: true,
    hasHealthCheck: true,
  }
  /** How many of the next PATCHes find that somebody else was faster. */
  conflicts = 0
  /** Answers a request in the cloud's place, as in an outage. */
  fault: (request: HttpRequest) => HttpAnswer | undefined = () => undefined
  /** Called when the group was given another version. */
  onRoll: (version: string) => void = () => undefined
  /** Called before each list of VMs: the place to let time show. */
  onLook: () => void = () => undefined
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
    this.bucket = new FakeBucket(clock)
  }

  /** The real clients on this cloud. */
  clients(signal = new AbortController().signal) {
    const google = googleClientOn(this, { clock: this.#clock, signal })
    return {
      google,
      compute: new Compute(google, { projectId: 'mervis-demo', region: 'europe-west1' }),
      artifacts: new ArtifactRegistry(google, { projectId: 'mervis-demo', region: 'europe-west1' }),
      secretManager: new SecretManager(google, 'mervis-demo'),
      store: new ObjectStore(google, 'mervis-demo-tfstate'),
    }
  }

  send(request: HttpRequest): Promise<HttpResponse> {
    const isStorage = new URL(request.url).host.startsWith('storage')
    return isStorage ? this.bucket.send(request) : this.http.send(request)
  }

  set(change: Partial<CloudGroup>): void {
    this.group = { ...this.group, ...change }
  }

  #route({ method, url, body }: HttpRequest): HttpAnswer {
    const { pathname, host } = new URL(url)
    const what = `${method} ${pathname.replace(/^.*\/(?=(instanceTemplates|instanceGroupManagers|instances|secrets|manifests)\b)/, '')}`
    const [, name = ''] =
      /\/([^/]+)(?:\/(?:listManagedInstances|listErrors|getGuestAttributes))?$/.exec(pathname) ?? []
    if (pathname.endsWith('/tags/list')) return answer(200, { tags: [...this.manifests.keys()] })
    if (host.startsWith('artifactregistry')) return this.#listTags(method, url)
    if (host.endsWith('docker.pkg.dev')) {
      return method === 'PUT' ? this.#tag(name, body ?? '') : this.#manifest(name)
    }
    if (host.startsWith('secretmanager')) return this.#version(what)
    if (what.startsWith('POST instanceTemplates'))
      return this.#insert(asRecord(parseJson(body ?? '')))
    if (what === 'GET instanceTemplates') return this.#listTemplates()
    if (what.startsWith('GET instanceTemplates')) return found(this.templates.get(name))
    if (what.endsWith('/listManagedInstances')) return this.#list()
    if (what.endsWith('/listErrors')) return this.#listErrors()
    if (what.endsWith('/getGuestAttributes')) return this.#report(name)
    if (what.startsWith('GET instances/'))
      return answer(200, { networkInterfaces: [{ networkIP: `10.0.0.${name.length}` }] })
    if (what.startsWith('GET instanceGroupManagers')) return this.#readGroup()
    if (what.startsWith('PATCH instanceGroupManagers'))
      return this.#patch(asRecord(parseJson(body ?? '')))
    return new Error(`nobody expects ${method} ${url}`)
  }

  #manifest(reference: string): HttpAnswer {
    const known = this.#find(({ digest }, tag) => tag === reference || digest === reference)
    if (!known) return answer(404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'unknown' }] })
    return answer(
      200,
      { config: { digest: known.config } },
      { 'docker-content-digest': known.digest }
    )
  }

  #tag(tag: string, body: string): HttpAnswer {
    const config = asRecord(asRecord(parseJson(body))['config'])['digest']
    const known = this.#find((manifest) => manifest.config === config)
    if (!known) return answer(400, { errors: [{ code: 'MANIFEST_INVALID', message: 'invalid' }] })
    this.manifests.set(tag, known)
    return answer(201, {}, { 'docker-content-digest': known.digest })
  }

  #listTags(method: string, url: string): HttpAnswer {
    if (method !== 'GET') return new Error(`nobody expects ${method} ${url}`)
    const { pathname } = new URL(url)
    const tags = [...this.manifests].map(([tag, { digest }]) => ({
      name: `${pathname.replace(/^\/v1\//, '')}/${tag}`,
      version: `${pathname.replace(/^\/v1\//, '').replace(/tags$/, 'versions')}/${digest}`,
    }))
    return answer(200, { tags })
  }

  #listTemplates(): HttpAnswer {
    const creationTimestamp = new Date(this.#clock.now()).toISOString()
    const items = [...this.templates].map(([name, template]) => ({
      creationTimestamp,
      ...template,
      name,
    }))
    return answer(200, { items })
  }

  #find(
    fits: (manifest: { readonly digest: string; readonly config: string }, tag: string) => boolean
  ): { readonly digest: string; readonly config: string } | undefined {
    return [...this.manifests].find(([tag, manifest]) => fits(manifest, tag))?.[1]
  }

  #version(what: string): HttpAnswer {
    const [, secret = '', version = ''] = /secrets\/([^/]+)\/versions\/(\w+)$/.exec(what) ?? []
    const latest = this.secrets.get(secret)
    if (latest === undefined) return googleError(404, { message: `Secret ${secret} not found` })
    const number = version === 'latest' ? latest : version
    return answer(200, {
      name: `projects/1/secrets/${secret}/versions/${number}`,
      state: 'ENABLED',
    })
  }

  #insert(template: JsonRecord): HttpAnswer {
    const name = asText(template['name'])
    if (this.templates.has(name)) return googleError(409, { reason: 'alreadyExists' })
    this.templates.set(name, { ...template, selfLink: `${LINK}/t/${name}` })
    return answer(200, { status: 'DONE' })
  }

  #readGroup(): HttpAnswer {
    const { isStable, isReached, hasHealthCheck, ...group } = this.group
    return answer(200, {
      ...group,
      status: { isStable, versionTarget: { isReached } },
      ...(hasHealthCheck && { autoHealingPolicies: [{ healthCheck: `${LINK}/h` }] }),
    })
  }

  #patch(body: JsonRecord): HttpAnswer {
    this.patches.push(body)
    if (this.conflicts > 0 || body['fingerprint'] !== this.group.fingerprint) {
      this.conflicts -= 1
      this.set({ fingerprint: `${this.group.fingerprint}+` })
      return googleError(412, { reason: 'conditionNotMet' })
    }
    const [version] = asList(body['versions']).map(asRecord)
    const name = asText(version?.['name'])
    this.set({
      fingerprint: `f${this.patches.length}`,
      versions: [{ name, instanceTemplate: asText(version?.['instanceTemplate']) }],
    })
    this.onRoll(name)
    return answer(200, { status: 'DONE' })
  }

  #list(): HttpAnswer {
    this.onLook()
    const managedInstances = this.vms.map(
      ({ name, id = name, version, action = 'NONE', status = 'RUNNING', health, errors }) => ({
        instance: `${LINK}/zones/europe-west1-b/instances/${name}`,
        id,
        currentAction: action,
        instanceStatus: status,
        version: { name: version },
        ...(health !== undefined && { instanceHealth: [{ detailedHealthState: health }] }),
        ...(errors && { lastAttempt: { errors: { errors } } }),
      })
    )
    return answer(200, { managedInstances })
  }

  #listErrors(): HttpAnswer {
    const items = this.errors.map(({ code, message, atMs, vm, version }) => ({
      error: { code, message },
      instanceActionDetails: {
        action: 'CREATING',
        instance: `${LINK}/zones/europe-west1-b/instances/${vm}`,
        version: { name: version },
      },
      timestamp: new Date(atMs).toISOString(),
    }))
    return answer(200, { items })
  }

  #report(vm: string): HttpAnswer {
    this.questions.push({ vm, atMs: this.#clock.now() })
    const report = this.vms.find(({ name }) => name === vm)?.report
    if (!report) return googleError(404)
    return answer(200, { queryValue: { items: [{ value: JSON.stringify(report) }] } })
  }
}

function found(value: JsonRecord | undefined): HttpAnswer {
  return value ? answer(200, value) : googleError(404)
}
