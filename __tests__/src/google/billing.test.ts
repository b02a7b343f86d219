import { describe, expect, it } from '@jest/globals'
import type { Prices } from '../../../src/cost/sku.ts'
import { type CatalogueOptions, readPrices } from '../../../src/google/billing.ts'
import type { Http, HttpRequest } from '../../../src/ports.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { answer, googleError, type HttpAnswer, ScriptedHttp } from '../../fakes/scripted-http.ts'

const READ_AT = Date.UTC(2026, 10, 23, 13)

/** As the run does it: the real client, on another base. */
function read(http: Http, more: Partial<CatalogueOptions> = {}): Promise<Prices> {
  return readPrices({
    request: (request, signal) =>
      googleClientOn(http, { signal }).request({ ...request, service: 'compute', method: 'GET' }),
    signal: new AbortController().signal,
    now: () => READ_AT,
    ...more,
  })
}

function sku(description: string, effectiveTime = '2026-10-08T07:00:00.000Z'): object {
  const unitPrice = { currencyCode: 'USD', units: '0', nanos: 5 }
  return {
    description,
    category: { usageType: 'OnDemand' },
    serviceRegions: ['global'],
    pricingInfo: [
      { effectiveTime, pricingExpression: { usageUnit: 'h', tieredRates: [{ unitPrice }] } },
    ],
  }
}

const CORE = 'E2 Instance Core running in Americas'
const NAT = 'Networking Cloud Nat Gateway Uptime'

/** Compute Engine in three pages, Networking in one, of Secret Manager nothing. */
function catalogue({ url }: HttpRequest): HttpAnswer {
  const { pathname, searchParams } = new URL(url)
  if (pathname.includes('EE82')) return answer(200, {})
  if (pathname.includes('E505')) return answer(200, { skus: [sku(NAT)], nextPageToken: '' })
  const page = searchParams.get('pageToken') || '1'
  const skus = page === '3' ? [sku(CORE, '2026-11-02T00:00:00Z')] : [sku('Licensing Fee'), {}]
  return answer(200, { skus, nextPageToken: page === '3' ? '' : String(Number(page) + 1) })
}

describe('readPrices', () => {
  it('reads every page of every service, and keeps what an estimate may ask for', async () => {
    const prices = await read(new ScriptedHttp(catalogue))
    expect(prices).toEqual({
      asOf: '2026-11-02',
      skus: [
        expect.objectContaining({ description: CORE, nanoUsd: 5 }),
        expect.objectContaining({ description: NAT, unit: 'h', regions: ['global'] }),
      ],
    })
  })

  it('asks for large pages and few fields, in dollars', async () => {
    const http = new ScriptedHttp(catalogue)
    await read(http)
    const asked = http.requests.map(({ url }) => new URL(url))
    const compute = asked.filter(({ pathname }) => pathname.endsWith('6F81-5844-456A/skus'))
    expect(compute.map(({ searchParams }) => searchParams.get('pageToken'))).toEqual(['', '2', '3'])
    for (const { searchParams } of asked) {
      expect(searchParams.get('currencyCode')).toBe('USD')
      expect(searchParams.get('pageSize')).toBe('5000')
      expect(searchParams.get('fields')).toContain('nextPageToken,skus(description,')
    }
  })

  it('dates prices without a date by the day of reading', async () => {
    const http = new ScriptedHttp(() => answer(200, { skus: [sku(CORE, '')] }))
    expect(await read(http)).toMatchObject({ asOf: '2026-11-23' })
  })

  const disabled = googleError(403, {
    message: 'Cloud Billing API has not been used in project mervis-demo before or it is disabled.',
    errorInfo: {
      reason: 'SERVICE_DISABLED',
      metadata: { service: 'cloudbilling.googleapis.com' },
    },
  })

  it.each<[what: string, http: HttpAnswer, line: RegExp]>([
    [
      'the API is off',
      disabled,
      /^Google's price list could not be read\. The API .+ is off.+ gcloud services enable cloudbilling\.googleapis\.com --project=mervis-demo$/,
    ],
    ['it is refused', googleError(403, { message: 'Not\nyou.' }), /answered 403: Not you\.$/],
    ['it has moved', googleError(404), /answered 404/],
    [
      'the network is down',
      new Error('ECONNREFUSED'),
      /^Could not read the price list: .+ \(ECONNREFUSED\)\.$/,
    ],
    ['Google is down', answer(503, '<html>'), /answered 503/],
    ['it says too much', googleError(400, { message: 'x'.repeat(2000) }), /^.{299}…$/],
  ])('says in one line that %s', async (_, http, line) => {
    const prices = await read(new ScriptedHttp(() => http))
    expect(prices).toEqual({ unreadable: expect.stringMatching(line) })
  })

  it('hides no bug of ours behind a missing price', async () => {
    const request = (): never => {
      throw new TypeError('a bug')
    }
    await expect(read(new ScriptedHttp([]), { request })).rejects.toThrow('a bug')
  })

  describe('when the list does not come', () => {
    /** Never answers; it gives up when told to. */
    class Silence implements Http {
      readonly asked: HttpRequest[] = []
      send(request: HttpRequest): Promise<never> {
        request.signal.throwIfAborted()
        this.asked.push(request)
        const { promise, reject } = Promise.withResolvers<never>()
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
        return promise
      }
    }

    it('waits no longer than its limit', async () => {
      const prices = await read(new Silence(), { limitMs: 20 })
      expect(prices).toEqual({
        unreadable: "Google's price list could not be read: no answer within 0.02 s.",
      })
    })

    it('ends with the run, and as the run does', async () => {
      const run = new AbortController()
      const reading = read(new Silence(), { signal: run.signal })
      run.abort(new Error('cancelled'))
      await expect(reading).rejects.toThrow('cancelled')
    })

    it('lets nothing go on behind its answer', async () => {
      const silence = new Silence()
      const http: Http = {
        send: (request) =>
          request.url.includes('E505') ? Promise.resolve(disabled) : silence.send(request),
      }
      expect(await read(http)).toHaveProperty('unreadable')
      expect(silence.asked.map(({ signal }) => signal.aborted)).toEqual([true, true])
    })
  })
})
