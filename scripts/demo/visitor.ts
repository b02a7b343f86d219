import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a visitor counted in a while. */
export interface Visits {
  readonly total: number
  readonly failed: number
  /** Why the first few failed. */
  readonly failures: readonly string[]
  /** How many answers came from each version of the service. */
  readonly versions: Readonly<Record<string, number>>
}

/** While nobody visits. */
export const NO_VISITS: Visits = { total: 0, failed: 0, failures: [], versions: {} }

/** One answer as the visitor saw it; undefined for a request that failed. */
export type Answer = { readonly version: string; readonly release: string } | undefined

const BETWEEN_REQUESTS_MS = 40
const TIMEOUT_MS = 5_000
const KEPT_FAILURES = 5

/** A client that keeps asking for one page, one request after the other, and counts what it gets. */
export class Visitor {
  readonly #url: string
  // Each request on a connection of its own: a kept one would not notice that its server is gone.
  readonly #agent = new Agent({ keepAlive: false })
  readonly #stop = new AbortController()
  readonly #done: Promise<void>
  readonly #onAnswer: (answer: Answer) => void
  #visits = emptyVisits()

  /** `onAnswer` hears of every request as soon as it is over. */
  constructor(url: string, onAnswer: (answer: Answer) => void = () => {}) {
    this.#url = url
    this.#onAnswer = onAnswer
    this.#done = this.#keepAsking()
  }

  /** What was counted since the last call. */
  take(): Visits {
    const visits = this.#visits
    this.#visits = emptyVisits()
    return visits
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#done
  }

  async #keepAsking(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#ask()
      await sleep(BETWEEN_REQUESTS_MS)
    }
  }

  async #ask(): Promise<void> {
    const visits = this.#visits
    visits.total++
    try {
      const answer = readAnswer(await fetchText(this.#url, this.#agent))
      const name = answer.version || answer.release || 'unknown'
      visits.versions[name] = (visits.versions[name] ?? 0) + 1
      this.#onAnswer(answer)
    } catch (error) {
      visits.failed++
      this.#onAnswer(undefined)
      const why = error instanceof Error ? error.message : String(error)
      if (visits.failures.length < KEPT_FAILURES) visits.failures.push(why)
    }
  }
}

/** The body of a page that answers 200. @throws Error on anything else */
export function fetchText(url: string, agent?: Agent): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const request = get(url, { timeout: TIMEOUT_MS, ...(agent && { agent }) }, (response) => {
    let body = ''
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      body += chunk
    })
    response.on('error', reject)
    response.on('end', () => {
      if (response.statusCode === 200) resolve(body)
      else reject(new Error(`${url} answered ${response.statusCode}: ${body.slice(0, 120)}`))
    })
  })
  request.on('timeout', () =>
    request.destroy(new Error(`${url} did not answer in ${TIMEOUT_MS} ms`))
  )
  request.on('error', reject)
  return promise
}

/** A simulated VM knows no version of the service; its release tells the answers apart as well. */
function readAnswer(body: string): { readonly version: string; readonly release: string } {
  const answer: unknown = JSON.parse(body)
  if (answer === null || typeof answer !== 'object') return { version: '', release: '' }
  return {
    version: 'version' in answer ? String(answer.version) : '',
    release: 'release' in answer ? String(answer.release) : '',
  }
}

function emptyVisits(): {
  total: number
  failed: number
  failures: string[]
  versions: Record<string, number>
} {
  return { total: 0, failed: 0, failures: [], versions: {} }
}
