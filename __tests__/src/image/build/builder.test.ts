import { describe, expect, it } from '@jest/globals'
import { ActionError } from '../../../../src/errors.ts'
import {
  findBuilder,
  isAtLeast,
  readInspection,
  readVersion,
} from '../../../../src/image/build/builder.ts'
import {
  type Answer,
  ScriptedCommands,
  untilInterrupted,
} from '../../../fakes/scripted-commands.ts'
import { recorded } from './recorded.ts'

const OWN_STORE = '[["Backing Filesystem","extfs"]]\n'
const CONTAINERD_STORE = '[["driver-type","io.containerd.snapshotter.v1"]]\n'

const { signal } = new AbortController()

function script(more: Readonly<Record<string, Answer>> = {}) {
  return new ScriptedCommands({
    'docker info': { stdout: OWN_STORE },
    'docker buildx version': { stdout: 'github.com/docker/buildx v0.17.1 257815a' },
    'docker buildx inspect': { stdout: recorded('inspect-own-store.txt') },
    ...more,
  })
}

describe('findBuilder', () => {
  it('gives up on an engine that hangs', async () => {
    const commands = script({ 'docker info': { exitCode: 130, timedOut: true } })
    await expect(findBuilder(commands, signal)).rejects.toMatchObject({
      code: 'IMAGE_NO_ENGINE',
      message: expect.stringContaining('has not answered for 30 s'),
    })
  })

  it('ends with the reason of a cancel, whatever docker says to it', async () => {
    const cancel = new AbortController()
    const commands = script({
      'docker info': (call) => {
        setImmediate(() => cancel.abort(new Error('cancelled by a person')))
        return untilInterrupted(call)
      },
      'docker buildx inspect': async (call) => {
        await untilInterrupted(call)
        throw new ActionError('TOOL_MISSING', 'Could not start docker')
      },
    })
    await expect(findBuilder(commands, cancel.signal)).rejects.toThrow('cancelled by a person')
  })

  it('knows the platform of an engine without buildx, in the words of a Dockerfile', async () => {
    const commands = script({
      'docker info': { stdout: `${OWN_STORE}linux/aarch64\n` },
      'docker buildx': { exitCode: 1 },
      'docker buildx version': { exitCode: 1 },
      'docker buildx inspect': { exitCode: 1 },
    })
    expect(await findBuilder(commands, signal)).toMatchObject({
      hasBuildx: false,
      platforms: ['linux/arm64'],
    })
  })

  it('asks three short questions at once and starts nothing', async () => {
    const commands = script()
    await findBuilder(commands, signal)
    expect(commands.lines).toEqual([
      'docker info --format={{json .DriverStatus}}\n{{.OSType}}/{{.Architecture}}',
      'docker buildx version',
      'docker buildx inspect',
    ])
  })

  it.each([
    [
      'the engine with its own image store',
      {},
      { driver: 'docker', name: 'default' },
      { exportsLayout: false, attests: false, checks: true, tellsProgress: true },
    ],
    [
      'the engine with the containerd image store',
      { 'docker buildx inspect': { stdout: recorded('inspect-containerd-store.txt') } },
      { driver: 'docker' },
      { exportsLayout: true, attests: true },
    ],
    [
      'that engine under a buildx that shows no labels',
      { 'docker info': { stdout: CONTAINERD_STORE } },
      { driver: 'docker' },
      { exportsLayout: true, attests: true },
    ],
    [
      'a remote builder',
      { 'docker buildx inspect': { stdout: recorded('inspect-remote.txt') } },
      { driver: 'remote', name: 'bkr' },
      { exportsLayout: true, attests: true },
    ],
    [
      'a builder in a container that has not been started yet',
      { 'docker buildx inspect': { stdout: recorded('inspect-inactive.txt') } },
      { driver: 'docker-container', name: 'inactive', platforms: [] },
      { exportsLayout: true, attests: true },
    ],
    [
      'a builder with an old BuildKit',
      {
        'docker buildx inspect': {
          stdout: 'Name: old\nDriver: docker-container\nNodes:\nBuildkit: v0.10.6\n',
        },
      },
      { driver: 'docker-container' },
      { exportsLayout: true, attests: false },
    ],
    [
      'buildx 0.12',
      { 'docker buildx version': { stdout: 'github.com/docker/buildx v0.12.1 30feaa1' } },
      { hasBuildx: true },
      { pinsBases: true, takesSecrets: true, tellsProgress: false, checks: false },
    ],
    [
      'the buildx of Debian',
      { 'docker buildx version': { stdout: 'github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3' } },
      { hasBuildx: true },
      { tellsProgress: true, checks: false },
    ],
    [
      'no buildx',
      {
        'docker buildx version': { exitCode: 1 },
        'docker buildx inspect': { exitCode: 1, stderr: 'docker: unknown command: docker buildx' },
      },
      { hasBuildx: false, driver: '' },
      { exportsLayout: false, pinsBases: false, takesSecrets: false, tellsProgress: false },
    ],
  ])('finds %s', async (_, answers: Readonly<Record<string, Answer>>, found, can) => {
    const builder = await findBuilder(script(answers), signal)
    expect(builder).toMatchObject(found)
    expect(builder.can).toMatchObject(can)
  })

  it('does without the engine where a builder of its own has been chosen', async () => {
    const commands = script({
      'docker info': { exitCode: 1, stderr: 'Cannot connect to the Docker daemon' },
      'docker buildx inspect': { stdout: recorded('inspect-remote.txt') },
    })
    expect(await findBuilder(commands, signal)).toMatchObject({ driver: 'remote' })
  })

  it.each<[string, Readonly<Record<string, Answer>>, string]>([
    [
      'the engine does not answer',
      {
        'docker info': { exitCode: 1, stderr: 'Cannot connect to the Docker daemon at unix:///x.' },
        'docker buildx inspect': { stdout: 'Name:   default\nDriver: \nError:  Cannot connect\n' },
      },
      'Docker cannot build the image: Cannot connect to the Docker daemon at unix:///x.',
    ],
    [
      'the engine says nothing',
      { 'docker info': { exitCode: 1 } },
      'Docker cannot build the image: the engine does not answer.',
    ],
    [
      'there is no docker',
      { docker: new Error('Unable to locate executable file: docker') },
      'There is no docker command on this runner.',
    ],
    [
      'the chosen builder does not exist',
      { 'docker buildx inspect': { exitCode: 1, stderr: 'ERROR: no builder "ci" found' } },
      'The builder that this job has chosen cannot be used: ERROR: no builder "ci" found',
    ],
  ])('fails when %s', async (_, answers, message) => {
    const commands = 'docker' in answers ? new ScriptedCommands(answers) : script(answers)
    await expect(findBuilder(commands, signal)).rejects.toMatchObject({
      code: 'IMAGE_NO_ENGINE',
      message,
    })
  })
})

describe('readInspection', () => {
  it('joins the platforms of all nodes, marked ones too', () => {
    const text = `Name: many
Driver: docker-container
Nodes:
Name: many0
Platforms: linux/amd64*, linux/386
Name: many1
Platforms: linux/arm64, linux/386
`
    expect(readInspection(text).platforms).toEqual(['linux/amd64', 'linux/386', 'linux/arm64'])
  })
})

describe('readVersion', () => {
  it.each([
    ['github.com/docker/buildx v0.17.1 257815a', [0, 17]],
    ['github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3', [0, 13]],
    ['v1.2.3', [1, 2]],
    ['github.com/docker/buildx v0.0.0+unknown ', [Number.POSITIVE_INFINITY, 0]],
    ['', [Number.POSITIVE_INFINITY, 0]],
  ])('of %j', (text, version) => {
    expect(readVersion(text)).toEqual(version)
  })
})

describe('isAtLeast', () => {
  it.each([
    [[0, 13], [0, 13], true],
    [[0, 12], [0, 13], false],
    [[1, 0], [0, 13], true],
    [[0, 9], [1, 0], false],
  ] as const)('%j of %j: %j', (version, wanted, is) => {
    expect(isAtLeast(version, wanted)).toBe(is)
  })
})
