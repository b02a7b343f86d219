import { describe, expect, it } from '@jest/globals'
import { changeCompute } from '../../../src/google/operations.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { answer, googleError, type HttpAnswer, ScriptedHttp } from '../../fakes/scripted-http.ts'

const BASE = 'https://www.googleapis.com/compute/v1/'
const OPERATION = 'projects/mervis-demo/regions/europe-west1/operations/operation-1'
const CHANGE = {
  method: 'POST',
  path: 'projects/mervis-demo/regions/europe-west1/instanceTemplates',
  body: { name: 'mervis' },
  purpose: 'create the instance template mervis',
} as const

const operation = (status: string, more: object = {}): HttpAnswer =>
  answer(200, { kind: 'compute#operation', status, selfLink: BASE + OPERATION, ...more })

function failed(code: string, message: string): HttpAnswer {
  return operation('DONE', { error: { errors: [{ code, message }] } })
}

describe('changeCompute', () => {
  it('waits until the operation is done', async () => {
    const http = new ScriptedHttp([operation('PENDING'), operation('RUNNING'), operation('DONE')])
    expect(await changeCompute(googleClientOn(http), CHANGE)).toBe('done')
    expect(http.lines).toEqual([
      `POST /compute/v1/${CHANGE.path}`,
      `POST /compute/v1/${OPERATION}/wait`,
      `POST /compute/v1/${OPERATION}/wait`,
    ])
  })

  it('gives the server two minutes for each wait', async () => {
    const http = new ScriptedHttp([operation('RUNNING'), operation('DONE')])
    await changeCompute(googleClientOn(http), CHANGE)
    expect(http.requests[1]?.timeoutMs).toBeGreaterThan(120_000)
  })

  it('waits for nothing when the change is done at once', async () => {
    const http = new ScriptedHttp([operation('DONE')])
    expect(await changeCompute(googleClientOn(http), CHANGE)).toBe('done')
    expect(http.requests).toHaveLength(1)
  })

  it('repeats a change under one request id, and takes another one for the next', async () => {
    const http = new ScriptedHttp([googleError(503), operation('DONE'), operation('DONE')])
    const google = googleClientOn(http)
    await changeCompute(google, CHANGE)
    await changeCompute(google, CHANGE)
    const ids = http.requests.map(({ url }) => new URL(url).searchParams.get('requestId'))
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  it('hands an accepted refusal over', async () => {
    const http = new ScriptedHttp([googleError(409)])
    expect(await changeCompute(googleClientOn(http), { ...CHANGE, accept: [409] })).toEqual({
      refused: 409,
    })
  })

  it('goes on waiting when the connection breaks in the middle of a long wait', async () => {
    const clock = new FakeClock()
    const script = [operation('RUNNING'), new Error('socket hang up'), operation('DONE')]
    const http = new ScriptedHttp(() => {
      const next = script.shift() ?? new Error('nothing more')
      if (next instanceof Error) clock.advance(90_000)
      return next
    })
    expect(await changeCompute(googleClientOn(http, { clock }), CHANGE)).toBe('done')
  })

  it.each([
    [
      'at once',
      [failed('QUOTA_EXCEEDED', "Quota 'CPUS' exceeded. Limit: 24.0 in region europe-west1.")],
    ],
    [
      'after a wait',
      [
        operation('RUNNING'),
        failed('QUOTA_EXCEEDED', "Quota 'CPUS' exceeded. Limit: 24.0 in region europe-west1."),
      ],
    ],
  ])('fails with what the operation says when it fails %s', async (_, script) => {
    await expect(
      changeCompute(googleClientOn(new ScriptedHttp(script)), CHANGE)
    ).rejects.toMatchObject({
      code: 'GCP_OPERATION_FAILED',
      message:
        "Could not create the instance template mervis: QUOTA_EXCEEDED: Quota 'CPUS' exceeded. Limit: 24.0 in region europe-west1.",
    })
  })

  it('fails when only the HTTP status tells of it', async () => {
    const http = new ScriptedHttp([
      operation('DONE', { httpErrorStatusCode: 400, httpErrorMessage: 'BAD REQUEST' }),
    ])
    await expect(changeCompute(googleClientOn(http), CHANGE)).rejects.toThrow(
      'Could not create the instance template mervis: BAD REQUEST'
    )
  })

  it('says which role is missing when only the operation knows that the service account may not be used', async () => {
    const said =
      "The user does not have access to service account 'vm@mervis-demo.iam.gserviceaccount.com'. User: 'deployer@mervis-demo.iam.gserviceaccount.com'. Ask a project owner to grant you the iam.serviceAccountUser role on the service account"
    const http = new ScriptedHttp([failed('SERVICE_ACCOUNT_ACCESS_DENIED', said)])
    await expect(changeCompute(googleClientOn(http), CHANGE)).rejects.toMatchObject({
      code: 'GCP_OPERATION_FAILED',
      hint: expect.stringContaining('roles/iam.serviceAccountUser'),
    })
  })

  it.each([[{}], ['not JSON'], [[]]])('is not taken in by the answer %j', async (body) => {
    const http = new ScriptedHttp([answer(200, body)])
    await expect(changeCompute(googleClientOn(http), CHANGE)).rejects.toMatchObject({
      code: 'GCP_UNEXPECTED_ANSWER',
    })
  })

  it('gives up on an operation that never ends, and says which', async () => {
    const clock = new FakeClock()
    const http = new ScriptedHttp(() => {
      clock.advance(120_000)
      return http.requests.length > 500
        ? answer(400, 'still waiting after 16 hours')
        : operation('RUNNING')
    })
    const change = changeCompute(googleClientOn(http, { clock }), CHANGE)
    await expect(change).rejects.toMatchObject({
      name: 'ActionError',
      message: expect.stringContaining('create the instance template mervis'),
    })
    expect(http.requests.length).toBeLessThan(500)
  })

  it('does not hammer a server that answers every wait at once', async () => {
    const clock = new FakeClock()
    const http = new ScriptedHttp(() =>
      http.requests.length < 50 ? operation('RUNNING') : operation('DONE')
    )
    const startedAtMs = clock.now()
    await changeCompute(googleClientOn(http, { clock }), CHANGE)
    expect(clock.now() - startedAtMs).toBeGreaterThan(20_000)
  })
})
