import { type GoogleContext, type JsonObject, pageOf, textOf } from '../../route.ts'

/** Where the lists over all zones and regions are. */
export const AGGREGATED = '/projects/:project/aggregated'

/** One page of resources as an aggregated list: `items` by `zones/Z` or `regions/R`. */
export function aggregate(
  c: GoogleContext,
  kind: 'instance' | 'instanceGroupManager',
  all: readonly JsonObject[]
): JsonObject {
  const { items, nextPageToken } = pageOf(c, all)
  const places = Object.groupBy(items, placeOf)
  const collection = `${kind}s`
  return {
    kind: `compute#${kind}AggregatedList`,
    items: Object.fromEntries(
      Object.entries(places).map(([place, members]) => [place, { [collection]: members }])
    ),
    ...(nextPageToken && { nextPageToken }),
  }
}

function placeOf(resource: JsonObject): string {
  const link = textOf(resource, 'zone') ?? textOf(resource, 'region') ?? ''
  return link.split('/').slice(-2).join('/')
}
