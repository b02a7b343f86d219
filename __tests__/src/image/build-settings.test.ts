import { describe, expect, it } from '@jest/globals'
import { settleBuild } from '../../../src/image/build-settings.ts'
import { readDockerfile } from '../../../src/image/dockerfile/dockerfile.ts'
import { ScriptedCommands } from '../../fakes/scripted-commands.ts'
import { CONTAINER } from './build/scene.ts'

const HOME = { host: 'europe-west1-docker.pkg.dev', path: 'mervis-demo/mervis/mervis' }
const REQUEST = {
  context: '.',
  dockerfile: undefined,
  target: undefined,
  buildArgs: new Map<string, string>(),
  buildSecrets: new Map<string, string>(),
  platforms: [],
  sbom: false,
}

function settled(
  dockerfile: string,
  { buildSecrets = REQUEST.buildSecrets, hasRepository = true } = {}
) {
  const { platforms } = CONTAINER
  const builderPlatform = platforms[0]
  const asked = { ...REQUEST, builder: 'buildkit' as const, builderPlatform }
  const source = {
    reading: readDockerfile(dockerfile, asked),
    bases: [],
    address: { unaddressable: ['a test'] },
  }
  const story = {
    ports: { commands: new ScriptedCommands({}) },
    request: { ...REQUEST, buildSecrets },
    options: {
      fallback: HOME,
      commit: '',
      sourceUrl: 'https://github.com/m/m',
      workDirectory: '/job',
      signal: new AbortController().signal,
    },
  }
  const repository = hasRepository ? HOME : undefined
  return settleBuild(story, { builder: CONTAINER, source, repository, isStale: false }, 'layers-1')
}

describe('settleBuild', () => {
  it('keeps the layers of earlier stages where none may have seen a secret', async () => {
    expect(await settled('FROM a AS b\nRUN x\nFROM b')).toMatchObject({ cachesStages: true })
  })

  it.each([
    ['a stage mounts one', 'FROM a AS b\nRUN --mount=type=secret,id=T x\nFROM c', {}],
    ['the build is given one', 'FROM a', { buildSecrets: new Map([['T', 'hunter2']]) }],
  ])('keeps no layer of an earlier stage where %s', async (_, dockerfile, more) => {
    expect(await settled(dockerfile, more)).toMatchObject({ cachesStages: false })
  })

  it('asks for no cache where there is no repository yet', async () => {
    expect((await settled('FROM a', { hasRepository: false })).cache).toBeUndefined()
    expect((await settled('FROM a')).cache).toBe(`${HOME.host}/${HOME.path}:layers-1`)
  })
})
