import { describe, expect, it } from '@jest/globals'
import { findBaseLayers } from '../../../../src/image/bases/layers.ts'
import type { ResolvedBase } from '../../../../src/image/bases/resolve.ts'
import { type Answer, ScriptedCommands } from '../../../fakes/scripted-commands.ts'
import { AMD64, ARM64, IMAGE_CONFIG, INDEX, LAYER, RAW_IMAGE, RAW_INDEX } from './recorded.ts'

const INSPECT = 'docker buildx imagetools inspect'
const NAME = 'docker.io/library/python'

function find(script: Readonly<Record<string, Answer>>, bases: readonly Partial<ResolvedBase>[]) {
  const commands = new ScriptedCommands(script)
  const common = { name: 'python:3', platform: 'linux/amd64', by: 'FROM' }
  const resolved = bases.map((more) => ({
    ...common,
    digest: INDEX,
    diffIds: undefined,
    origin: 'registry' as const,
    ...more,
  }))
  const uses = resolved.map(({ name, platform, by }) => ({ name, platform, by, line: 1 }))
  const { signal } = new AbortController()
  return { commands, layers: findBaseLayers(commands, uses, { bases: resolved, signal }) }
}

describe('findBaseLayers', () => {
  it('knows those of an image that the engine has', async () => {
    const { layers } = find({}, [{ origin: 'engine', diffIds: [LAYER] }])
    expect(await layers).toEqual([LAYER])
  })

  it.each([
    ['an image', { stdout: RAW_IMAGE }, INDEX, 'linux/amd64'],
    ['one platform of an index', { stdout: RAW_INDEX }, AMD64, 'linux/amd64'],
    ['another platform of it', { stdout: RAW_INDEX }, ARM64, 'linux/arm64/v8'],
  ])(
    'asks the registry for the configuration of %s and no other',
    async (_, raw, digest, platform) => {
      const { commands, layers } = find(
        { [`${INSPECT} --raw`]: raw, [`${INSPECT} --format`]: { stdout: IMAGE_CONFIG } },
        [{ platform }]
      )
      expect(await layers).toEqual([LAYER])
      expect(commands.lines).toEqual([
        `${INSPECT} --raw ${NAME}@${INDEX}`,
        `${INSPECT} --format={{json .Image}} ${NAME}@${digest}`,
      ])
    }
  )

  it('has none for scratch', async () => {
    expect(await find({}, []).layers).toEqual([])
  })

  it.each<[string, Readonly<Record<string, Answer>>]>([
    ['the registry fails', { [INSPECT]: { exitCode: 1 } }],
    ['the index has no such platform', { [INSPECT]: { stdout: RAW_INDEX } }],
    [
      'there is no configuration',
      { [`${INSPECT} --raw`]: { stdout: RAW_IMAGE }, [INSPECT]: { exitCode: 1 } },
    ],
    [
      'it has no layers',
      { [`${INSPECT} --raw`]: { stdout: RAW_IMAGE }, [INSPECT]: { stdout: '{}' } },
    ],
  ])('knows nothing where %s', async (_, script) => {
    expect(await find(script, [{ platform: 'linux/s390x' }]).layers).toBeUndefined()
  })

  it('tells what it knows where one of several is missing', async () => {
    const { layers } = find({ [INSPECT]: { exitCode: 1 } }, [
      { diffIds: [LAYER] },
      { platform: 'linux/arm64' },
    ])
    expect(await layers).toEqual([LAYER])
  })
})
