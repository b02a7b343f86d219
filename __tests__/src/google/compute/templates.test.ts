import { describe, expect, it } from '@jest/globals'
import { isInUse } from '../../../../src/google/compute/deletion.ts'
import { answer, googleError } from '../../../fakes/scripted-http.ts'
import { computeOn, LINK, REGION } from './on-script.ts'

describe('Compute.listTemplates', () => {
  const item = {
    name: 'mervis-a1b2c3d4e5f6',
    description: '{}',
    creationTimestamp: '2026-11-23T04:00:00.000-08:00',
    properties: { labels: { release: 'a1b2c3d4e5f6' } },
  }

  it('asks for the names that match and for what is read, page after page', async () => {
    const { compute, http } = computeOn(
      answer(200, { items: [item], nextPageToken: 'more' }),
      answer(200, { items: [{ name: 'mervis-000000000000' }] })
    )
    expect(await compute.listTemplates('mervis-[0-9a-f]{12}')).toEqual([
      {
        name: item.name,
        description: '{}',
        labels: { release: 'a1b2c3d4e5f6' },
        createdAtMs: Date.UTC(2026, 10, 23, 12),
      },
      { name: 'mervis-000000000000', description: '', labels: {}, createdAtMs: undefined },
    ])
    expect(http.lines).toEqual([
      `GET ${REGION}/instanceTemplates`,
      `GET ${REGION}/instanceTemplates`,
    ])
    const [query] = http.requests.map(({ url }) => new URL(url).searchParams)
    expect(query?.get('filter')).toBe('name eq "mervis-[0-9a-f]{12}"')
    expect(query?.get('fields')).not.toContain('metadata')
  })

  it('finds none', async () => {
    expect(await computeOn(answer(200, {})).compute.listTemplates('x')).toEqual([])
  })
})

describe('Compute.deleteTemplate', () => {
  const message = "The instance_template resource 'a' is already being used by 'b'"
  const operation = { selfLink: `${LINK}/regions/europe-west1/operations/o`, status: 'RUNNING' }
  const inUse = { errors: [{ code: 'RESOURCE_IN_USE_BY_ANOTHER_RESOURCE', message }] }

  it('waits until it is gone', async () => {
    const { compute, http } = computeOn(
      answer(200, operation),
      answer(200, { ...operation, status: 'DONE' })
    )
    expect(await compute.deleteTemplate('mervis-1')).toBe('deleted')
    expect(http.lines).toEqual([
      `DELETE ${REGION}/instanceTemplates/mervis-1`,
      `POST ${REGION}/operations/o/wait`,
    ])
    expect(new URL(http.requests[0]?.url ?? '').searchParams.get('requestId')).toMatch(
      /^[\w-]{36}$/
    )
  })

  it('says when there was none', async () => {
    expect(await computeOn(googleError(404)).compute.deleteTemplate('mervis-1')).toBe('absent')
  })

  // Google finds it out before the operation or in it.
  it.each([
    ['at once', [googleError(400, { message, reason: 'resourceInUseByAnotherResource' })]],
    [
      'by its operation',
      [
        answer(200, operation),
        answer(200, { ...operation, status: 'DONE', error: inUse, httpErrorStatusCode: 400 }),
      ],
    ],
    ['by an operation without status', [answer(200, { status: 'DONE', error: inUse })]],
  ])('tells apart one that is in use: refused %s', async (_, script) => {
    const refusal = await computeOn(...script).compute.deleteTemplate('mervis-1')
    expect(refusal).toMatchObject({ status: 400, message })
    expect(typeof refusal === 'object' && isInUse(refusal)).toBe(true)
  })

  it('gives any other refusal as an answer', async () => {
    const permission = 'compute.instanceTemplates.delete'
    const denied = googleError(403, {
      message: `Required '${permission}' permission for 'x'`,
      reason: 'forbidden',
    })
    const refusal = await computeOn(denied).compute.deleteTemplate('mervis-1')
    expect(refusal).toMatchObject({ status: 403, reason: 'forbidden' })
    expect(typeof refusal === 'object' && isInUse(refusal)).toBe(false)
  })
})

describe('Compute.listUsedTemplates', () => {
  it('reads nothing but the links', async () => {
    const instanceTemplate = `${LINK}/regions/europe-west1/instanceTemplates/mervis-1`
    const { compute, http } = computeOn(
      answer(200, {
        managedInstances: [{ version: { instanceTemplate } }, {}],
        nextPageToken: 'n',
      }),
      answer(200, {})
    )
    expect(await compute.listUsedTemplates('mervis')).toEqual([instanceTemplate, ''])
    const [query] = http.requests.map(({ url }) => new URL(url).searchParams)
    expect(query?.get('fields')).toBe('nextPageToken,managedInstances/version/instanceTemplate')
  })
})
