import { describe, expect, it } from '@jest/globals'
import { checkDockerfile, readChecks } from '../../../../src/image/build/checks.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'
import { type Answer, ScriptedCommands } from '../../../fakes/scripted-commands.ts'
import { recorded } from './recorded.ts'
import { anOptions, CONTAINER, PLAIN } from './scene.ts'

function check(answer: Answer, builder = CONTAINER) {
  const commands = new ScriptedCommands({ docker: answer })
  const log = new RecordingLog()
  const options = anOptions({ context: 'app', target: 'prod' })
  return { findings: checkDockerfile({ commands, log }, builder, options), commands, log }
}

describe('checkDockerfile', () => {
  it('reads what BuildKit found, at the lines of our Dockerfile', async () => {
    // Exit code 1 only says that something was found.
    const { findings, commands } = check({ exitCode: 1, stdout: recorded('checks.json') })
    expect((await findings).map(({ rule, file, line }) => [rule, file, line])).toEqual([
      ['MaintainerDeprecated', 'app/Dockerfile', 4],
      ['ConsistentInstructionCasing', 'app/Dockerfile', 3],
      ['SecretsUsedInArgOrEnv', 'app/Dockerfile', 5],
      ['JSONArgsRecommended', 'app/Dockerfile', 7],
    ])
    expect(commands.lines).toEqual([
      'docker buildx build --progress=none --call=check,format=json --target=prod -- app',
    ])
  })

  it.each<[string, Answer]>([
    [
      'a BuildKit that knows no checks',
      { exitCode: 1, stderr: 'ERROR: failed to solve: unsupported request frontend.lint' },
    ],
    ['an engine that is gone', { exitCode: 1, stderr: 'Cannot connect to the Docker daemon' }],
  ])('finds nothing with %s, and says why only to who looks closely', async (_, answer) => {
    const { findings, log } = check(answer)
    expect(await findings).toEqual([])
    expect(log.entries.map(({ level }) => level)).toEqual(['debug'])
  })

  it('asks nothing of a buildx that knows no checks', async () => {
    const { findings, commands } = check({}, PLAIN)
    expect(await findings).toEqual([])
    expect(commands.lines).toEqual([])
  })
})

describe('readChecks', () => {
  it.each([
    ['', undefined],
    ['#0 building', undefined],
    ['{"warnings":null,"sources":[]}', []],
    [
      '{"warnings":[{"ruleName":"X","description":"d"}]}',
      [{ rule: 'X', message: 'd', file: 'Dockerfile', line: 0, url: '' }],
    ],
  ])('of %j', (text, findings) => {
    expect(readChecks(text, 'Dockerfile')).toEqual(findings)
  })
})
