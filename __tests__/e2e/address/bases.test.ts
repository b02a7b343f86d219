import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { findBaseLayers } from '../../../src/image/bases/layers.ts'
import { pinsOf, resolveBases } from '../../../src/image/bases/resolve.ts'
import { readDockerfile } from '../../../src/image/dockerfile/dockerfile.ts'
import { type Rig, startRig } from './rig.ts'

const { signal } = new AbortController()
const builder = { hasBuildx: true, driver: 'docker' }
let rig: Rig
let base: string
let layersInRegistry: readonly string[]
let digestInRegistry: string

const dockerfileOn = (image: string): string => `FROM ${image}\nCOPY file /top\n`
const ONE_FILE = 'FROM scratch\nCOPY file /base\n'

function read(image: string) {
  return readDockerfile(dockerfileOn(image), {
    target: undefined,
    buildArgs: new Map(),
    platforms: [],
    builderPlatform: 'linux/amd64',
    builder: 'buildkit',
  })
}

async function resolve(image: string) {
  const { images, finalBases } = read(image)
  const { bases, reasons } = await resolveBases(rig.commands, images, { builder, signal })
  const layers = await findBaseLayers(rig.commands, finalBases, { bases, signal })
  return { bases, reasons, layers }
}

beforeAll(async () => {
  rig = await startRig()
  base = `${rig.project}/mervis/base:1`
  layersInRegistry = await rig.build(base, ONE_FILE)
  const pushed = await rig.docker('push', base)
  digestInRegistry = /digest: (sha256:\w+)/.exec(pushed)?.[1] ?? ''
}, 120_000)
afterAll(() => rig?.stop(), 60_000)

describe('a base that only the registry has', () => {
  beforeAll(() => rig.docker('image', 'rm', base), 60_000)

  it('has the digest that was pushed, and the layers that a build on it begins with', async () => {
    const { bases, layers, reasons } = await resolve(base)
    expect(reasons).toEqual([])
    expect(bases).toMatchObject([{ name: base, digest: digestInRegistry, origin: 'registry' }])
    expect(layers).toEqual(layersInRegistry)
    const built = await rig.build(`${rig.project}/mervis/built:1`, dockerfileOn(base))
    expect(built.slice(0, -1)).toEqual(layers)
  }, 60_000)

  it('can be pinned: the build takes it though the tag has moved', async () => {
    const moving = `${rig.project}/mervis/moving:1`
    const before = await rig.build(moving, ONE_FILE)
    await rig.docker('push', moving)
    await rig.docker('image', 'rm', moving)
    const { bases } = await resolve(moving)
    await rig.build(moving, `${ONE_FILE}COPY file /newer\n`)
    await rig.docker('push', moving)
    await rig.docker('image', 'rm', moving)
    const [pin] = pinsOf(bases)
    const context = `--build-context=${pin?.name}=docker-image://${pin?.name}@${pin?.digest}`
    const built = await rig.build(`${rig.project}/mervis/built:3`, dockerfileOn(moving), context)
    expect(built.slice(0, -1)).toEqual(before)
  }, 120_000)

  it('has the same digest without buildx', async () => {
    const { bases } = await resolveBases(rig.commands, read(base).images, {
      builder: { hasBuildx: false, driver: '' },
      signal,
    })
    expect(bases).toMatchObject([{ digest: digestInRegistry, origin: 'registry' }])
  }, 60_000)

  it('is asked for by its digest where the Dockerfile names one', async () => {
    const { bases, layers } = await resolve(`${rig.project}/mervis/base:1@${digestInRegistry}`)
    expect(bases).toMatchObject([{ origin: 'reference', digest: digestInRegistry }])
    expect(layers).toEqual(layersInRegistry)
  }, 60_000)
})

describe('a base that the engine has, and the registry in another state', () => {
  let layersInEngine: readonly string[]
  beforeAll(async () => {
    layersInEngine = await rig.build(base, `${ONE_FILE}COPY file /newer\n`)
  }, 60_000)
  afterAll(() => rig.docker('image', 'rm', base), 60_000)

  it('is the one of the engine: that is what the engine builds on', async () => {
    const { bases, layers } = await resolve(base)
    const id = (await rig.docker('image', 'inspect', '--format={{.Id}}', base)).trim()
    expect(bases).toMatchObject([{ digest: id, origin: 'engine' }])
    expect(layers).toEqual(layersInEngine)
    const built = await rig.build(`${rig.project}/mervis/built:2`, dockerfileOn(base))
    expect(built.slice(0, -1)).toEqual(layersInEngine)
    expect(pinsOf(bases)).toEqual([])
  }, 60_000)

  it('is the one of the registry to a builder of its own', async () => {
    const container = { hasBuildx: true, driver: 'docker-container' }
    const { bases } = await resolveBases(rig.commands, read(base).images, {
      builder: container,
      signal,
    })
    expect(bases).toMatchObject([{ digest: digestInRegistry, origin: 'registry' }])
  }, 60_000)

  it('has the digest of the registry as soon as both have the same', async () => {
    const same = `${rig.project}/mervis/same:1`
    await rig.build(same, ONE_FILE)
    const pushed = await rig.docker('push', same)
    const { bases } = await resolve(same)
    expect(pushed).toContain(bases[0]?.digest)
    expect(bases).toMatchObject([{ origin: 'engine' }])
  }, 60_000)
})

describe('a base that cannot be had', () => {
  it.each([
    ['is not in the registry', () => `${rig.project}/mervis/none:1`, 'not found'],
    ['is where nobody answers', () => '127.0.0.1:9/none:1', 'connection refused'],
    ['is in a repository that does not exist', () => `${rig.project}/nowhere/x:1`, 'not found'],
  ])('is a reason when it %s', async (_, image, why) => {
    const { bases, reasons, layers } = await resolve(image())
    expect(bases).toEqual([])
    expect(reasons).toEqual([expect.stringMatching(new RegExp(`^the digest .* up: .*${why}`))])
    expect(layers).toBeUndefined()
  })

  it('does not hold up a run that ends', async () => {
    const stop = new AbortController()
    const silent = createServer(() => stop.abort(new Error('cancelled')))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    try {
      const resolved = resolveBases(rig.commands, read(`127.0.0.1:${port}/x`).images, {
        builder,
        signal: stop.signal,
      })
      await expect(resolved).rejects.toThrow('cancelled')
    } finally {
      silent.closeAllConnections()
      silent.close()
    }
  }, 10_000)
})
