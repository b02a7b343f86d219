import type { ApiAnswer, ApiRequest, GitHubApi } from '../../../../src/github/api/port.ts'
import { asRecord, type JsonRecord } from '../../../../src/lib/json.ts'

interface Kept {
  readonly id: number
  readonly fields: JsonRecord
  /** Newest first, as GitHub lists them. */
  readonly statuses: readonly JsonRecord[]
}

/** As much of GitHub's deployments as an announcement sees; tests spoil its answers. */
export class FakeDeployments implements GitHubApi {
  readonly asked: string[] = []
  /** Called before a request is carried out, and after: what it throws or gives is the answer. */
  before: (request: ApiRequest) => ApiAnswer | undefined | Promise<never> = () => undefined
  after: (request: ApiRequest) => void = () => undefined
  #kept: Kept[] = []

  /** `state description` of each status, oldest first, by deployment, oldest first. */
  get told(): readonly (readonly string[])[] {
    return this.#kept
      .toReversed()
      .map(({ statuses }) =>
        statuses.toReversed().map(({ state, description }) => `${state} ${description}`)
      )
  }

  get payloads(): readonly unknown[] {
    return this.#kept.toReversed().map(({ fields }) => fields['payload'])
  }

  /** What somebody else has made before. */
  add(fields: JsonRecord, statuses: readonly JsonRecord[]): void {
    const id = 100 + this.#kept.length
    this.#kept = [{ id, fields, statuses }, ...this.#kept]
  }

  async send(request: ApiRequest): Promise<ApiAnswer> {
    const { route, signal } = request
    this.asked.push(
      route.split('/').at(-1) === 'statuses'
        ? `${route.split(' ')[0]} status`
        : (route.split(' ')[0] ?? '')
    )
    const spoilt = await Promise.race([this.before(request), aborted(signal)])
    if (spoilt) return spoilt
    const answer = this.#answer(request)
    this.after(request)
    return answer
  }

  #answer({ route, parameters }: ApiRequest): ApiAnswer {
    const id = Number(parameters['deployment_id'])
    if (route === 'POST /repos/{owner}/{repo}/deployments') {
      this.add({ ...parameters, sha: parameters['ref'] }, [])
      return ok(this.#view(this.#kept[0]))
    }
    if (route.startsWith('POST')) {
      this.#kept = this.#kept.map((kept) =>
        kept.id === id ? { ...kept, statuses: [parameters, ...kept.statuses] } : kept
      )
      return ok({})
    }
    if (route.endsWith('/statuses')) return ok(this.#kept.find((kept) => kept.id === id)?.statuses)
    const { sha, environment } = parameters
    const found = this.#kept.filter(
      ({ fields }) =>
        (sha === undefined || fields['sha'] === sha) &&
        (environment === undefined || fields['environment'] === environment)
    )
    return ok(found.map((kept) => this.#view(kept)))
  }

  #view(kept: Kept | undefined): JsonRecord {
    return { ...asRecord(kept?.fields), id: kept?.id }
  }
}

function ok(data: unknown): ApiAnswer {
  return { status: 200, headers: {}, data }
}

// A request that nobody waits for any more ends as one to the real GitHub does.
function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve, reject) => {
    setImmediate(() => (signal.aborted ? reject(signal.reason) : resolve(undefined)))
  })
}
