/** A JSON object of an API. */
export type Json = Record<string, unknown>

/** What the API adds to a resource that was sent. */
export function completed(key: string, body: Json, selfLink: string): Json {
  if (!key.startsWith('compute/')) return { ...body, createTime: '2026-01-01T00:00:00Z' }
  const common = { ...body, selfLink, creationTimestamp: '2026-01-01T00:00:00.000-07:00' }
  if (!key.endsWith('/instanceGroupManagers')) return common
  return {
    ...common,
    fingerprint: 'ZmluZ2VycHJpbnQ=',
    instanceGroup: selfLink.replace('Managers', 's'),
    status: { isStable: true, versionTarget: { isReached: true } },
  }
}

/** Zones of two regions, in no order. */
export function zones(): unknown[] {
  const region = (zone: string): string => zone.slice(0, -2)
  return ['europe-west1-c', 'europe-west1-b', 'us-east1-b'].map((name) => ({
    name,
    status: 'UP',
    region: `https://x/regions/${region(name)}`,
  }))
}

/** 404 in the words of Compute. */
export function notFound(path: string): [number, unknown] {
  return refusal(404, `The resource '${path}' was not found`, 'notFound')
}

/** A refusal in the shape of the older JSON APIs. */
export function refusal(code: number, message: string, reason: string): [number, unknown] {
  return [code, { error: { code, message, errors: [{ message, domain: 'global', reason }] } }]
}

/** A body, whether JSON or a form. */
export function parse(text: string, type = ''): Json {
  if (text === '') return {}
  if (type.includes('urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  return JSON.parse(text) as Json
}
