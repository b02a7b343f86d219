import { describe, expect, it } from '@jest/globals'
import { type BuildOptions, buildImage } from '../../../src/image/build.ts'
import { MemoryFiles } from '../../fakes/memory-files.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { type Answer, ScriptedCommands, untilInterrupted } from '../../fakes/scripted-commands.ts'

const ID = `sha256:${'1d'.repeat(32)}`
const WITH_BUILDX = { hasBuildx: true, host: '' }
const CLASSIC = { hasBuildx: false, host: '' }

function build(options: Partial<BuildOptions> & { engine?: typeof CLASSIC; answer?: Answer } = {}) {
  const { engine = WITH_BUILDX, answer, ...more } = options
  const files = new MemoryFiles()
  const log = new RecordingLog()
  const succeed: Answer = () => {
    files.contents.set('/job/image-id', `${ID}\n`)
    return { stderr: '#1 transferring context\n#2 DONE 0.1s' }
  }
  const commands = new ScriptedCommands({ docker: answer ?? succeed })
  const building = buildImage({ commands, files, log }, engine, {
    context: '.',
    dockerfile: undefined,
    target: undefined,
    buildArgs: new Map(),
    labels: new Map(),
    workDirectory: '/job',
    signal: new AbortController().signal,
    ...more,
  })
  return { building, commands, files, log }
}

describe('buildImage', () => {
  it('gives the id of the image that was built, and shows what the build says', async () => {
    const { building, log } = build()
    expect(await building).toBe(ID)
    expect(log.of('info')).toEqual(['#1 transferring context', '#2 DONE 0.1s'])
  })

  it.each([
    [
      'the least',
      {},
      ['buildx', 'build', '--load', '--progress=plain', '--iidfile=/job/image-id', '--', '.'],
    ],
    ['without buildx', { engine: CLASSIC }, ['build', '--iidfile=/job/image-id', '--', '.']],
    [
      'everything',
      {
        context: 'app dir',
        dockerfile: 'app/Dockerfile.prod',
        target: 'prod',
        buildArgs: new Map([['VERSION', '1.2 "3"']]),
        labels: new Map([['org.opencontainers.image.source', 'https://github.com/m/m']]),
      },
      [
        ...['buildx', 'build', '--load', '--progress=plain', '--iidfile=/job/image-id'],
        ...['--file=app/Dockerfile.prod', '--target=prod', '--build-arg=VERSION'],
        ...['--label=org.opencontainers.image.source=https://github.com/m/m', '--', 'app dir'],
      ],
    ],
    [
      'a context that looks like an option',
      { context: '--network=host' },
      [
        'buildx',
        'build',
        '--load',
        '--progress=plain',
        '--iidfile=/job/image-id',
        '--',
        '--network=host',
      ],
    ],
  ])('builds with %s', async (_, options, args) => {
    const { building, commands } = build(options)
    await building
    expect(commands.calls.map((call) => call.args)).toEqual([args])
  })

  it('passes the values of build arguments by the environment, never on the command line', async () => {
    const buildArgs = new Map([
      ['TOKEN', 'hunter2'],
      ['STATE_DIR', 'hunter2'],
      ['EMPTY', ''],
    ])
    const { building, commands } = build({ buildArgs })
    await building
    const call = commands.call('docker')
    expect(call.args.join(' ')).not.toContain('hunter2')
    expect(call.options.env).toMatchObject({ TOKEN: 'hunter2', STATE_DIR: 'hunter2', EMPTY: '' })
  })

  it.each([
    'PATH',
    'HOME',
    'DOCKER_HOST',
    'docker_config',
    'BUILDX_BUILDER',
    'BUILDKIT_PROGRESS',
    'HTTPS_PROXY',
    'no_proxy',
  ])('does not change the docker client itself by a build argument %s', async (name) => {
    const { building, commands } = build({ buildArgs: new Map([[name, 'x']]) })
    await building
    const { args, options } = commands.call('docker')
    expect(options.env ?? {}).not.toHaveProperty(name)
    expect(args).toContain(`--build-arg=${name}=x`)
  })

  it('tells a client without buildx to do without BuildKit', async () => {
    const { building, commands } = build({ engine: CLASSIC })
    await building
    expect(commands.call('docker').options.env).toEqual({ DOCKER_BUILDKIT: '0' })
  })

  it('never takes the id of an earlier build for its own', async () => {
    const { building, files } = build()
    await building
    expect(files.removed).toContain('/job/image-id')
    const { building: other } = build({ answer: {} })
    await expect(other).rejects.toThrow()
  })

  it('fails with the last lines of the build', async () => {
    const stderr = Array.from({ length: 100 }, (_, index) => `line ${index + 1}`).join('\n')
    const { building } = build({ dockerfile: 'Dockerfile.prod', answer: { exitCode: 1, stderr } })
    await expect(building).rejects.toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      message: expect.stringMatching(
        /^Building the image from Dockerfile\.prod failed \(exit code 1\)\. Its last lines:\nline 86\n.*\nline 100$/s
      ),
    })
  })

  it('names the Dockerfile of the context where none is given', async () => {
    const { building } = build({ context: 'app', answer: { exitCode: 1 } })
    await expect(building).rejects.toThrow('from app/Dockerfile failed')
  })

  it('says so when it took too long', async () => {
    const { building } = build({ answer: { exitCode: 1, timedOut: true } })
    await expect(building).rejects.toThrow('it took over an hour')
  })

  it('ends with the reason of a cancel', async () => {
    const cancel = new AbortController()
    const { building } = build({ signal: cancel.signal, answer: untilInterrupted })
    cancel.abort(new Error('the plan failed'))
    await expect(building).rejects.toThrow('the plan failed')
  })
})
