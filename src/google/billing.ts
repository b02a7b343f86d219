import { type Prices, parseSku, type Sku } from '../cost/sku.ts'
import { CATALOGUE_SERVICES, isOfUse } from '../cost/tariff.ts'
import { ActionError } from '../errors.ts'
import { asList, asRecord, asText } from '../lib/json.ts'
import type { GoogleAnswer, GoogleRequest } from './client.ts'

/** GET, below `https://cloudbilling.googleapis.com/v1/`. */
export type CatalogueRequest = Pick<GoogleRequest, 'path' | 'query' | 'purpose' | 'timeoutMs'>

export interface CatalogueOptions {
  /** Asks the billing service for one page, unless `signal` aborts. */
  readonly request: (request: CatalogueRequest, signal: AbortSignal) => Promise<GoogleAnswer>
  /** That of the run: only its abort is thrown. */
  readonly signal: AbortSignal
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly limitMs?: number
}

/** As long as a plan takes; who waits for a plan waits no longer for prices. */
const LIMIT_MS = 45_000
const PAGE_TIMEOUT_MS = 20_000
/** The most that the API gives at once. */
const PAGE_SIZE = '5000'
/** Some tens of thousands of prices: all but these fields stay where they are. */
const FIELDS =
  'nextPageToken,skus(description,category/usageType,serviceRegions,pricingInfo(effectiveTime,' +
  'pricingExpression(usageUnit,tieredRates(startUsageAmount,unitPrice))))'

/**
 * Google's public price list as far as an estimate needs it. It takes the API to be on in the
 * token's own project, and no role. A list that cannot be read is an answer, in one line.
 */
export async function readPrices(options: CatalogueOptions): Promise<Prices> {
  const { signal, now, limitMs = LIMIT_MS } = options
  const readAt = new Date(now()).toISOString()
  const stop = new AbortController()
  const limit = AbortSignal.timeout(limitMs)
  const either = AbortSignal.any([signal, limit, stop.signal])
  try {
    const lists = await Promise.all(
      CATALOGUE_SERVICES.map((service) => readService(service, { ...options, signal: either }))
    )
    const skus = lists.flat()
    // Without a date of its own a price holds when it is read.
    const newest = skus
      .map(({ since }) => since)
      .toSorted()
      .at(-1)
    return { skus, asOf: (newest || readAt).slice(0, 10) }
  } catch (error) {
    signal.throwIfAborted()
    if (limit.aborted) return { unreadable: `${UNREADABLE}: no answer within ${limitMs / 1000} s.` }
    if (error instanceof ActionError) return { unreadable: explain(error) }
    throw error
  } finally {
    // One service failed, or all are done: nothing is to go on behind the answer's back.
    stop.abort()
  }
}

async function readService(
  service: string,
  { request, signal }: CatalogueOptions
): Promise<readonly Sku[]> {
  const kept: Sku[] = []
  for (let pageToken = ''; ; ) {
    const { json } = await request(
      {
        path: `${service}/skus`,
        query: { currencyCode: 'USD', pageSize: PAGE_SIZE, fields: FIELDS, pageToken },
        purpose: 'read the price list',
        timeoutMs: PAGE_TIMEOUT_MS,
      },
      signal
    )
    const page = asRecord(json)
    for (const sku of asList(page['skus']).map(parseSku)) if (sku && isOfUse(sku)) kept.push(sku)
    pageToken = asText(page['nextPageToken'])
    if (pageToken === '') return kept
  }
}

const UNREADABLE = "Google's price list could not be read"
const MAX_LINE = 300

/** What to do about it, where anybody can do something; else what happened. */
function explain({ message, hint, isPassing }: ActionError): string {
  const text = hint === undefined || isPassing ? message : `${UNREADABLE}. ${hint}`
  const line = text.replace(/\s+/g, ' ')
  return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line
}
