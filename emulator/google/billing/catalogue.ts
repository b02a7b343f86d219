import { Hono } from 'hono'
import { GoogleError } from '../errors.ts'
import { partial, type Shape } from '../fields.ts'
import { entityNotFound, type GoogleContext, type GoogleEnv, type JsonObject } from '../route.ts'
import { type CatalogueService, priceList } from './price-list.ts'

/** The most that one page holds, and what it holds when nobody says. */
const MAX_PAGE_SIZE = 5000

/** Fields of the answers, as far as a client may select them. */
const LEAF: Shape = {}
const PRICE: Shape = {
  summary: LEAF,
  pricingExpression: {
    usageUnit: LEAF,
    displayQuantity: LEAF,
    tieredRates: {
      startUsageAmount: LEAF,
      unitPrice: { currencyCode: LEAF, units: LEAF, nanos: LEAF },
    },
  },
  currencyConversionRate: LEAF,
  effectiveTime: LEAF,
}
const SKUS: Shape = {
  skus: {
    name: LEAF,
    skuId: LEAF,
    description: LEAF,
    category: {
      serviceDisplayName: LEAF,
      resourceFamily: LEAF,
      resourceGroup: LEAF,
      usageType: LEAF,
    },
    serviceRegions: LEAF,
    pricingInfo: PRICE,
    serviceProviderName: LEAF,
  },
  nextPageToken: LEAF,
}
const SERVICES: Shape = {
  services: { name: LEAF, serviceId: LEAF, displayName: LEAF, businessEntityName: LEAF },
  nextPageToken: LEAF,
}

/**
 * The catalogue of Cloud Billing v1. It is public: whoever shows a token may read it, without a
 * role, as long as the API is on.
 */
export function createBillingCatalogue(
  services: readonly CatalogueService[] = priceList(),
  maxPageSize = MAX_PAGE_SIZE
): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  routes.get('/services', (c) => {
    const described = services.map(({ id, displayName }) => ({
      name: `services/${id}`,
      serviceId: id,
      displayName,
      businessEntityName: 'businessEntities/GCP',
    }))
    const { items, nextPageToken } = page(c, described, maxPageSize)
    return c.json(partial(c, { services: items, nextPageToken }, SERVICES))
  })
  routes.get('/services/:service/skus', (c) => {
    const service = services.find(({ id }) => id === c.req.param('service'))
    if (!service) throw entityNotFound()
    const currency = c.req.query('currencyCode') || 'USD'
    if (currency !== 'USD') {
      throw new GoogleError(400, `The emulator has prices in USD only, not in ${currency}.`)
    }
    const { items, nextPageToken } = page(c, service.skus, maxPageSize)
    return c.json(partial(c, { skus: items, nextPageToken }, SKUS))
  })
  return routes
}

/** Unlike in most APIs the token of the last page is there and empty. */
function page(
  c: GoogleContext,
  all: readonly JsonObject[],
  maxSize: number
): { readonly items: readonly JsonObject[]; readonly nextPageToken: string } {
  const asked = Number(c.req.query('pageSize') || maxSize)
  if (!Number.isInteger(asked) || asked < 0) throw new GoogleError(400, 'Invalid page size.')
  const token = c.req.query('pageToken') || '0'
  if (!/^\d+$/.test(token)) throw new GoogleError(400, 'Invalid page token.')
  const start = Number(token)
  const end = start + Math.min(asked || maxSize, maxSize)
  return { items: all.slice(start, end), nextPageToken: end < all.length ? String(end) : '' }
}
