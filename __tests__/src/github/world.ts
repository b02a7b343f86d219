import { createGitHub, type GitHub as EmulatedGitHub } from '../../../emulator/github/github.ts'
import type { GrantRequest } from '../../../emulator/github/tokens.ts'
import type { ApiAnswer, ApiRequest, GitHubApi } from '../../../src/github/api/port.ts'
import { GitHub } from '../../../src/github/github.ts'
import { type NewMarker, renderMarker } from '../../../src/github/marker.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'

export const REPOSITORY = 'octo-org/shop'
export const SUBJECT = { kind: 'plan', name: 'shop' } as const
const API = 'http://github.test'

/** An emulated GitHub without sockets, on a clock that moves only when somebody waits. */
export class World {
  readonly clock = new FakeClock()
  readonly log = new RecordingLog()
  readonly github: EmulatedGitHub
  /** `GET /repos/…` of each request, as it was sent. */
  readonly sent: string[] = []

  constructor() {
    const after = (): (() => void) => () => undefined
    this.github = createGitHub({
      clock: { now: () => this.clock.now(), scaled: (durationMs) => durationMs, after },
      repository: REPOSITORY,
      repositoryId: '7',
      apiUrl: () => API,
    })
  }

  /** `gate` is passed by each request before it is sent. */
  api(token = this.github.jobToken, gate: () => Promise<void> = async () => undefined): GitHubApi {
    return {
      send: async (request) => {
        request.signal.throwIfAborted()
        await gate()
        return this.#send(request, token)
      },
    }
  }

  /** Our side, as a job with its own token. */
  client(api: GitHubApi = this.api()): GitHub {
    return new GitHub(
      { api, clock: this.clock, log: this.log },
      { repository: REPOSITORY, signal: new AbortController().signal, random: () => 0 }
    )
  }

  clientWith(grant: GrantRequest): GitHub {
    return this.client(this.api(this.github.tokens.issue(grant)))
  }

  bodies(number: number): readonly string[] {
    return this.github.store.commentsOf(number).map(({ body }) => body)
  }

  /** Comments with a marker, whoever wrote them. */
  marked(number: number): readonly string[] {
    return this.bodies(number).filter((body) => body.startsWith('<!-- deploy-spot-mig:'))
  }

  async #send({ route, parameters }: ApiRequest, token: string): Promise<ApiAnswer> {
    const rest = { ...parameters }
    const [method = '', template = ''] = route.split(' ')
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = String(rest[name])
      delete rest[name]
      return value
    })
    delete rest['owner']
    delete rest['repo']
    const url = new URL(path, API)
    if (method === 'GET')
      for (const [name, value] of Object.entries(rest)) url.searchParams.set(name, String(value))
    this.sent.push(`${method} ${path}`)
    const response = await this.github.routes.request(url.href, {
      method,
      headers: { authorization: `token ${token}` },
      ...(method !== 'GET' && { body: JSON.stringify(rest) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      data: isJson ? JSON.parse(text) : text,
    }
  }
}

/** A comment as the report writes it. */
export function planBody(
  marker: Pick<NewMarker, 'runId' | 'commit'> & Partial<NewMarker>,
  text = `plan of run ${marker.runId}`
): string {
  const usual = {
    ...SUBJECT,
    runAttempt: 1,
    planHash: 'a'.repeat(64),
    destructive: [],
    changes: [],
  }
  return `${renderMarker({ ...usual, ...marker })}\n\n${text}`
}
