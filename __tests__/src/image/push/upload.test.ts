import { describe, expect, it } from '@jest/globals'
import { pushImage } from '../../../../src/image/push/push.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { fixedTokens, TOKEN } from '../../../fakes/fixed-tokens.ts'
import { googleClientOn } from '../../../fakes/google-client.ts'
import { MemoryFiles } from '../../../fakes/memory-files.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'
import { ScriptedCommands } from '../../../fakes/scripted-commands.ts'
import { folderWith } from '../build/scene.ts'
import { FakeRegistry, type Mishap } from './fake-registry.ts'
import { aLayout, type LayoutShape } from './layouts.ts'

const HOST = 'europe-west1-docker.pkg.dev'
const BIG = Buffer.alloc(100_000, 'big layer ')

function scene(shape: LayoutShape = { layers: [BIG] }) {
  const made = aLayout(shape)
  const registry = new FakeRegistry(made.bytes)
  const clock = new FakeClock()
  const log = new RecordingLog()
  const ports = {
    commands: new ScriptedCommands({}),
    files: new MemoryFiles(),
    clock,
    log,
    tokens: fixedTokens,
    google: googleClientOn(registry, { clock, log }),
    clientFolder: folderWith(undefined),
    openFile: async () => made.open(),
    sender: registry,
    random: () => 1,
  }
  const push = (tags: readonly [string, ...string[]] = ['src-1'], signal?: AbortSignal) =>
    pushImage(ports, {
      image: { kind: 'layout', path: '/job/image.tar', digest: made.imageDigest },
      repository: { host: HOST, path: 'p/r/app' },
      projectId: 'mervis-demo',
      tags,
      registryUrl: `https://${HOST}/`,
      workDirectory: '/job',
      signal: signal ?? new AbortController().signal,
    })
  return { registry, push, made, log, clock, reference: `${HOST}/p/r/app@${made.imageDigest}` }
}

describe('pushImage of a layout', () => {
  it('sends each blob whole and once, then the manifests, then the tags', async () => {
    const { registry, push, made, reference } = scene({ hasAttestation: true })
    expect(await push(['src-1', 'build-2'])).toEqual({ reference, wasPushed: true })
    expect([...registry.blobs.keys()].sort()).toEqual(
      [...made.blobs.keys()].filter((digest) => !registry.manifests.has(digest)).sort()
    )
    const puts = registry.requests.filter((line) => line.startsWith('PUT manifests/'))
    expect(puts.at(0)).toBe(`PUT manifests/${made.imageDigest}`)
    expect(puts.slice(-4)).toEqual([
      `PUT manifests/${made.rootDigest}`,
      `PUT manifests/attested-${made.imageDigest.slice(7, 19)}`,
      'PUT manifests/src-1',
      'PUT manifests/build-2',
    ])
    expect(registry.requests.filter((line) => line.startsWith('PATCH'))).toEqual([])
    expect(registry.manifests.get('src-1')).toBe(registry.manifests.get(made.imageDigest))
  })

  it('sends nothing when the registry has the digest, and sets only the tags that are missing', async () => {
    const { registry, push, reference } = scene()
    await push(['src-1'])
    registry.requests.length = 0
    expect(await push(['src-1', 'src-2'])).toEqual({ reference, wasPushed: false })
    expect(registry.requests.filter((line) => !/^(HEAD|GET) /.test(line))).toEqual([
      'PUT manifests/src-2',
    ])
  })

  it('sends no layer that the registry has', async () => {
    const { registry, push, made } = scene({ layers: [BIG, Buffer.from('small')] })
    registry.blobs.set(made.layerDigests[0] ?? '', BIG)
    await push()
    expect(registry.sentBytes).toBeLessThan(1_000)
  })

  it('sends at most four blobs at once', async () => {
    const layers = Array.from({ length: 20 }, (_, index) => Buffer.from(`layer ${index}`))
    const { registry, push } = scene({ layers })
    await push()
    expect(registry.mostAtOnce).toBe(4)
  })

  it('keeps the token to the registry itself', async () => {
    const { registry, push, log } = scene()
    registry.uploadBase = 'https://storage.example'
    await push()
    expect(new Set(registry.tokens)).toEqual(new Set([undefined]))
    const { registry: plain, push: pushPlain } = scene()
    plain.uploadBase = `http://${HOST}`
    await pushPlain()
    expect(new Set(plain.tokens)).toEqual(new Set([undefined]))
    const { registry: ours, push: pushAgain } = scene()
    ours.uploadBase = '/artifacts-uploads'
    await pushAgain()
    expect(new Set(ours.tokens)).toEqual(new Set([`Bearer ${TOKEN}`]))
    expect(log.text).not.toContain(TOKEN)
  })

  it.each<[string, Mishap[]]>([
    ['a reset', [{ afterBytes: 50_000 }]],
    ['several resets', [{ afterBytes: 50_000 }, { afterBytes: 10 }, { afterBytes: 0 }]],
    ['a 500', [{ status: 500 }]],
    ['a 502 and a 503', [{ status: 502 }, { status: 503 }]],
    ['a token that ended', [{ status: 401 }]],
    ['a quota', [{ status: 429 }]],
    ['an upload that is known no more', [{ status: 404 }]],
  ])('goes on after %s', async (_, mishaps) => {
    const { registry, push, reference, clock } = scene()
    registry.mishaps = mishaps
    expect(await push()).toEqual({ reference, wasPushed: true })
    expect(registry.mishaps).toEqual([])
    expect(clock.now()).toBeGreaterThan(0)
  })

  it('sends nothing again when only the answer was lost', async () => {
    const { registry, push, made } = scene()
    registry.mishaps = ['lost answer']
    await push()
    const all = [...registry.blobs.values()].reduce((sum, bytes) => sum + bytes.length, 0)
    expect(registry.sentBytes).toBe(all)
    expect(registry.blobs.has(made.layerDigests[0] ?? '')).toBe(true)
  })

  it('sends a registry that kept the beginning only the rest', async () => {
    const { registry, push, reference } = scene({ layers: [BIG] })
    registry.keepsParts = true
    registry.mishaps = [{ afterBytes: 60_000 }, { afterBytes: 30_000 }]
    expect(await push()).toEqual({ reference, wasPushed: true })
    const all = [...registry.blobs.values()].reduce((sum, bytes) => sum + bytes.length, 0)
    expect(registry.sentBytes).toBe(all)
    const ranges = registry.requests.filter((line) => line.startsWith('PATCH'))
    expect(ranges.map((line) => line.split(' ')[2])).toEqual(['60000-99999', '90000-99999'])
  })

  it('only ends an upload that had come through as a whole', async () => {
    const { registry, push } = scene()
    registry.keepsParts = true
    registry.mishaps = [{ afterBytes: BIG.length }]
    await push()
    expect(registry.requests.filter((line) => /^(PATCH|PUT upload)/.test(line))).toHaveLength(3)
    expect(registry.blobs.size).toBe(2)
  })

  it('sends all again to a registry that kept the beginning and takes no rest', async () => {
    const { registry, push, reference } = scene()
    Object.assign(registry, { keepsParts: true, takesRest: false })
    registry.mishaps = [{ afterBytes: 60_000 }, { afterBytes: 70_000 }]
    expect(await push()).toEqual({ reference, wasPushed: true })
    expect(registry.requests.filter((line) => line.startsWith('PATCH'))).toHaveLength(1)
  })

  it('gives up when nothing comes through, with the reason and what to do', async () => {
    const { registry, push } = scene()
    registry.mishaps = Array.from({ length: 99 }, () => ({ afterBytes: 1 }))
    await expect(push()).rejects.toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      isPassing: true,
      message: expect.stringMatching(
        /^Could not push the image to europe-west1-docker\.pkg\.dev\/p\/r\/app: the upload of sha256:\w{12} broke off again and again: write ECONNRESET$/
      ),
      hint: expect.stringContaining('status.cloud.google.com'),
    })
    expect(registry.manifests.size).toBe(0)
  })

  it.each([
    [
      403,
      'Permission "artifactregistry.repositories.uploadArtifacts" denied on resource "x"',
      /gcloud artifacts repositories add-iam-policy-binding r --location=europe-west1 --project=mervis-demo --member=MEMBER --role=roles\/artifactregistry\.writer$/,
    ],
    [
      404,
      'Repository "r" not found',
      /^There is no repository r in \S+ of project mervis-demo\. The apply of a deploy makes it/,
    ],
    [401, 'authentication failed', /^The registry does not take the job's token/],
    [400, 'digest invalid', /status\.cloud\.google\.com/],
  ])('stops at once at a %d, and says what to do', async (status, message, hint) => {
    const { registry, push } = scene()
    const body = JSON.stringify({ errors: [{ code: 'X', message }] })
    registry.refusals = [{ match: /^POST/, status, body }]
    await expect(push()).rejects.toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      message: expect.stringContaining(message),
      hint: expect.stringMatching(hint),
    })
    expect(registry.requests.filter((line) => line.startsWith('PUT manifests'))).toEqual([])
  })

  it('stops the other uploads when one is refused', async () => {
    const layers = Array.from({ length: 12 }, (_, index) => Buffer.alloc(2_000, `layer ${index}`))
    const { registry, push } = scene({ layers })
    registry.mishaps = [{ status: 403, message: 'denied' }]
    await expect(push()).rejects.toThrow('denied')
    const count = registry.requests.length
    await new Promise((resolve) => setImmediate(resolve))
    expect(registry.requests.length).toBe(count)
    expect(registry.blobs.size).toBeLessThan(12)
  })

  it('ends with the reason of a cancel', async () => {
    const { push } = scene()
    const cancel = new AbortController()
    cancel.abort(new Error('the apply failed'))
    await expect(push(['src-1'], cancel.signal)).rejects.toThrow('the apply failed')
  })

  it('refuses to go on when the registry took something else', async () => {
    const { registry, push } = scene()
    const send = registry.send.bind(registry)
    registry.send = async (request) => {
      const answer = await send(request)
      return request.method === 'PUT' && request.url.includes('/manifests/')
        ? { ...answer, headers: { 'docker-content-digest': 'sha256:other' } }
        : answer
    }
    await expect(push()).rejects.toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      message: expect.stringContaining('the registry has sha256:other where'),
    })
  })
})
