import { describe, expect, it } from '@jest/globals'
import { findEngine, lastLine } from '../../../src/image/engine.ts'
import { ScriptedCommands } from '../../fakes/scripted-commands.ts'

const SCRIPT = {
  'docker version --format {{.Server.Version}}': { stdout: '28.2.2\n' },
  'docker buildx version': { stdout: 'github.com/docker/buildx v0.13.1\n' },
  'docker context inspect --format {{.Endpoints.docker.Host}}': {
    stdout: 'unix:///var/run/docker.sock\n',
  },
}
const MISSING = new Error('Unable to locate executable file: docker')

describe('findEngine', () => {
  it('finds the engine of the Docker context, and buildx', async () => {
    expect(await findEngine(new ScriptedCommands(SCRIPT))).toEqual({
      hasBuildx: true,
      host: 'unix:///var/run/docker.sock',
    })
  })

  it('does without buildx', async () => {
    const commands = new ScriptedCommands({
      ...SCRIPT,
      'docker buildx version': { exitCode: 1, stderr: 'not a docker command' },
    })
    expect(await findEngine(commands)).toMatchObject({ hasBuildx: false })
  })

  it.each([
    [
      'says why',
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
    ],
    ['says nothing', '', 'the engine does not answer.'],
  ])('fails when the engine %s', async (_, stderr, said) => {
    const commands = new ScriptedCommands({
      ...SCRIPT,
      'docker version': { exitCode: 1, stderr },
      'docker version --format {{.Server.Version}}': { exitCode: 1, stderr },
    })
    await expect(findEngine(commands)).rejects.toMatchObject({
      code: 'IMAGE_NO_ENGINE',
      message: `Docker cannot build the image: ${said}`,
      hint: expect.stringContaining('ubuntu-latest'),
    })
  })

  it('fails when there is no docker', async () => {
    await expect(findEngine(new ScriptedCommands({ docker: MISSING }))).rejects.toMatchObject({
      code: 'IMAGE_NO_ENGINE',
      message: 'There is no docker command on this runner.',
    })
  })
})

describe('lastLine', () => {
  it.each([
    ['', ''],
    ['one', 'one'],
    ['one\ntwo\n\n', 'two'],
    ['one\r\n  two \r\n', 'two'],
  ])('of %j is %j', (text, line) => {
    expect(lastLine(text)).toBe(line)
  })
})
