import { randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { resourceNotFound } from '../errors.ts'
import type { JsonObject } from '../route.ts'
import type { Links, Scope } from './scope.ts'

const PENDING_MS = 100
const DURATION_MS = 500
/** "no more than the default deadline (2 minutes)" */
const LONGEST_WAIT_MS = 120_000

/** Why an operation failed, as clients read it. */
export interface OperationError {
  readonly code: string
  readonly message: string
  readonly httpStatus: number
}

/** What an operation is about. */
export interface OperationStart {
  readonly type: string
  readonly targetPath: string
  readonly targetId: string
  /** IAM member who asked. */
  readonly member: string
  /** A repeated request with the same id gets the operation of the first. */
  readonly requestId?: string | undefined
  /** Work that the operation waits for, beyond its own half second. */
  readonly until?: (done: (error?: OperationError) => void) => void
}

interface Operation {
  readonly scope: Scope
  readonly start: OperationStart
  readonly name: string
  readonly id: string
  readonly insertedAt: number
  startedAt?: number
  endedAt?: number
  error?: OperationError
  readonly waiters: Set<() => void>
}

/** The long-running operations of Compute: PENDING, RUNNING, DONE, in a little (scaled) time. */
export class Operations {
  readonly #clock: Clock
  readonly #links: Links
  readonly #byPath = new Map<string, Operation>()
  readonly #byRequest = new Map<string, Operation>()
  readonly #timers = new Set<() => void>()

  constructor(clock: Clock, links: Links) {
    this.#clock = clock
    this.#links = links
  }

  /** Begins an operation and returns it as the API shows it. */
  start(scope: Scope, start: OperationStart): JsonObject {
    const operation = this.#create(scope, start)
    this.#after(PENDING_MS, () => {
      operation.startedAt = this.#clock.now()
    })
    this.#after(DURATION_MS, () => {
      if (start.until) start.until((error) => this.#finish(operation, error))
      else this.#finish(operation)
    })
    return this.#render(operation)
  }

  /** The answer that an earlier request with this id got, if there was one. */
  ofRequest(requestId: string | undefined): JsonObject | undefined {
    const known = requestId === undefined ? undefined : this.#byRequest.get(requestId)
    return known && this.#render(known)
  }

  /** @throws GoogleError 404 */
  get(scope: Scope, name: string): JsonObject {
    return this.#render(this.#find(scope, name))
  }

  list(scope: Scope): readonly JsonObject[] {
    return [...this.#byPath.values()]
      .filter((operation) => operation.scope.path === scope.path)
      .map((operation) => this.#render(operation))
  }

  /** Resolves when the operation is DONE, or after two (scaled) minutes as it is then. */
  async wait(scope: Scope, name: string): Promise<JsonObject> {
    const operation = this.#find(scope, name)
    if (operation.endedAt === undefined) await this.#nextEnd(operation)
    return this.#render(operation)
  }

  /** Ends all timers and lets everybody who waits go. */
  stop(): void {
    for (const cancel of this.#timers) cancel()
    for (const operation of this.#byPath.values()) for (const wake of operation.waiters) wake()
  }

  #create(scope: Scope, start: OperationStart): Operation {
    const now = this.#clock.now()
    const name = `operation-${now}-${randomBytes(6).toString('hex')}-${randomBytes(4).toString('hex')}`
    const id = String(1n + (randomBytes(8).readBigUInt64BE() >> 2n))
    const operation = { scope, start, name, id, insertedAt: now, waiters: new Set<() => void>() }
    this.#byPath.set(`${scope.path}/operations/${name}`, operation)
    if (start.requestId !== undefined) this.#byRequest.set(start.requestId, operation)
    return operation
  }

  #find(scope: Scope, name: string): Operation {
    const path = `${scope.path}/operations/${name}`
    const operation = this.#byPath.get(path)
    if (!operation) throw resourceNotFound(path)
    return operation
  }

  #finish(operation: Operation, error?: OperationError): void {
    operation.startedAt ??= this.#clock.now()
    operation.endedAt = this.#clock.now()
    if (error) operation.error = error
    for (const wake of operation.waiters) wake()
  }

  #nextEnd(operation: Operation): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel()
        operation.waiters.delete(wake)
        resolve()
      }
      const cancel = this.#after(LONGEST_WAIT_MS, wake)
      operation.waiters.add(wake)
    })
  }

  #after(durationMs: number, task: () => void): () => void {
    const cancel = this.#clock.after(this.#clock.scaled(durationMs), () => {
      this.#timers.delete(cancel)
      task()
    })
    this.#timers.add(cancel)
    return () => {
      this.#timers.delete(cancel)
      cancel()
    }
  }

  #render(operation: Operation): JsonObject {
    const { scope, start, name, id, insertedAt, startedAt, endedAt, error } = operation
    const done = endedAt !== undefined
    return {
      kind: 'compute#operation',
      id,
      name,
      operationType: start.type,
      targetLink: this.#links.url(start.targetPath),
      targetId: start.targetId,
      status: statusOf(operation),
      user: start.member.replace(/^serviceAccount:/, ''),
      progress: done ? 100 : 0,
      insertTime: timestamp(insertedAt),
      ...(startedAt !== undefined && { startTime: timestamp(startedAt) }),
      ...(done && { endTime: timestamp(endedAt) }),
      selfLink: this.#links.url(`${scope.path}/operations/${name}`),
      ...(scope.kind !== 'global' && { [scope.kind]: this.#links.url(scope.path) }),
      ...(error && renderError(error)),
    }
  }
}

function statusOf({ startedAt, endedAt }: Operation): 'PENDING' | 'RUNNING' | 'DONE' {
  if (endedAt !== undefined) return 'DONE'
  return startedAt === undefined ? 'PENDING' : 'RUNNING'
}

function renderError({ code, message, httpStatus }: OperationError): JsonObject {
  return {
    error: { errors: [{ code, message }] },
    httpErrorStatusCode: httpStatus,
    httpErrorMessage: httpStatus === 404 ? 'NOT FOUND' : 'BAD REQUEST',
  }
}

/** A moment as Compute writes it. */
export function timestamp(atMs: number): string {
  return new Date(atMs).toISOString().replace('Z', '+00:00')
}
