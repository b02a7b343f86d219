import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ProcessRunner } from '../../../../src/adapters/processes/processes.ts'
import type { InterruptibleOptions } from '../../../../src/ports.ts'

const NODE = process.execPath
const never = new AbortController().signal
const MINUTE_MS = 60_000

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'processes-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs a small program that can be stopped. */
function startChild(
  program: string,
  options: Partial<InterruptibleOptions> = {},
  environment: Record<string, string> = {}
) {
  const runner = new ProcessRunner({ PATH: process.env['PATH'], ...environment })
  return runner.runInterruptible(NODE, ['-e', program], {
    signal: never,
    timeoutMs: MINUTE_MS,
    ...options,
  })
}

/** Counts its SIGINTs for a moment after the first one, then says how many there were. */
const COUNTS_SIGNALS = `
  let count = 0
  const stay = setInterval(() => {}, 1000)
  process.on('SIGINT', () => {
    count += 1
    if (count === 1) setTimeout(() => { console.log('interrupted ' + count); clearInterval(stay) }, 150)
  })
  console.log('ready')`

const SHOW_ENVIRONMENT = 'console.log(JSON.stringify(process.env))'

describe.each([
  ['whose output is piped', false],
  ['that may outlive us', true],
])('ProcessRunner.runInterruptible, with a child %s', (_, mayOutlive) => {
  const start = (program: string, options: Partial<InterruptibleOptions> = {}) =>
    startChild(program, { ...options, ...(mayOutlive && { outliveIn: folder }) })

  it('gives exit code and output, which are data', async () => {
    const program = "console.log('out'); console.error('err'); process.exitCode = 3"
    expect(await start(program)).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      timedOut: false,
    })
  })

  it('says each line as it comes, of both streams, with characters whole', async () => {
    const lines: string[] = []
    const program = `
      const bytes = Buffer.from('Grüße 🎉')
      process.stdout.write(bytes.subarray(0, 3))
      setTimeout(() => { process.stdout.write(bytes.subarray(3)); process.stderr.write('other') }, 30)`
    await start(program, { onLine: (line) => lines.push(line) })
    expect([...lines].sort()).toEqual(['Grüße 🎉', 'other'])
  })

  it('interrupts once on abort and waits for the end', async () => {
    const cancel = new AbortController()
    const onLine = (line: string): void => {
      if (line === 'ready') cancel.abort(new Error('cancelled'))
    }
    const { stdout, exitCode, timedOut } = await start(COUNTS_SIGNALS, {
      signal: cancel.signal,
      timeoutMs: MINUTE_MS,
      onLine,
    })
    expect({ stdout, exitCode, timedOut }).toEqual({
      stdout: 'ready\ninterrupted 1\n',
      exitCode: 0,
      timedOut: false,
    })
  })

  it('interrupts once when an abort follows the time limit', async () => {
    const cancel = new AbortController()
    const running = start(COUNTS_SIGNALS, { signal: cancel.signal, timeoutMs: 1_200 })
    setTimeout(() => cancel.abort(new Error('cancelled')), 1_250)
    expect(await running).toMatchObject({ stdout: 'ready\ninterrupted 1\n', timedOut: true })
  })

  it('takes an end by a signal for a failure', async () => {
    expect((await start('process.kill(process.pid, "SIGKILL")')).exitCode).not.toBe(0)
  })

  it('starts nothing after an abort', async () => {
    const running = async () =>
      start('console.log(1)', { signal: AbortSignal.abort(new Error('cancelled')) })
    await expect(running()).rejects.toThrow('cancelled')
  })

  it('leaves nothing behind that listens', async () => {
    const { signal } = new AbortController()
    let listeners = 0
    const { addEventListener, removeEventListener } = signal
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners += 1
      addEventListener.apply(signal, args)
    }
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners -= 1
      removeEventListener.apply(signal, args)
    }
    await start('', { signal })
    expect(listeners).toBe(0)
  })

  it('gives much output whole', async () => {
    const program = `for (let i = 0; i < 20000; i++) console.log('line ' + i + ' ü')`
    const { stdout } = await start(program)
    const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i} ü\n`)
    expect(stdout === lines.join('')).toBe(true)
  })

  it('runs in the folder that it is told', async () => {
    const { stdout } = await start('console.log(process.cwd())', { cwd: folder })
    expect(stdout.trim()).toBe(folder)
  })

  it('gives no standard input to wait for', async () => {
    expect(
      await start('process.stdin.on("end", () => console.log("no input")).resume()')
    ).toMatchObject({ stdout: 'no input\n' })
  })
})

describe('what a child process is told', () => {
  const OURS = {
    INPUT_SECRETS: 'x',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
    ACTIONS_RUNTIME_TOKEN: 'x',
    STATE_WORK_DIRECTORY: 'x',
  }

  async function environmentOf(
    how: 'run' | 'runInterruptible',
    env: Record<string, string | undefined> = {}
  ) {
    const runner = new ProcessRunner({
      PATH: process.env['PATH'],
      HOME: '/home/ada',
      DOCKER_HOST: 'tcp://x',
      ...OURS,
    })
    const args = ['-e', SHOW_ENVIRONMENT]
    const { stdout } =
      how === 'run'
        ? await runner.run(NODE, args, { env })
        : await runner.runInterruptible(NODE, args, { env, signal: never, timeoutMs: MINUTE_MS })
    const seen: Readonly<Record<string, string>> = JSON.parse(stdout)
    return seen
  }

  it.each(['run', 'runInterruptible'] as const)(
    'is the environment without what is ours alone (%s)',
    async (how) => {
      const seen = await environmentOf(how)
      expect(seen['HOME']).toBe('/home/ada')
      for (const name of Object.keys(OURS)) expect(seen).not.toHaveProperty(name)
    }
  )

  it.each(['run', 'runInterruptible'] as const)(
    'is what is added, and lacks what is taken away (%s)',
    async (how) => {
      const seen = await environmentOf(how, { TF_INPUT: '0', DOCKER_HOST: undefined })
      expect(seen).toMatchObject({ TF_INPUT: '0' })
      expect(seen).not.toHaveProperty('DOCKER_HOST')
    }
  )

  it('is what is added even where it is called like something of ours', async () => {
    const seen = await environmentOf('runInterruptible', {
      STATE_DIR: '/var/state',
      INPUT_FILE: 'a',
      ACTIONS_X: 'b',
    })
    expect(seen).toMatchObject({ STATE_DIR: '/var/state', INPUT_FILE: 'a', ACTIONS_X: 'b' })
  })
})

describe('ProcessRunner.run', () => {
  const runner = new ProcessRunner({ PATH: process.env['PATH'] })

  it('gives exit code and output, which are data', async () => {
    const program = "console.log('out'); console.error('err'); process.exitCode = 3"
    expect(await runner.run(NODE, ['-e', program])).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    })
  })

  it('passes arguments as they are, without a shell', async () => {
    const args = ['$(id)', '`id`', 'a b', '"', "'", '*', ';', '&&', '', '\n']
    const { stdout } = await runner.run(NODE, [
      '-e',
      'console.log(JSON.stringify(process.argv.slice(1)))',
      '--',
      ...args,
    ])
    expect(JSON.parse(stdout)).toEqual(args)
  })
})

describe('a tool that cannot be started', () => {
  const runner = new ProcessRunner({ PATH: process.env['PATH'] })

  it.each([
    ['run', () => runner.run('no-such-tool-here', [])],
    [
      'runInterruptible',
      () =>
        runner.runInterruptible('no-such-tool-here', [], { signal: never, timeoutMs: MINUTE_MS }),
    ],
  ])('is named (%s)', async (_, run) => {
    await expect(run()).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringMatching(/^Could not start no-such-tool-here: /),
    })
  })

  it.each([
    ['run', () => runner.run(NODE, [], { cwd: '/no/such/folder' })],
    [
      'runInterruptible',
      () =>
        runner.runInterruptible(NODE, [], {
          cwd: '/no/such/folder',
          signal: never,
          timeoutMs: MINUTE_MS,
        }),
    ],
    [
      'runInterruptible, to outlive us',
      () =>
        runner.runInterruptible(NODE, [], {
          cwd: '/no/such/folder',
          signal: never,
          timeoutMs: MINUTE_MS,
          outliveIn: folder,
        }),
    ],
  ])('is not blamed when it is the folder that is missing (%s)', async (_, run) => {
    await expect(run()).rejects.toMatchObject({
      name: 'ActionError',
      message: expect.stringContaining('/no/such/folder'),
    })
  })
})
