/** Who answered one request. */
export interface CountedAnswer {
  /** Release of the VM, as far as it is known; undefined when nobody answered as he should. */
  readonly release: string | undefined
  /** Version that the service says it is; empty where it says none. */
  readonly version?: string
}

/** Answers of one span of time. */
export interface TrafficBucket {
  readonly atMs: number
  readonly failed: number
  /** By release. */
  readonly answers: Readonly<Record<string, number>>
}

/** All that was counted, by the most believable source. */
export interface TrafficState {
  /** Who counted: somebody who asks, or the front that passes requests on. */
  readonly source: 'visitor' | 'front' | 'nobody'
  readonly bucketMs: number
  readonly total: number
  readonly failed: number
  /** What each release calls itself. */
  readonly versions: Readonly<Record<string, string>>
  /** Oldest first; spans without a request are left out. */
  readonly buckets: readonly TrafficBucket[]
}

const BUCKET_MS = 1_000
const KEPT_BUCKETS = 600

/**
 * Counts answers by release over time. What a visitor counts is what people get; only where there
 * is none, the front's own count is shown.
 */
export class Traffic {
  readonly #now: () => number
  readonly #tallies = { visitor: new Tally(), front: new Tally() }

  constructor(now: () => number) {
    this.#now = now
  }

  count(source: 'visitor' | 'front', answer: CountedAnswer): void {
    const atMs = Math.floor(this.#now() / BUCKET_MS) * BUCKET_MS
    this.#tallies[source].add(atMs, answer)
  }

  read(): TrafficState {
    const { visitor, front } = this.#tallies
    if (visitor.total > 0) return { source: 'visitor', bucketMs: BUCKET_MS, ...visitor.read() }
    if (front.total > 0) return { source: 'front', bucketMs: BUCKET_MS, ...front.read() }
    return { source: 'nobody', bucketMs: BUCKET_MS, ...front.read() }
  }
}

interface OpenBucket {
  readonly atMs: number
  failed: number
  readonly answers: Record<string, number>
}

class Tally {
  total = 0
  #failed = 0
  readonly #versions: Record<string, string> = {}
  readonly #buckets: OpenBucket[] = []

  add(atMs: number, { release, version }: CountedAnswer): void {
    this.total++
    const bucket = this.#bucketAt(atMs)
    if (release === undefined) {
      this.#failed++
      bucket.failed++
      return
    }
    bucket.answers[release] = (bucket.answers[release] ?? 0) + 1
    if (version) this.#versions[release] = version
  }

  read(): Pick<TrafficState, 'total' | 'failed' | 'versions' | 'buckets'> {
    return {
      total: this.total,
      failed: this.#failed,
      versions: { ...this.#versions },
      buckets: this.#buckets.map(({ answers, ...bucket }) => ({
        ...bucket,
        answers: { ...answers },
      })),
    }
  }

  #bucketAt(atMs: number): OpenBucket {
    const last = this.#buckets.at(-1)
    if (last?.atMs === atMs) return last
    const bucket: OpenBucket = { atMs, failed: 0, answers: {} }
    this.#buckets.push(bucket)
    if (this.#buckets.length > KEPT_BUCKETS) this.#buckets.shift()
    return bucket
  }
}
