/** A run or a job that wants to be the only one of its group. */
export interface ConcurrencyRequest {
  /** Upper and lower case are the same. */
  readonly group: string
  readonly cancelsInProgress: boolean
  readonly queue: 'single' | 'max'
  /** Told when another one wants its place. */
  readonly cancel: () => void
  /** Its run; a job never waits for its own. */
  readonly run: object
  /** Whether it is the run itself, and no job of it. */
  readonly isWhole: boolean
}

/** How the waiting ended; `leave` makes room for the next one. */
export type Admission =
  | { readonly kind: 'granted'; readonly leave: () => void }
  | { readonly kind: 'cancelled'; readonly why: string }

interface Waiting {
  readonly request: ConcurrencyRequest
  readonly admit: (admission: Admission) => void
}

interface Group {
  running: ConcurrencyRequest | undefined
  waiting: Waiting[]
}

const MAX_WAITING = 100

/** The concurrency groups of a repository, shared by its runs and jobs. */
export class Concurrency {
  readonly #groups = new Map<string, Group>()

  /** Resolves when it is its turn, or when it never will be. */
  enter(request: ConcurrencyRequest, signal: AbortSignal): Promise<Admission> {
    const key = request.group.toLowerCase()
    const group = this.#groups.get(key) ?? { running: undefined, waiting: [] }
    this.#groups.set(key, group)
    if (signal.aborted) return Promise.resolve(cancelled('The operation was canceled.'))
    if (group.running?.isWhole && group.running.run === request.run) {
      const why = `Canceling since a deadlock for concurrency group '${request.group}' was detected`
      return Promise.resolve(cancelled(why))
    }
    if (!group.running) return Promise.resolve(this.#grant(group, request))
    if (request.queue === 'max' && group.waiting.length >= MAX_WAITING)
      return Promise.resolve(cancelled(`There are ${MAX_WAITING} in '${request.group}' already.`))
    if (request.queue === 'single') this.#displace(group, request)
    return this.#wait(group, request, signal)
  }

  #wait(group: Group, request: ConcurrencyRequest, signal: AbortSignal): Promise<Admission> {
    const { promise, resolve } = Promise.withResolvers<Admission>()
    const giveUp = (): void => {
      group.waiting = group.waiting.filter((other) => other !== waiting)
      resolve(cancelled('The operation was canceled.'))
    }
    const waiting: Waiting = {
      request,
      admit: (admission) => {
        signal.removeEventListener('abort', giveUp)
        resolve(admission)
      },
    }
    signal.addEventListener('abort', giveUp, { once: true })
    group.waiting.push(waiting)
    return promise
  }

  // The newest takes the place of whoever waits, and if it says so of whoever runs.
  #displace(group: Group, { group: name, cancelsInProgress }: ConcurrencyRequest): void {
    const why = `Canceling since a higher priority waiting request for '${name}' exists`
    const displaced = group.waiting
    group.waiting = []
    for (const { request, admit } of displaced) {
      admit(cancelled(why))
      request.cancel()
    }
    if (cancelsInProgress) group.running?.cancel()
  }

  #grant(group: Group, request: ConcurrencyRequest): Admission {
    group.running = request
    const leave = (): void => {
      if (group.running !== request) return
      group.running = undefined
      const next = group.waiting.shift()
      if (next) next.admit(this.#grant(group, next.request))
    }
    return { kind: 'granted', leave }
  }
}

function cancelled(why: string): Admission {
  return { kind: 'cancelled', why }
}
