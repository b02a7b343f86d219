import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createBillingCatalogue } from '../../../emulator/google/billing/catalogue.ts'
import { HttpFaults } from '../../../emulator/http-faults.ts'
import { Recording } from '../../../emulator/recording.ts'
import { createApp, type OpenPort, openPort } from '../../../emulator/server.ts'
import { call, enable, type Harness, startHarness } from '../harness.ts'

// Behind the doors of the whole emulator, with pages small enough to turn some.

const PAGE = 100

let harness: Harness
let port: OpenPort
let token: string

beforeAll(async () => {
  harness = await startHarness()
  token = harness.emulator.accessToken()
  port = await openPort(0)
  const routes = createBillingCatalogue(undefined, PAGE)
  const app = createApp({
    ...harness.emulator.cloud,
    recording: new Recording(),
    faults: new HttpFaults(),
    googleApis: [{ path: '/cloudbilling/v1', api: 'cloudbilling.googleapis.com', routes }],
    openRoutes: [],
  })
  port.serve(app.fetch)
})
afterAll(async () => {
  await port.close()
  await harness.stop()
})

const COMPUTE = 'services/6F81-5844-456A/skus'
const get = (path: string) => call(`${port.url}/cloudbilling/v1/${path}`, { token })

describe('the Cloud Billing catalogue, before the API is on', () => {
  it('tells where to switch it on', async () => {
    const { status, json } = await get(COMPUTE)
    expect(status).toBe(403)
    expect(json.error.details[0]).toMatchObject({
      reason: 'SERVICE_DISABLED',
      metadata: { service: 'cloudbilling.googleapis.com' },
    })
  })
})

describe('the Cloud Billing catalogue', () => {
  beforeAll(() => enable(harness, 'cloudbilling'))

  it('asks for a token, and for no role', async () => {
    const url = `${port.url}/cloudbilling/v1/${COMPUTE}`
    expect((await call(url)).status).toBe(401)
    const nobody = harness.emulator.accessToken('user:nobody@example.com')
    expect((await call(url, { token: nobody })).status).toBe(200)
  })

  it('lists its services', async () => {
    const { json } = await get('services')
    expect(json.services).toContainEqual({
      name: 'services/6F81-5844-456A',
      serviceId: '6F81-5844-456A',
      displayName: 'Compute Engine',
      businessEntityName: 'businessEntities/GCP',
    })
  })

  it('describes a price as Google does', async () => {
    const { json } = await get(COMPUTE)
    const core = json.skus.find(
      ({ description }: { description: string }) =>
        description === 'Spot Preemptible E2 Instance Core running in Americas'
    )
    expect(core).toMatchObject({
      name: `${COMPUTE}/${core.skuId}`,
      skuId: expect.stringMatching(/^([0-9A-F]{4}-){2}[0-9A-F]{4}$/),
      category: {
        serviceDisplayName: 'Compute Engine',
        resourceFamily: 'Compute',
        resourceGroup: 'CPU',
        usageType: 'Preemptible',
      },
      serviceRegions: ['us-central1', 'us-east1', 'us-west1'],
      pricingInfo: [
        {
          effectiveTime: '2026-10-08T07:00:00.000Z',
          pricingExpression: {
            usageUnit: 'h',
            tieredRates: [
              {
                startUsageAmount: 0,
                unitPrice: { currencyCode: 'USD', units: '0', nanos: 10_070_000 },
              },
            ],
          },
        },
      ],
    })
  })

  it('gives every price once, in pages', async () => {
    const ids: string[] = []
    let pages = 0
    for (let pageToken = ''; pages === 0 || pageToken !== ''; pages++) {
      const { json } = await get(`${COMPUTE}?pageSize=5000&pageToken=${pageToken}`)
      expect(json.skus.length).toBeLessThanOrEqual(PAGE)
      ids.push(...json.skus.map(({ skuId }: { skuId: string }) => skuId))
      pageToken = json.nextPageToken
    }
    expect(pages).toBeGreaterThan(2)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('answers the fields that are asked for', async () => {
    const { json } = await get(`${COMPUTE}?pageSize=1&fields=skus(description,category/usageType)`)
    expect(json).toEqual({
      skus: [
        {
          description: 'E2 Instance Core running in Americas',
          category: { usageType: 'OnDemand' },
        },
      ],
    })
  })

  it.each([
    ['another service', 'services/0000-0000-0000/skus', 404],
    ['another currency', `${COMPUTE}?currencyCode=EUR`, 400],
    ['a page token of its own making', `${COMPUTE}?pageToken=x`, 400],
    ['a field that no price has', `${COMPUTE}?fields=skus(colour)`, 400],
  ])('refuses %s', async (_, path, status) => {
    expect((await get(path)).status).toBe(status)
  })
})
