import { describe, expect, it } from '@jest/globals'
import {
  emptyGroup,
  parkGroup,
  switchOffAutoscaler,
} from '../../../../src/google/removal/groups.ts'
import { listGenerations, removeGeneration } from '../../../../src/google/removal/objects.ts'
import { deleteSecret, listOwnSecrets } from '../../../../src/google/removal/secrets.ts'
import { asRecord, asText, parseJson } from '../../../../src/lib/json.ts'
import { googleClientOn } from '../../../fakes/google-client.ts'
import { answer, googleError, ScriptedHttp } from '../../../fakes/scripted-http.ts'

const SCOPE = { projectId: 'mervis-demo', region: 'europe-west1' }
const DONE = answer(200, { status: 'DONE' })
const SEED = 'projects/mervis-demo/regions/europe-west1/instanceTemplates/web-seed'

function groupOn(template: string, fingerprint = 'f'): ReturnType<typeof answer> {
  const link = `https://www.googleapis.com/compute/v1/${template}`
  return answer(200, {
    name: 'web',
    fingerprint,
    versions: [{ name: 'r', instanceTemplate: link }],
  })
}

describe('listOwnSecrets', () => {
  it('takes what carries both labels of this very service, page after page', async () => {
    const secret = (id: string, labels: object) => ({ name: `projects/1/secrets/${id}`, labels })
    const http = new ScriptedHttp([
      answer(200, {
        secrets: [
          secret('one', { app: 'web', 'managed-by': 'deploy-spot-mig' }),
          secret('other', { app: 'web-2', 'managed-by': 'deploy-spot-mig' }),
          secret('foreign', { app: 'web' }),
        ],
        nextPageToken: 'more',
      }),
      answer(200, { secrets: [secret('two', { app: 'web', 'managed-by': 'deploy-spot-mig' })] }),
    ])
    const ids = await listOwnSecrets(googleClientOn(http), { ...SCOPE, service: 'web' })
    expect(ids).toEqual(['one', 'two'])
    const query = new URL(http.requests[1]?.url ?? '').searchParams
    expect(query.get('filter')).toBe('labels.app=web AND labels.managed-by=deploy-spot-mig')
    expect(query.get('pageToken')).toBe('more')
  })
})

describe('deleteSecret', () => {
  it('is content when somebody was faster', async () => {
    const http = new ScriptedHttp([googleError(404)])
    await deleteSecret(googleClientOn(http), { ...SCOPE, secret: 'one' })
    expect(http.lines).toEqual(['DELETE /v1/projects/mervis-demo/secrets/one'])
  })
})

describe('listGenerations and removeGeneration', () => {
  it('know live and earlier versions, and remove one for good', async () => {
    const items = [
      { name: 'web/a', generation: '1', timeDeleted: '2026-11-23T00:00:00Z' },
      { name: 'web/a', generation: '2' },
    ]
    const http = new ScriptedHttp([answer(200, { items }), answer(204, ''), googleError(404)])
    const google = googleClientOn(http)
    const found = await listGenerations(google, 'b', 'web/')
    expect(found.map(({ generation, isLive }) => [generation, isLive])).toEqual([
      ['1', false],
      ['2', true],
    ])
    for (const object of found) await removeGeneration(google, 'b', object)
    expect(http.requests.map(({ url }) => new URL(url).searchParams.get('generation'))).toEqual([
      null,
      '1',
      '2',
    ])
  })
})

describe('switchOffAutoscaler', () => {
  it('changes its mode and nothing else', async () => {
    const http = new ScriptedHttp([DONE])
    const link = 'https://x/compute/v1/projects/p/regions/r/autoscalers/web'
    await switchOffAutoscaler(googleClientOn(http), link)
    expect(http.lines).toEqual(['PATCH /compute/v1/projects/p/regions/r/autoscalers'])
    expect(new URL(http.requests[0]?.url ?? '').searchParams.get('autoscaler')).toBe('web')
    expect(parseJson(http.requests[0]?.body ?? '')).toEqual({
      name: 'web',
      autoscalingPolicy: { mode: 'OFF' },
    })
  })
})

describe('emptyGroup', () => {
  it('asks for no VM', async () => {
    const http = new ScriptedHttp([DONE])
    await emptyGroup(googleClientOn(http), SCOPE, 'web')
    expect(new URL(http.requests[0]?.url ?? '').searchParams.get('size')).toBe('0')
  })
})

describe('parkGroup', () => {
  const to = { group: 'web', template: SEED }

  it('gives the group one version, that of terraform', async () => {
    const http = new ScriptedHttp([groupOn(SEED.replace('seed', 'a1b2c3d4e5f6')), DONE])
    await parkGroup(googleClientOn(http), SCOPE, to)
    expect(parseJson(http.requests[1]?.body ?? '')).toEqual({
      fingerprint: 'f',
      versions: [{ name: '', instanceTemplate: SEED }],
    })
  })

  it.each([
    ['it is there already', groupOn(SEED)],
    ['there is no group any more', googleError(404)],
  ])('sends nothing where %s', async (_, found) => {
    const http = new ScriptedHttp([found])
    await parkGroup(googleClientOn(http), SCOPE, to)
    expect(http.requests).toHaveLength(1)
  })

  it('looks again after somebody else was faster, and gives up in the end', async () => {
    const release = SEED.replace('seed', 'a1b2c3d4e5f6')
    const once = [groupOn(release, 'f1'), googleError(412), groupOn(release, 'f2'), DONE]
    const http = new ScriptedHttp(once)
    await parkGroup(googleClientOn(http), SCOPE, to)
    expect(asText(asRecord(parseJson(http.requests[3]?.body ?? ''))['fingerprint'])).toBe('f2')

    const always = new ScriptedHttp(({ method }) =>
      method === 'GET' ? groupOn(release) : googleError(412)
    )
    await expect(parkGroup(googleClientOn(always), SCOPE, to)).rejects.toMatchObject({
      code: 'DESTROY_FAILED',
    })
  })
})
