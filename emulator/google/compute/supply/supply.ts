/** A quota of one region; of the whole project where the region is left out. */
export interface QuotaPlace {
  readonly metric: string
  readonly region?: string | undefined
}

/** What this cloud lacks compared with one that has everything: set by operators, read by the catalogue. */
export class Supply {
  readonly #limits = new Map<string, number>()
  readonly #down = new Set<string>()
  readonly #withdrawn = new Set<string>()

  /** A limit somebody has set; undefined where it is the usual one. */
  limitOf({ metric, region }: QuotaPlace): number | undefined {
    return this.#limits.get(`${region ?? ''} ${metric}`)
  }

  /** `limit` undefined brings the usual one back. */
  setLimit({ metric, region }: QuotaPlace, limit: number | undefined): void {
    const key = `${region ?? ''} ${metric}`
    if (limit === undefined) this.#limits.delete(key)
    else this.#limits.set(key, limit)
  }

  /** Of a zone or a region. */
  isUp(place: string): boolean {
    return !this.#down.has(place)
  }

  setUp(place: string, isUp: boolean): void {
    if (isUp) this.#down.delete(place)
    else this.#down.add(place)
  }

  /** Whether Google offers it there: `europe-west1-b/e2-small`, or the image family `cos-stable`. */
  offers(name: string): boolean {
    return !this.#withdrawn.has(name)
  }

  setOffered(name: string, isOffered: boolean): void {
    if (isOffered) this.#withdrawn.delete(name)
    else this.#withdrawn.add(name)
  }
}
