import { describe, expect, it } from '@jest/globals'
import { buildImage } from '../../../../src/image/build/build.ts'
import type { Builder } from '../../../../src/image/build/builder.ts'
import { exportCache } from '../../../../src/image/build/cache.ts'
import type { BuildOptions } from '../../../../src/image/build/command.ts'
import { BuildFailure } from '../../../../src/image/build/failure.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { fixedTokens, TOKEN } from '../../../fakes/fixed-tokens.ts'
import { MemoryFiles } from '../../../fakes/memory-files.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'
import {
  type Answer,
  ScriptedCommands,
  untilInterrupted,
} from '../../../fakes/scripted-commands.ts'
import { aLayout } from '../push/layouts.ts'
import { recorded } from './recorded.ts'
import { anOptions, CONTAINER, ENGINE, folderWith, PLAIN } from './scene.ts'

const ID = `sha256:${'1d'.repeat(32)}`
const CACHE = 'europe-west1-docker.pkg.dev/p/r/app:buildcache'

function scene(answer?: Answer, config?: string) {
  const files = new MemoryFiles()
  const log = new RecordingLog()
  const layout = aLayout()
  const succeed: Answer = () => {
    files.contents.set('/job/image-id', `${ID}\n`)
    return {}
  }
  const commands = new ScriptedCommands({ docker: answer ?? succeed })
  const ports = {
    commands,
    files,
    log,
    tokens: fixedTokens,
    clock: new FakeClock(),
    clientFolder: folderWith(config),
    openFile: async () => layout.open(),
  }
  const build = (builder: Builder = ENGINE, options: Partial<BuildOptions> = {}) =>
    buildImage(ports, builder, anOptions(options))
  return { build, commands, files, log, layout, ports }
}

describe('buildImage', () => {
  it.each([
    ['buildx', ENGINE],
    ['docker alone', PLAIN],
  ])('gives the id of an image in the engine, built by %s', async (_, builder) => {
    const { build } = scene()
    expect(await build(builder)).toEqual({ kind: 'engine', imageId: ID })
  })

  it('gives the file that the builder wrote, with the digest of the image in it', async () => {
    const { build, layout } = scene()
    expect(await build(CONTAINER)).toEqual({
      kind: 'layout',
      path: '/job/image.tar',
      digest: layout.imageDigest,
    })
  })

  it("builds with the user's own configuration where no cache is asked", async () => {
    const { build, commands, files } = scene()
    await build()
    expect(commands.call('docker').options.env).toEqual({})
    expect(files.history).toEqual([])
  })

  it('signs in to our registry in a private copy, which goes afterwards', async () => {
    let config: string | undefined
    const { build, files, log, commands } = scene((call) => {
      config = files.contents.get(`${call.options.env?.['DOCKER_CONFIG']}/config.json`)
      files.contents.set('/job/image-id', ID)
      return {}
    }, '{"proxies":{"default":{}},"auths":{"other.example":{"auth":"eA=="}}}')
    await build(ENGINE, { registryHost: 'europe-west1-docker.pkg.dev' })
    expect(JSON.parse(config ?? '')).toEqual({
      proxies: { default: {} },
      auths: {
        'other.example': { auth: 'eA==' },
        'europe-west1-docker.pkg.dev': {
          auth: Buffer.from(`oauth2accesstoken:${TOKEN}`).toString('base64'),
        },
      },
    })
    expect(commands.call('docker').options.env).toEqual({
      BUILDX_CONFIG: '/home/user/.docker/buildx',
      DOCKER_CONFIG: '/job/build-config',
    })
    expect(await files.exists('/job/build-config/config.json')).toBe(false)
    expect(commands.lines.join()).not.toContain(TOKEN)
    expect(log.text).not.toContain(TOKEN)
  })

  it('never takes what an earlier build left for its own', async () => {
    const { build, files } = scene({})
    files.contents.set('/job/image-id', 'sha256:old')
    await expect(build()).rejects.toThrow()
    expect(files.removed).toEqual(['/job/image-id', '/job/image.tar'])
  })

  it('fails with the step, its last lines and the line of the Dockerfile', async () => {
    const { build } = scene({ exitCode: 1, stderr: recorded('failed-buildx-0.38.txt') })
    const error = await build(CONTAINER, { dockerfile: 'Dockerfile.prod' }).catch((it) => it)
    expect(error).toBeInstanceOf(BuildFailure)
    expect(error.message).toMatch(
      /^Building the image from Dockerfile\.prod:3 failed \(exit code 1\) in the step \[2\/2\] RUN .*\nprocess .* exit code: 3\nIts last lines:\nline 18\n/
    )
    expect(error.annotations).toEqual([
      expect.objectContaining({ severity: 'error', file: 'Dockerfile.prod', line: 3 }),
    ])
  })

  it('says so when it took too long', async () => {
    const { build } = scene({ exitCode: 1, timedOut: true })
    await expect(build()).rejects.toThrow('failed (it took over 60 min)')
  })

  it('ends with the reason of a cancel', async () => {
    const cancel = new AbortController()
    const { build } = scene(untilInterrupted)
    const building = build(ENGINE, { signal: cancel.signal })
    cancel.abort(new Error('the plan failed'))
    await expect(building).rejects.toThrow('the plan failed')
  })

  it('says that an SBOM cannot be had', async () => {
    const { build, log } = scene()
    await build(ENGINE, { sbom: true })
    expect(log.of('warning')).toEqual([expect.stringContaining('no SBOM')])
  })
})

describe('exportCache', () => {
  it('brings the layers into the registry, signed in', async () => {
    const { ports, commands, files, log } = scene({})
    await exportCache(ports, CONTAINER, anOptions({ cache: CACHE }))
    expect(commands.call('docker').args).toContain('--output=type=cacheonly')
    expect(commands.call('docker').options.env).toMatchObject({
      DOCKER_CONFIG: '/job/cache-config',
    })
    expect(files.removed).toContain('/job/cache-config')
    expect(log.of('info')).toEqual(['Kept the layers for the next build (0 ms)'])
  })

  it('costs a warning when it fails', async () => {
    const { ports, log } = scene({ exitCode: 1, stderr: 'ERROR: failed to solve: 403 Forbidden\n' })
    await exportCache(ports, CONTAINER, anOptions({ cache: CACHE }))
    expect(log.of('warning')).toEqual([
      'The layers could not be kept for the next build: ERROR: failed to solve: 403 Forbidden',
    ])
  })

  it.each([
    ['no cache is wanted', CONTAINER, undefined],
    ['the engine exports none', ENGINE, CACHE],
  ])('does nothing where %s', async (_, builder, cache) => {
    const { ports, commands } = scene()
    await exportCache(ports, builder, anOptions({ cache }))
    expect(commands.lines).toEqual([])
  })
})
