import { describe, expect, it } from '@jest/globals'
import { answer, googleError } from '../../fakes/scripted-http.ts'
import { computeOn, LINK, REGION, ZONE } from './compute/on-script.ts'

const VM = { name: 'mervis-x7k2', zone: 'europe-west1-b' }

describe('Compute.fetchTemplate', () => {
  it('reads what a release is made of', async () => {
    const template = {
      selfLink: `${LINK}/t`,
      description: '{}',
      properties: { labels: {} },
      kind: 'x',
    }
    const { compute, http } = computeOn(answer(200, template))
    expect(await compute.fetchTemplate('mervis-1')).toEqual({
      name: 'mervis-1',
      selfLink: `${LINK}/t`,
      description: '{}',
      properties: { labels: {} },
    })
    expect(http.lines).toEqual([`GET ${REGION}/instanceTemplates/mervis-1`])
  })

  it('reads a global one by its link', async () => {
    const { compute, http } = computeOn(answer(200, { selfLink: `${LINK}/t` }))
    const link = `${LINK}/global/instanceTemplates/mervis-base`
    expect(await compute.fetchTemplate(link)).toMatchObject({ name: 'mervis-base' })
    expect(http.lines).toEqual(
      ['/compute/v1/projects/mervis-demo/global/instanceTemplates/mervis-base'].map(
        (path) => `GET ${path}`
      )
    )
  })

  it('gives nothing for one that is not there', async () => {
    expect(await computeOn(googleError(404)).compute.fetchTemplate('mervis-1')).toBeUndefined()
  })
})

describe('Compute.ensureTemplate', () => {
  const template = { name: 'mervis-1', description: '{}', properties: { labels: {} } }

  it('creates it', async () => {
    const { compute, http } = computeOn(answer(200, { status: 'DONE' }))
    await compute.ensureTemplate(template)
    expect(http.lines).toEqual([`POST ${REGION}/instanceTemplates`])
    expect(JSON.parse(http.requests[0]?.body ?? '')).toEqual(template)
  })

  it('is content with one that is there', async () => {
    const { compute, http } = computeOn(googleError(409, { reason: 'alreadyExists' }))
    await compute.ensureTemplate(template)
    expect(http.requests).toHaveLength(1)
  })
})

describe('Compute.patchVersion', () => {
  const version = { name: 'a1b2c3d4e5f6', instanceTemplate: `${LINK}/t` }

  it('sends the one version with the fingerprint that was read', async () => {
    const { compute, http } = computeOn(answer(200, { status: 'DONE' }))
    expect(await compute.patchVersion('mervis', version, 'abc=')).toBe('done')
    expect(http.lines).toEqual([`PATCH ${REGION}/instanceGroupManagers/mervis`])
    expect(JSON.parse(http.requests[0]?.body ?? '')).toEqual({
      fingerprint: 'abc=',
      versions: [version],
    })
  })

  it('hands a stale fingerprint over as an answer', async () => {
    const { compute } = computeOn(googleError(412, { reason: 'conditionNotMet' }))
    expect(await compute.patchVersion('mervis', version, 'old=')).toEqual({ refused: 412 })
  })

  it('fails when the group refuses for another reason', async () => {
    const { compute } = computeOn(
      googleError(400, { message: 'Fixed updatePolicy.maxSurge is too small' })
    )
    await expect(compute.patchVersion('mervis', version, 'abc=')).rejects.toThrow(
      'Could not roll the instance group mervis to release a1b2c3d4e5f6: Compute Engine answered 400'
    )
  })
})

describe('Compute.fetchGuestAttribute', () => {
  it('reads the JSON value', async () => {
    const items = [{ namespace: 'deploy', key: 'boot', value: '{"phase":"ready"}' }]
    const { compute, http } = computeOn(
      answer(200, { queryPath: 'deploy/boot', queryValue: { items } })
    )
    expect(await compute.fetchGuestAttribute(VM, 'deploy/boot')).toEqual({ phase: 'ready' })
    expect(http.lines).toEqual([`GET ${ZONE}/instances/mervis-x7k2/getGuestAttributes`])
    expect(http.requests[0]?.url).toContain('?queryPath=deploy%2Fboot')
  })

  it.each([
    ['has written nothing', googleError(404)],
    ['wrote no JSON', answer(200, { queryValue: { items: [{ value: 'ready' }] } })],
    ['has an empty answer', answer(200, {})],
  ])('gives nothing when the VM %s', async (_, given) => {
    expect(await computeOn(given).compute.fetchGuestAttribute(VM, 'deploy/boot')).toBeUndefined()
  })
})

describe('Compute.fetchAddress', () => {
  it.each([
    [
      'the external address',
      answer(200, {
        networkInterfaces: [{ networkIP: '10.0.0.2', accessConfigs: [{ natIP: '203.0.113.7' }] }],
      }),
      '203.0.113.7',
    ],
    [
      'the internal one where there is no other',
      answer(200, { networkInterfaces: [{ networkIP: '10.0.0.2', accessConfigs: [{}] }] }),
      '10.0.0.2',
    ],
    ['nothing for a VM without a network', answer(200, {}), undefined],
    ['nothing for a VM that is gone', googleError(404), undefined],
  ])('gives %s', async (_, given, address) => {
    const { compute, http } = computeOn(given)
    expect(await compute.fetchAddress(VM)).toBe(address)
    expect(http.lines).toEqual([`GET ${ZONE}/instances/mervis-x7k2`])
  })
})
