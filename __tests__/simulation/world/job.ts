import { ActionError } from '../../../src/errors.ts'
import type {
  Clock,
  Http,
  HttpRequest,
  HttpResponse,
  Log,
  TokenSource,
} from '../../../src/ports.ts'
import { mix } from '../luck.ts'
import type { Cloud } from './cloud.ts'
import { DENIALS, type Denial, errorStatus, type Fault, type FaultKind } from './faults.ts'
import type { Timeline } from './timeline.ts'
import { cloudAnswer, errorResponse, hasPrecondition, pathOf } from './wire.ts'

/** One request of a job, as the invariants look at it. */
export interface Sent {
  readonly atMs: number
  readonly method: string
  readonly path: string
  readonly kind: FaultKind | undefined
}

/** A request as it is sent. */
export interface Asked {
  readonly atMs: number
  readonly request: HttpRequest
}

export interface JobParts {
  readonly timeline: Timeline
  readonly cloud: Cloud
  /** Decides latencies. */
  readonly seed: number
  readonly faults: readonly Fault[]
  readonly denial: Denial | undefined
  readonly asked: ((asked: Asked) => void) | undefined
  /** Told that the job goes on, so that its microtasks must run before time does. */
  readonly touched: () => void
  /** Told of every request that reached the cloud and may have changed something. */
  readonly effect: (sent: Sent, status: number) => void
}

const FASTEST_MS = 15
const SLOWEST_MS = 140
const LATE_MS = 3_000
const SLOW_MS = 4_000

/**
 * One job on a runner: what it has of the world outside. When the runner dies nothing of it happens
 * any more: no request is answered, no sleep ends.
 */
export class Job {
  readonly sent: Sent[] = []
  readonly lines: string[] = []
  readonly #parts: JobParts
  readonly #faults: ReadonlyMap<string, FaultKind>
  readonly #startedAtMs: number
  /** What of it the post step would have to finish. */
  hasBegun = false
  /** When it was not let in for the first time. */
  deniedAtMs: number | undefined
  #dead = false
  /** Requests whose handler has begun and not yet ended. */
  #busy = 0
  /** Refused preconditions that are still to come. */
  #refusals = 0
  #patches = 0
  readonly #died = Promise.withResolvers<void>()

  constructor(parts: JobParts) {
    this.#parts = parts
    this.#startedAtMs = parts.timeline.now()
    this.#faults = new Map(
      parts.faults.map(({ of = '', request, kind }) => [`${of}${request}`, kind])
    )
  }

  get faults(): readonly Fault[] {
    return this.#parts.faults
  }

  get isDead(): boolean {
    return this.#dead
  }

  get isBusy(): boolean {
    return this.#busy > 0
  }

  /** Resolves when the runner dies. */
  get death(): Promise<void> {
    return this.#died.promise
  }

  die(): void {
    this.#dead = true
    this.#died.resolve()
    this.#parts.touched()
  }

  /** Does something to the job from outside, unless it is dead. */
  alive(act: () => void): void {
    this.#wake(act)
  }

  readonly clock: Clock = {
    now: () => this.#parts.timeline.now(),
    sleep: (durationMs, signal) => this.#sleep(durationMs, signal),
  }

  readonly http: Http = { send: (request) => this.#send(request) }

  readonly tokens: TokenSource = {
    accessToken: async () => {
      if (this.#denial() === 'no token') throw new ActionError('AUTH_FAILED', 'No more tokens.')
      return 'token'
    },
  }

  readonly log: Log = {
    debug: () => {},
    info: (message) => this.#say(message),
    warning: (message) => this.#say(`warning: ${message}`),
    annotate: () => {},
    mask: () => {},
    group: (_title, work) => work(),
    labelled: () => this.log,
  }

  #say(message: string): void {
    if (!this.#dead) this.lines.push(`${this.#parts.timeline.now()} ${message}`)
  }

  #sleep(durationMs: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    if (signal.aborted) {
      reject(signal.reason)
      return promise
    }
    const abort = (): void => {
      cancel()
      this.#wake(() => reject(signal.reason))
    }
    const cancel = this.#parts.timeline.after(durationMs, () => {
      signal.removeEventListener('abort', abort)
      this.#wake(resolve)
    })
    signal.addEventListener('abort', abort, { once: true })
    return promise
  }

  /** Lets the job go on, unless it is dead. */
  #wake(go: () => void): void {
    if (this.#dead) return
    this.#parts.touched()
    go()
  }

  #send(request: HttpRequest): Promise<HttpResponse> {
    const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>()
    if (this.#dead) return promise
    // No client sends what nobody wants any more.
    if (request.signal.aborted) return Promise.reject(request.signal.reason)
    const { timeline } = this.#parts
    const number = this.sent.length + 1
    const { method, url } = request
    if (method === 'PATCH') this.#patches++
    const kind = this.#faultOf(number, request)
    const sent = { atMs: timeline.now(), method, path: pathOf(url), kind }
    this.sent.push(sent)
    this.#parts.asked?.({ atMs: sent.atMs, request })
    if (kind === 'death before') {
      this.die()
      return promise
    }
    const abort = (): void => this.#wake(() => reject(request.signal.reason))
    const settle = (go: () => void): void => {
      request.signal.removeEventListener('abort', abort)
      this.#wake(go)
    }
    request.signal.addEventListener('abort', abort, { once: true })
    const exchange: Exchange = {
      request,
      sent,
      kind,
      upMs: this.#latency(number, 0),
      downMs: this.#latency(number, 1),
      answer: (response) => settle(() => resolve(response)),
      fail: (why) => settle(() => reject(new Error(why))),
    }
    this.#transmit(exchange)
    return promise
  }

  /** A refused precondition makes sense only where there is one: it waits for the next. */
  #faultOf(number: number, request: HttpRequest): FaultKind | undefined {
    const ofPatch =
      request.method === 'PATCH' ? this.#faults.get(`PATCH${this.#patches}`) : undefined
    const kind = ofPatch ?? this.#faults.get(`${number}`)
    if (kind === 'status 412') this.#refusals++
    if (kind !== undefined && kind !== 'status 412') return kind
    if (this.#refusals === 0 || !hasPrecondition(request)) return undefined
    this.#refusals--
    return 'status 412'
  }

  /** How the job is not let in at this moment, if it is not. */
  #denial(): Denial['kind'] | undefined {
    const { denial, timeline } = this.#parts
    if (denial === undefined) return undefined
    const nowMs = timeline.now()
    const sinceMs = nowMs - this.#startedAtMs - denial.atMs
    if (sinceMs < 0 || sinceMs >= denial.forMs) return undefined
    this.deniedAtMs ??= nowMs
    return denial.kind
  }

  #refusal(kind: FaultKind | undefined): ReturnType<typeof errorStatus> {
    const denial = this.#denial()
    if (denial === undefined || denial === 'no token') return kind && errorStatus(kind)
    return DENIALS[denial]
  }

  #transmit(exchange: Exchange): void {
    const { kind, upMs, downMs, request } = exchange
    const status = kind === 'death after' ? undefined : this.#refusal(kind)
    const after = (delayMs: number, task: () => void): void => {
      this.#parts.timeline.after(delayMs, task)
    }
    if (status) after(upMs + downMs, () => exchange.answer(errorResponse(status)))
    else if (kind === 'reset') after(upMs, () => exchange.fail('read ECONNRESET'))
    else {
      const lateMs = kind === 'late' ? request.timeoutMs + LATE_MS : 0
      const arrivesMs = lateMs || (kind === 'slow' ? SLOW_MS : upMs)
      if (kind !== 'stall') after(arrivesMs, () => void this.#arrive(exchange))
      if (kind === 'stall' || kind === 'stalled answer' || kind === 'late') {
        after(request.timeoutMs, () => exchange.fail('The operation timed out'))
      }
    }
  }

  async #arrive(exchange: Exchange): Promise<void> {
    const { kind, request, sent, downMs, upMs } = exchange
    const { cloud, timeline, effect } = this.#parts
    this.#busy++
    const before = cloud.record.config
    let response: HttpResponse
    try {
      response = await cloudAnswer(cloud, request, timeline.now())
    } finally {
      this.#busy--
    }
    // A repeated request gets the answer of the first and changes nothing.
    const isChange = request.method !== 'PATCH' || cloud.record.config !== before
    if (request.method !== 'GET' && isChange) effect(sent, response.status)
    if (kind === 'death after') this.die()
    else if (kind === 'lost answer') {
      timeline.after(downMs, () => exchange.fail('socket hang up'))
    } else if (kind === undefined || kind === 'slow') {
      const restMs = Math.max(downMs, sent.atMs + upMs + downMs - timeline.now())
      timeline.after(restMs, () => exchange.answer(response))
    }
  }

  /** Of one request and direction; the same in every run of a schedule, whatever came before it. */
  #latency(number: number, direction: number): number {
    const luck = mix(this.#parts.seed, number, direction) / 4294967296
    return FASTEST_MS + Math.floor(luck * luck * (SLOWEST_MS - FASTEST_MS))
  }
}

interface Exchange {
  readonly request: HttpRequest
  readonly sent: Sent
  readonly kind: FaultKind | undefined
  readonly upMs: number
  readonly downMs: number
  readonly answer: (response: HttpResponse) => void
  readonly fail: (why: string) => void
}
