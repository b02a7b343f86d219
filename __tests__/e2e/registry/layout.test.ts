import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { BuiltImage } from '../../../src/image/build/build.ts'
import { call, DEPLOYER, PROJECT } from '../../emulator/harness.ts'
import { aLayout } from '../../src/image/push/layouts.ts'
import { Rig } from '../build/rig.ts'

const MB = 2 ** 20
/** Three layers and a configuration. */
const BLOBS = 4
const UPLOAD = '/blobs/uploads/.+'

let rig: Rig
let count = 0

beforeAll(async () => {
  rig = await Rig.open(process.env)
  // Waits pass twenty times as fast; what is asked stays the same.
  rig.clock = {
    now: () => performance.now() * 20,
    sleep: (ms, signal) => sleep(ms / 20, undefined, { signal }),
  }
}, 60_000)

afterAll(() => rig.close(), 60_000)

beforeEach(() => {
  rig.tokens = { accessToken: async () => rig.harness.emulator.accessToken() }
})

afterEach(() => rig.clearFaults())

/** An image with a large layer that no registry has seen. */
async function plantLayout(sizeBytes = 8 * MB): Promise<BuiltImage & { kind: 'layout' }> {
  const layers = [randomBytes(sizeBytes), randomBytes(1000), randomBytes(2000)]
  const layout = aLayout({ layers, note: `image ${++count}` })
  const path = join(rig.directory, `layout-${count}.tar`)
  await writeFile(path, layout.bytes)
  return { kind: 'layout', path, digest: layout.imageDigest }
}

/** Requests since the beginning of `work`, as method and path without names. */
async function requestsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const from = rig.harness.emulator.requests.length
  await work()
  return rig.harness.emulator.requests
    .slice(from)
    .map(({ method, path }) => `${method} ${path.replace(/.*\/(blobs|manifests)\//, '$1/')}`)
}

describe('a layout', () => {
  it('comes into the registry, every byte of it', async () => {
    const image = await plantLayout()
    expect(await rig.push(image, ['src-1'])).toEqual({
      reference: `${rig.registryHost}/${rig.repository.path}@${image.digest}`,
      wasPushed: true,
    })
    const requests = await requestsOf(() => rig.push(image, ['src-1']))
    expect(requests).toEqual([`HEAD manifests/${image.digest}`, 'HEAD manifests/src-1'])
  }, 60_000)

  it.each([
    ['a reset in the middle', { connection: 'reset', afterBytes: 3 * MB, count: 3 }, 3],
    ['a 500', { status: 500, count: 2 }, 2],
    ['a 502', { status: 502, count: 2 }, 2],
    ['a 503', { status: 503, count: 2 }, 2],
    ['a quota', { status: 429, count: 1 }, 1],
  ])(
    'survives %s',
    async (_, fault, count) => {
      const image = await plantLayout()
      await rig.fault({ method: 'PUT', path: UPLOAD, ...fault })
      const requests = await requestsOf(() => rig.push(image, ['src-2']))
      const puts = requests.filter((line) => line.startsWith('PUT blobs/'))
      expect(puts).toHaveLength(BLOBS + count)
    },
    60_000
  )

  it('sends nothing again where only the answer was lost', async () => {
    const image = await plantLayout()
    await rig.fault({ method: 'PUT', path: UPLOAD, connection: 'lost-answer', count: 2 })
    const requests = await requestsOf(() => rig.push(image, ['src-3']))
    const puts = requests.filter((line) => line.startsWith('PUT blobs/'))
    expect(puts).toHaveLength(BLOBS)
  }, 60_000)

  it('goes on with a new token when one ends in the middle', async () => {
    const image = await plantLayout()
    const { emulator } = rig.harness
    const old = await call(`${emulator.url}/emulator/tokens`, {
      body: { member: DEPLOYER, lifetimeSeconds: 0.05 },
    })
    await sleep(60)
    // As a source that learns of the end only later: each upload begins with the old one.
    const given: string[] = []
    const tokens = {
      accessToken: async () => {
        given.push(given.length < 4 ? old.json.accessToken : emulator.accessToken())
        return given.at(-1) ?? ''
      },
    }
    expect(await rig.push(image, ['src-4'], { tokens })).toMatchObject({ wasPushed: true })
    expect(given.length).toBeGreaterThan(4)
  }, 60_000)

  it('waits for a registry that is gone and comes back', async () => {
    const image = await plantLayout()
    await rig.fault({ path: '^/v2/', connection: 'reset', count: 9 })
    expect(await rig.push(image, ['src-5'])).toMatchObject({ wasPushed: true })
  }, 60_000)

  it('gives up when uploads never come through, and the next run goes on where it was', async () => {
    const image = await plantLayout()
    await rig.fault({
      method: 'PUT',
      path: UPLOAD,
      connection: 'reset',
      afterBytes: MB,
      count: 500,
    })
    await expect(rig.push(image, ['src-6'])).rejects.toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      isPassing: true,
      message: expect.stringMatching(/the upload of sha256:\w+ broke off again and again/),
    })
    const { images } = rig.harness.emulator.cloud
    expect(images.find(rig.repository.path, 'src-6')).toBeUndefined()
    await rig.clearFaults()
    expect(await rig.push(image, ['src-6'])).toMatchObject({ wasPushed: true })
  }, 60_000)

  it('names the role that is missing', async () => {
    const permission = 'artifactregistry.repositories.uploadArtifacts'
    const deny = `${rig.harness.emulator.url}/emulator/deny`
    await call(deny, { body: { permission } })
    await expect(rig.push(await plantLayout(), ['src-7'])).rejects.toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      message: expect.stringContaining(permission),
      hint: expect.stringMatching(
        /add-iam-policy-binding mervis .*roles\/artifactregistry\.writer$/m
      ),
    })
    await call(deny, { method: 'DELETE' })
  }, 60_000)

  it('names the repository that is missing', async () => {
    const { repositories } = rig.harness.emulator.cloud
    const repository = repositories.findByPath(PROJECT, 'mervis')
    if (repository) repositories.delete(repository)
    try {
      await expect(rig.push(await plantLayout(), ['src-8'])).rejects.toMatchObject({
        code: 'IMAGE_PUSH_FAILED',
        hint: expect.stringContaining('There is no repository mervis'),
      })
    } finally {
      repositories.create('europe-west1', 'mervis', { format: 'DOCKER' })
    }
  }, 60_000)

  it('stops at once when it is cancelled', async () => {
    const image = await plantLayout(64 * MB)
    const cancel = new AbortController()
    const pushing = rig.push(image, ['src-9'], { signal: cancel.signal })
    while (!rig.log.text.includes('sent')) await sleep(5)
    const askedAt = performance.now()
    cancel.abort(new Error('the apply failed'))
    await expect(pushing).rejects.toThrow('the apply failed')
    expect(performance.now() - askedAt).toBeLessThan(2_000)
  }, 60_000)

  it('takes little memory however large it is', async () => {
    const image = await plantLayout(256 * MB)
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    let most = before
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
    }, 20)
    await rig.push(image, ['src-10'])
    clearInterval(watch)
    expect((most - before) / MB).toBeLessThan(150)
  }, 120_000)
})
