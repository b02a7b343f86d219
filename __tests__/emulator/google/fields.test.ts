import { describe, expect, it } from '@jest/globals'
import { Hono } from 'hono'
import { GoogleError } from '../../../emulator/google/errors.ts'
import { partial, type Shape } from '../../../emulator/google/fields.ts'
import type { GoogleEnv } from '../../../emulator/google/route.ts'
import { Api, GROUPS } from '../compute/api.ts'

const SHAPE: Shape = {
  kind: {},
  items: { name: {}, place: { zone: {}, host: {} }, errors: { code: {}, message: {} } },
  nextPageToken: {},
}

const ANSWER = {
  kind: 'list',
  items: [
    { name: 'a', place: { zone: 'z1', host: 'h1' }, errors: [{ code: 'E', message: 'no' }] },
    { name: 'b', place: { zone: 'z2', host: 'h2' } },
  ],
  nextPageToken: '2',
}

async function ask(fields: string | undefined) {
  const routes = new Hono<GoogleEnv>()
  routes.get('/list', (c) => c.json(partial(c, ANSWER, SHAPE)))
  routes.onError((error) => {
    if (!(error instanceof GoogleError)) throw error
    return Response.json(error.toBody(), { status: error.httpStatus })
  })
  const query = fields === undefined ? '' : `?${new URLSearchParams({ fields })}`
  const response = await routes.request(`/list${query}`)
  return { status: response.status, body: await response.json() }
}

describe('partial', () => {
  it.each<[string | undefined, unknown]>([
    [undefined, ANSWER],
    ['', ANSWER],
    ['*', ANSWER],
    ['kind', { kind: 'list' }],
    ['nextPageToken,kind', { nextPageToken: '2', kind: 'list' }],
    [' kind , nextPageToken ', { kind: 'list', nextPageToken: '2' }],
    ['items/name', { items: [{ name: 'a' }, { name: 'b' }] }],
    ['items(name)', { items: [{ name: 'a' }, { name: 'b' }] }],
    [
      'items(name,place/zone)',
      {
        items: [
          { name: 'a', place: { zone: 'z1' } },
          { name: 'b', place: { zone: 'z2' } },
        ],
      },
    ],
    ['items/errors(code)', { items: [{ errors: [{ code: 'E' }] }, {}] }],
    ['items/place(*)', { items: ANSWER.items.map(({ place }) => ({ place })) }],
    [
      'items/name,items/place/host',
      {
        items: [
          { name: 'a', place: { host: 'h1' } },
          { name: 'b', place: { host: 'h2' } },
        ],
      },
    ],
    ['items/place/zone,items/place', { items: ANSWER.items.map(({ place }) => ({ place })) }],
  ])('gives for %j only what was asked for', async (fields, body) => {
    expect(await ask(fields)).toEqual({ status: 200, body })
  })

  it.each([
    ['names', 'names'],
    ['items/nome', 'nome'],
    ['items(name,zone)', 'zone'],
    ['kind/of', 'of'],
    ['items(name', 'items(name'],
    ['items)', 'items)'],
    ['items()', 'items()'],
    ['items//name', 'items//name'],
    ['kind,', 'kind,'],
    [',', ','],
  ])('refuses %j as Google does', async (fields, selection) => {
    expect(await ask(fields)).toMatchObject({
      status: 400,
      body: {
        error: {
          message: `Invalid field selection ${selection}`,
          errors: [{ reason: 'invalidParameter', locationType: 'parameter', location: 'fields' }],
        },
      },
    })
  })
})

describe('the lists of a group', () => {
  async function groupWithErrors(): Promise<Api> {
    const api = new Api()
    for (const zone of ['a', 'b', 'c']) api.compute.control.stockout(`europe-west3-${zone}`, true)
    await api.group()
    return api
  }

  it('show of their VMs what was asked for', async () => {
    const api = await groupWithErrors()
    const fields =
      'managedInstances(currentAction,version/name,lastAttempt/errors/errors(code,errorDetails/errorInfo))'
    const path = `${GROUPS}/app/listManagedInstances?${new URLSearchParams({ fields })}`
    const { body } = await api.call('POST', path)
    expect(body.managedInstances[0]).toEqual({
      currentAction: 'CREATING',
      version: { name: 'r1' },
      lastAttempt: {
        errors: {
          errors: [
            {
              code: 'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS',
              errorDetails: expect.arrayContaining([
                { errorInfo: expect.objectContaining({ metadatas: expect.anything() }) },
              ]),
            },
          ],
        },
      },
    })
  })

  it('show of their errors what was asked for, page by page', async () => {
    const api = await groupWithErrors()
    const query = new URLSearchParams({ fields: 'items/error/code,nextPageToken', maxResults: '1' })
    expect(await api.get(`${GROUPS}/app/listErrors?${query}`)).toEqual({
      items: [{ error: { code: 'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS' } }],
      nextPageToken: '1',
    })
  })

  it('refuse a field that only the other one has', async () => {
    const api = await groupWithErrors()
    const path = `${GROUPS}/app/listErrors?fields=items/error/errorDetails`
    expect(await api.call('GET', path)).toMatchObject({
      status: 400,
      body: { error: { message: 'Invalid field selection errorDetails' } },
    })
  })
})
