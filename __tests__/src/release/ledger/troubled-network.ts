import type { Http, HttpRequest, HttpResponse } from '../../../../src/ports.ts'
import { FakeBucket, type Fault } from '../../../fakes/fake-bucket.ts'
import type { Timeline } from '../../../fakes/timeline.ts'

export interface Troubles {
  /** How likely it is that a request goes wrong. */
  readonly faultRate: number
  /** How likely it is that a request takes so long that its sender gives it up; it arrives all the same. */
  readonly slowRate: number
  /** How many requests of one run may go wrong one after the other. */
  readonly mostInARow: number
}

const FAULTS: readonly Fault[] = ['unavailable', 'request lost', 'answer lost']

/** One bucket for several runs, over a network on which much goes wrong. */
export class TroubledNetwork {
  readonly bucket: FakeBucket
  readonly #timeline: Timeline
  readonly #random: () => number
  readonly #troubles: Troubles
  readonly #dead = new Set<string>()

  constructor(timeline: Timeline, random: () => number, troubles: Troubles) {
    this.#timeline = timeline
    this.#random = random
    this.#troubles = troubles
    this.bucket = new FakeBucket(timeline, { aheadMs: Math.floor(random() * 10_000_000) })
  }

  /** From now on nothing of this run arrives, and it never hears anything again. */
  kill(run: string): void {
    this.#dead.add(run)
  }

  /** The bucket as one run reaches it, with the timeout that a real connection has. */
  of(run: string): Http {
    let inARow = 0
    return {
      send: async (request) => {
        if (this.#dead.has(run)) return forever()
        const mayFail = inARow < this.#troubles.mostInARow
        const isSlow = mayFail && this.#random() < this.#troubles.slowRate
        const fault =
          mayFail && this.#random() < this.#troubles.faultRate ? this.#anyFault() : undefined
        inARow = isSlow || fault ? inARow + 1 : 0
        this.bucket.fault = () => fault
        this.bucket.latency = () => this.#anyLatency(isSlow)
        const response = await this.#inTime(request, this.bucket.send(request))
        return this.#dead.has(run) ? forever() : response
      },
    }
  }

  async #inTime(request: HttpRequest, sending: Promise<HttpResponse>): Promise<HttpResponse> {
    const answered = new AbortController()
    const tooLate = async (): Promise<never> => {
      await this.#timeline.sleep(request.timeoutMs, answered.signal)
      throw new Error('The operation was aborted due to timeout')
    }
    try {
      return await Promise.race([sending, tooLate()])
    } finally {
      answered.abort(new Error('answered'))
    }
  }

  #anyFault(): Fault | undefined {
    return FAULTS[Math.floor(this.#random() * FAULTS.length)]
  }

  #anyLatency(isSlow: boolean) {
    const some = (mostMs: number): number => Math.ceil(this.#random() * mostMs)
    return { thereMs: isSlow ? 15_000 + some(60_000) : some(400), backMs: some(400) }
  }
}

function forever(): Promise<never> {
  return new Promise(() => undefined)
}
