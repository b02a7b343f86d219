import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { parseFlags } from '../../emulator/flags.ts'
import { call } from './harness.ts'

const MAIN = join(import.meta.dirname, '../../emulator/main.ts')
const started: Program[] = []
afterEach(async () => {
  for (const { child, exited } of started.splice(0)) {
    child.kill('SIGTERM')
    await exited
  }
})

interface Program {
  readonly child: ChildProcess
  stdout(): string
  stderr(): string
  readonly exited: Promise<number | null>
}

function start(...argv: readonly string[]): Program {
  const child = spawn(process.execPath, [MAIN, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] })
  const texts = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    texts.stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    texts.stderr += text
  })
  const exited = once(child, 'close').then(([code]) => code)
  const program = { child, exited, stdout: () => texts.stdout, stderr: () => texts.stderr }
  started.push(program)
  return program
}

async function ready(program: Program): Promise<Readonly<Record<string, string>>> {
  while (!program.stdout().includes('# Ctrl-C')) {
    if (program.child.exitCode !== null) throw new Error(program.stderr())
    await Promise.race([once(program.child.stdout ?? program.child, 'data'), program.exited])
  }
  const lines = [...program.stdout().matchAll(/^export (\w+)='(.*)'$/gm)]
  return Object.fromEntries(lines.map(([, name, value]) => [name, value]))
}

describe('npm run emulator', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, and then is gone', async (signal) => {
    const program = start('--project', 'other-project')
    const environment = await ready(program)
    const base = environment['GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT']
    const token = environment['GOOGLE_OAUTH_ACCESS_TOKEN'] ?? ''
    expect((await call(`${base}projects/other-project`, { token })).status).toBe(200)
    program.child.kill(signal)
    expect(await program.exited).toBe(0)
    await expect(fetch(`${base}projects/other-project`)).rejects.toThrow()
    expect(program.stderr()).toBe('')
  })

  it('prints nothing but assignments and comments', async () => {
    const program = start()
    await ready(program)
    const lines = program.stdout().trim().split('\n')
    expect(lines.filter((line) => !/^(export [A-Z0-9_]+='[^']*'|#.*)$/.test(line))).toEqual([])
  })

  it('says so when the port is taken', async () => {
    const server: Server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const program = start('--port', String(port))
    expect(await program.exited).toBe(1)
    expect(program.stderr()).toMatch(/^emulator: .*address already in use 127\.0\.0\.1:\d+\n$/)
    server.close()
  })

  it('names every wrong flag at once', async () => {
    const program = start('--port', 'x', '--machines=virtual')
    expect(await program.exited).toBe(2)
    expect(program.stdout()).toBe('')
    expect(program.stderr().split('\n')).toEqual([
      'emulator: "--port" must be a port number from 0 to 65535, not "x".',
      'emulator: "--machines" must be "simulated" or "real", not "virtual".',
      'emulator: --help lists the flags.',
      '',
    ])
  })
})

describe('parseFlags', () => {
  it.each([
    ['nothing', [], { machines: 'simulated' }],
    ['a port', ['--port', '8080'], { machines: 'simulated', port: 8080 }],
    ['a speed', ['--speed', '0.5'], { machines: 'simulated', speed: 0.5 }],
    [
      'all',
      '--machines=real --docker-host=unix:///s --project=a-project --project-number=123456 --repository=o/n --state-bucket=bucket --data=/tmp/x'.split(
        ' '
      ),
      {
        machines: 'real',
        dockerHost: 'unix:///s',
        projectId: 'a-project',
        projectNumber: '123456',
        repository: 'o/n',
        stateBucket: 'bucket',
        dataDirectory: '/tmp/x',
      },
    ],
  ])('reads %s', (_, argv, flags) => {
    expect(parseFlags(argv)).toEqual({ kind: 'flags', flags })
  })

  it.each([
    [['--port', '65536'], /"--port" must be/],
    [['--port'], /needs a value/],
    [['--speed', '0'], /"--speed" must be a number above 0/],
    [['--speed', '-1'], /"--speed"/],
    [['--project', 'x'], /"--project" must be/],
    [['--repository', 'x'], /owner\/name/],
    [['--docker-host', '/run/docker.sock'], /unix:\/\/\//],
    [['--verbose'], /Unknown flag "--verbose"/],
    [['now'], /Unexpected argument "now"/],
  ])('refuses %j', (argv, problem) => {
    const parsed = parseFlags(argv)
    expect(parsed).toEqual({ kind: 'problems', problems: [expect.stringMatching(problem)] })
  })

  it('explains itself', () => {
    expect(parseFlags(['--help'])).toMatchObject({
      kind: 'help',
      text: expect.stringContaining('--machines'),
    })
  })
})
