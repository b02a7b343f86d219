import { describe, expect, it } from '@jest/globals'
import { ActionError } from '../../../../src/errors.ts'
import { askUnlessOff } from '../../../../src/google/inspection/api-off.ts'
import { askVm, listVmCards } from '../../../../src/google/inspection/vms.ts'
import { googleClientOn } from '../../../fakes/google-client.ts'
import { answer, googleError, ScriptedHttp } from '../../../fakes/scripted-http.ts'

const VM = { projectId: 'p', zone: 'europe-west1-b', name: 'web-x7k2', queryPath: 'deploy/boot' }

describe('askVm', () => {
  it.each([
    [
      'its word',
      answer(200, { queryValue: { items: [{ value: '{"phase":"ready"}' }] } }),
      { value: { phase: 'ready' } },
    ],
    ['silent when it has written nothing', googleError(404), 'silent'],
    [
      'silent when what it wrote is no JSON',
      answer(200, { queryValue: { items: [{ value: 'x' }] } }),
      'silent',
    ],
    [
      'limit when others ask it, without waiting for that',
      googleError(403, { reason: 'rateLimitExceeded' }),
      'limit',
    ],
  ])('gives %s, in one request', async (_, response, said) => {
    const http = new ScriptedHttp([response])
    expect(await askVm(googleClientOn(http), VM)).toEqual(said)
    expect(http.requests).toHaveLength(1)
  })

  it('fails where it may not ask', async () => {
    const http = new ScriptedHttp([googleError(403, { reason: 'forbidden' })])
    await expect(askVm(googleClientOn(http), VM)).rejects.toMatchObject({
      code: 'GCP_REQUEST_FAILED',
      message: expect.stringContaining('web-x7k2'),
    })
  })
})

describe('listVmCards', () => {
  it('prefers the address that others reach', async () => {
    const card = (name: string, card: object) => ({ name, networkInterfaces: [card] })
    const http = new ScriptedHttp([
      answer(200, { items: [card('a', { networkIP: '10.0.0.2' })], nextPageToken: 'n' }),
      answer(200, {
        items: [card('b', { networkIP: '10.0.0.3', accessConfigs: [{ natIP: '203.0.113.7' }] })],
      }),
    ])
    const place = { projectId: 'p', zone: 'z', baseInstanceName: 'web' }
    const cards = await listVmCards(googleClientOn(http), place)
    expect(cards.map(({ name, address }) => [name, address])).toEqual([
      ['a', '10.0.0.2'],
      ['b', '203.0.113.7'],
    ])
  })
})

describe('askUnlessOff', () => {
  const refusal = new ActionError('GCP_REQUEST_FAILED', 'No.')
  const question = {
    service: 'compute',
    projectId: 'p',
    ask: () => Promise.reject(refusal),
    whenOff: 'nothing',
  } as const

  it.each(['SERVICE_DISABLED', 'accessNotConfigured'])(
    'is content with an API that is off (%s)',
    async (reason) => {
      const http = new ScriptedHttp([googleError(403, { reason })])
      expect(await askUnlessOff(googleClientOn(http), question)).toBe('nothing')
    }
  )

  it.each([googleError(403, { reason: 'forbidden' }), answer(200)])(
    'keeps the refusal of one that is on (case %#)',
    async (probe) => {
      const http = new ScriptedHttp([probe])
      await expect(askUnlessOff(googleClientOn(http), question)).rejects.toBe(refusal)
    }
  )

  it('asks nothing more where there is an answer', async () => {
    const http = new ScriptedHttp([])
    const ask = async (): Promise<string> => 'something'
    expect(await askUnlessOff(googleClientOn(http), { ...question, ask })).toBe('something')
  })
})
