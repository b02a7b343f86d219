import { describe, expect, it } from '@jest/globals'
import { bringHome } from '../../../src/image/mount.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { answer, type HttpAnswer, ScriptedHttp } from '../../fakes/scripted-http.ts'

const HOST = 'europe-west1-docker.pkg.dev'
const OWN = 'mervis-demo/mervis/web'
const OTHER = 'other/images/web'
const HOME = { host: HOST, path: OWN }
const name = (character: string): string => `sha256:${character.repeat(64)}`
const TYPE = 'application/vnd.oci.image.manifest.v1+json'
/** With spaces as nobody else would write them: it has to arrive byte for byte. */
const IMAGE = `{ "config": {"digest":"${name('c')}"},  "layers":[{"digest":"${name('1')}"},{"digest":"${name('2')}","urls":["https://x"]}] }`
const INDEX = JSON.stringify({ manifests: [{ digest: name('a') }] })

const image = (digest: string, path = OTHER) => ({
  digest,
  source: { host: HOST, path },
})

/** A registry with an index (digest f…) of one image (digest a…) in the other repository. */
function registry(onMount: HttpAnswer = answer(201)) {
  return new ScriptedHttp(({ method, url }) => {
    const { pathname } = new URL(url)
    if (method === 'POST') return onMount
    if (method === 'PUT') return answer(201)
    if (pathname.endsWith(name('f'))) return answer(200, INDEX, { 'content-type': `${TYPE}x` })
    if (pathname.endsWith(name('a'))) return answer(200, IMAGE, { 'content-type': TYPE })
    return answer(404)
  })
}

describe('bringHome', () => {
  it('links the parts, those first that others name, and moves no bytes', async () => {
    const http = registry()
    await bringHome(googleClientOn(http), image(name('f')), HOME)
    expect(
      http.requests.map(
        ({ method, url }) => `${method} ${new URL(url).pathname}${new URL(url).search}`
      )
    ).toEqual([
      `GET /v2/${OTHER}/manifests/${name('f')}`,
      `GET /v2/${OTHER}/manifests/${name('a')}`,
      ...['c', '1'].map(
        (blob) =>
          `POST /v2/${OWN}/blobs/uploads/?mount=${encodeURIComponent(name(blob))}&from=${encodeURIComponent(OTHER)}`
      ),
      `PUT /v2/${OWN}/manifests/${name('a')}`,
      `PUT /v2/${OWN}/manifests/${name('f')}`,
    ])
    const [first, second] = http.requests.filter(({ method }) => method === 'PUT')
    expect([first?.body, first?.headers['content-type']]).toEqual([IMAGE, TYPE])
    expect([second?.body, second?.headers['content-type']]).toEqual([INDEX, `${TYPE}x`])
  })

  it('does nothing for an image that is there', async () => {
    const http = registry()
    await bringHome(googleClientOn(http), image(name('f'), OWN), HOME)
    expect(http.requests).toEqual([])
  })

  it('says how to copy it where the registry wants the bytes', async () => {
    const http = registry(answer(202))
    await expect(bringHome(googleClientOn(http), image(name('a')), HOME)).rejects.toMatchObject({
      code: 'IMAGE_REFERENCE',
      message: `The registry does not share the layers of ${OTHER} with ${OWN}.`,
      hint: expect.stringContaining(
        `gcrane cp ${HOST}/${OTHER}@${name('a')} ${HOST}/${OWN}:imported`
      ),
    })
    expect(http.lines.filter((line) => line.startsWith('PUT'))).toEqual([])
  })

  it('says when a part is gone by now', async () => {
    await expect(
      bringHome(googleClientOn(registry()), image(name('0')), HOME)
    ).rejects.toMatchObject({
      code: 'IMAGE_MISSING',
    })
  })
})
