import { describe, expect, it } from '@jest/globals'
import { pinsOf, type ResolvedBase, resolveBases } from '../../../../src/image/bases/resolve.ts'
import type { ImageUse } from '../../../../src/image/dockerfile/uses.ts'
import {
  type Answer,
  ScriptedCommands,
  untilInterrupted,
} from '../../../fakes/scripted-commands.ts'
import {
  AMD64,
  ARM64,
  CONFIG,
  engineImage,
  INDEX,
  INSPECTED_IMAGE,
  INSPECTED_INDEX,
  LAYER,
  verboseManifest,
} from './recorded.ts'

const CONTAINER = { hasBuildx: true, driver: 'docker-container' }
const ENGINE = { hasBuildx: true, driver: 'docker' }
const CLASSIC = { hasBuildx: false, driver: '' }
const ABSENT: Answer = { exitCode: 1, stderr: 'Error response from daemon: No such image: x' }

const use = (name: string, more: Partial<ImageUse> = {}): ImageUse => ({
  name,
  platform: 'linux/amd64',
  line: 1,
  by: 'FROM',
  ...more,
})

function resolve(
  script: Readonly<Record<string, Answer>>,
  images: readonly ImageUse[],
  builder: typeof ENGINE = CONTAINER
) {
  const commands = new ScriptedCommands(script)
  const { signal } = new AbortController()
  return { commands, resolved: resolveBases(commands, images, { builder, signal }) }
}

const base = (more: Partial<ResolvedBase>): ResolvedBase => ({
  name: 'python:3',
  platform: 'linux/amd64',
  digest: INDEX,
  diffIds: undefined,
  origin: 'registry',
  by: 'FROM',
  ...more,
})

describe('resolveBases', () => {
  it('asks the registry, with names in full', async () => {
    const { commands, resolved } = resolve(
      { 'docker buildx imagetools inspect': { stdout: INSPECTED_INDEX } },
      [use('python:3')]
    )
    expect(await resolved).toEqual({ bases: [base({})], reasons: [] })
    expect(commands.lines).toEqual(['docker buildx imagetools inspect docker.io/library/python:3'])
  })

  it('takes the digest that a reference says, and asks nobody', async () => {
    const name = `ghcr.io/a/b:1@${AMD64}`
    const { resolved } = resolve({}, [use(name)])
    expect(await resolved).toEqual({
      bases: [base({ name, digest: AMD64, origin: 'reference' })],
      reasons: [],
    })
  })

  describe.each([
    ['the engine builds', ENGINE],
    ['the classic builder builds', CLASSIC],
  ])('when %s', (_, builder) => {
    it('takes the image that the engine has', async () => {
      const { commands, resolved } = resolve(
        { 'docker image inspect': { stdout: engineImage(CONFIG, []) } },
        [use('python')],
        builder
      )
      expect((await resolved).bases).toEqual([
        base({ name: 'python', digest: CONFIG, diffIds: [LAYER], origin: 'engine' }),
      ])
      expect(commands.lines).toEqual([
        'docker image inspect --format={{json .}} docker.io/library/python:latest',
      ])
    })

    it('gives it the digest that the registry has for it, when the engine knows that', async () => {
      const names = [`other/x@${ARM64}`, `python@${INDEX}`]
      const { resolved } = resolve(
        { 'docker image inspect': { stdout: engineImage(CONFIG, names) } },
        [use('python:3')],
        builder
      )
      expect((await resolved).bases).toMatchObject([{ digest: INDEX, origin: 'engine' }])
    })

    it('does not choose between two digests of the registry', async () => {
      const names = [`python@${ARM64}`, `python@${INDEX}`]
      const { resolved } = resolve(
        { 'docker image inspect': { stdout: engineImage(CONFIG, names) } },
        [use('python:3')],
        builder
      )
      expect((await resolved).bases).toMatchObject([{ digest: CONFIG }])
    })
  })

  it.each([
    ['has no such image', ABSENT],
    ['has it for another platform', { stdout: engineImage(CONFIG, [], 'arm64') }],
    ['gives a strange answer', { stdout: '[]' }],
  ])('asks the registry where the engine %s', async (_, answer) => {
    const { resolved } = resolve(
      {
        'docker image inspect': answer,
        'docker buildx imagetools inspect': { stdout: INSPECTED_IMAGE },
      },
      [use('python:3')],
      ENGINE
    )
    expect(await resolved).toEqual({ bases: [base({ digest: AMD64 })], reasons: [] })
  })

  it.each([
    ['of one platform', JSON.stringify(verboseManifest(AMD64, 'amd64')), 'linux/arm64', AMD64],
    [
      'of several',
      JSON.stringify([verboseManifest(AMD64, 'amd64'), verboseManifest(ARM64, 'arm64')]),
      'linux/arm64',
      ARM64,
    ],
  ])('does without buildx: an image %s', async (_, stdout, platform, digest) => {
    const { resolved } = resolve(
      { 'docker image inspect': ABSENT, 'docker manifest inspect --verbose': { stdout } },
      [use('python:3', { platform })],
      CLASSIC
    )
    expect((await resolved).bases).toMatchObject([{ digest, origin: 'registry' }])
  })

  it('allows plain HTTP on this machine only', async () => {
    const stdout = JSON.stringify(verboseManifest(AMD64, 'amd64'))
    const { commands, resolved } = resolve(
      { 'docker image inspect': ABSENT, 'docker manifest inspect': { stdout } },
      [use('127.0.0.1:5055/base:1'), use('localhost.example/base:1')],
      CLASSIC
    )
    await resolved
    expect(commands.lines.filter((line) => line.startsWith('docker manifest'))).toEqual([
      'docker manifest inspect --verbose --insecure 127.0.0.1:5055/base:1',
      'docker manifest inspect --verbose localhost.example/base:1',
    ])
  })

  it.each<[string, Answer, string]>([
    [
      'is not there',
      { exitCode: 1, stderr: 'ERROR: docker.io/library/python:3: not found\n' },
      'docker.io/library/python:3: not found',
    ],
    ['says nothing', { exitCode: 7 }, 'docker ended with exit code 7'],
    ['does not answer', { exitCode: 130, timedOut: true }, 'no answer within 20 s'],
    ['prints something else', { stdout: 'hello' }, 'docker buildx names no digest'],
  ])('gives a reason for an image that %s, and the others', async (_, answer, why) => {
    const { resolved } = resolve(
      {
        'docker buildx imagetools inspect docker.io/library/python:3': answer,
        'docker buildx imagetools inspect docker.io/library/alpine:3': { stdout: INSPECTED_IMAGE },
      },
      [use('python:3'), use('alpine:3')]
    )
    expect(await resolved).toEqual({
      bases: [base({ name: 'alpine:3', digest: AMD64 })],
      reasons: [`the digest of an image cannot be looked up: python:3: ${why}`],
    })
  })

  it('gives a reason for what is no reference', async () => {
    const { resolved } = resolve({}, [use('Python:3')])
    expect(await resolved).toEqual({
      bases: [],
      reasons: ['the digest of an image cannot be looked up: Python:3: this is no image reference'],
    })
  })

  it('gives a reason where no image fits the platform, without buildx', async () => {
    const { resolved } = resolve(
      {
        'docker image inspect': ABSENT,
        'docker manifest inspect': { stdout: JSON.stringify([verboseManifest(AMD64, 'amd64')]) },
      },
      [use('python:3', { platform: 'linux/arm64' })],
      CLASSIC
    )
    expect((await resolved).reasons).toEqual([
      'the digest of an image cannot be looked up: python:3: there is none for linux/arm64',
    ])
  })

  it('ends with the run', async () => {
    const commands = new ScriptedCommands({ 'docker buildx': untilInterrupted })
    const stop = new AbortController()
    const { signal } = stop
    const resolved = resolveBases(commands, [use('a'), use('b')], { builder: CONTAINER, signal })
    stop.abort(new Error('cancelled'))
    await expect(resolved).rejects.toThrow('cancelled')
  })
})

describe('pinsOf', () => {
  it('names what a registry has, once', () => {
    expect(
      pinsOf([
        base({}),
        base({ platform: 'linux/arm64' }),
        base({ name: 'local', origin: 'engine' }),
        base({ name: `x@${AMD64}`, origin: 'reference' }),
        base({ name: 'docker/dockerfile:1', by: '# syntax' }),
        base({ name: 'mixed' }),
        base({ name: 'mixed', platform: 'linux/386', origin: 'engine' }),
      ])
    ).toEqual([{ name: 'python:3', digest: INDEX }])
  })

  // `FROM nginx AS nginx`: BuildKit would take the pin for the stage, and ship the base alone.
  it.each(['nginx', 'nginx:latest', 'library/nginx', 'docker.io/library/nginx:latest'])(
    'leaves out %s where a stage is called nginx',
    (name) => {
      expect(pinsOf([base({ name })], ['nginx'])).toEqual([])
      expect(pinsOf([base({ name })], ['web'])).toHaveLength(1)
    }
  )

  it('keeps what is called otherwise than the stage', () => {
    const names = ['nginx:1.27', 'gcr.io/x/nginx', 'nginx2']
    expect(
      pinsOf(
        names.map((name) => base({ name })),
        ['nginx']
      )
    ).toHaveLength(3)
  })
})
