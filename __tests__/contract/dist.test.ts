import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { REQUIRED } from '../fakes/deploy-inputs.ts'
import { withServer } from '../fakes/loopback-server.ts'
import { runStep } from './runner.ts'

describe('dist/main, with wrong inputs', () => {
  const wrong = {
    ...REQUIRED,
    region: 'europe-west1-b',
    size: 'many\n::add-mask::x',
    secrets: 'API_KEY=hunter2-SECRET value',
  }

  it('annotates each of them and ends red, before it writes anything', async () => {
    const { exitCode, lines, stderr, outputs, state, leftovers } = await runStep('main', {
      inputs: wrong,
    })
    expect(exitCode).toBe(1)
    expect(lines).toEqual([
      expect.stringMatching(
        /^::error title=Input region::Input "region" is "europe-west1-b": write a region/
      ),
      expect.stringMatching(
        /^::error title=Input size::Input "size" is "many%0A::add-mask::x": write a whole number/
      ),
      expect.stringMatching(/^::error title=Input secrets::Input "secrets" /),
    ])
    expect(lines.join('\n')).not.toContain('hunter2-SECRET')
    expect({ stderr, outputs: [...outputs], state: [...state], leftovers }).toEqual({
      stderr: '',
      outputs: [],
      state: [],
      leftovers: [],
    })
  })

  it('names every required input when there is none', async () => {
    const { exitCode, lines } = await runStep('main')
    expect(exitCode).toBe(1)
    expect(lines.map((line) => /Input "([a-z_]+)" is required/.exec(line)?.[1]).sort()).toEqual(
      Object.keys(REQUIRED).sort()
    )
  })
})

describe('dist/main, in a job that may not ask for an OIDC token', () => {
  it('ends with one error that holds the YAML line to add', async () => {
    const { exitCode, lines, stderr, outputs } = await runStep('main', { inputs: REQUIRED })
    expect(exitCode).toBe(1)
    const errors = lines.filter((line) => line.startsWith('::error'))
    expect(errors).toEqual([
      expect.stringContaining('permissions:%0A  contents: read%0A  id-token: write'),
    ])
    expect(stderr).toBe('')
    expect(Object.fromEntries(outputs)).toEqual({
      outcome: 'failed',
      release: '',
      failure_code: 'AUTH_NO_OIDC',
      failure_reason: expect.stringContaining('GitHub gives this job no OIDC token.'),
    })
  })

  it('leaves no file behind', async () => {
    expect((await runStep('main', { inputs: REQUIRED })).leftovers).toEqual([])
  })
})

/** A job whose terraform and docker are programs of ours; nothing listens on port 9 of loopback. */
const ENVIRONMENT = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9/token?api-version=2.0',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token-hunter2',
}
const WARNING = JSON.stringify({
  type: 'diagnostic',
  diagnostic: { severity: 'warning', summary: 'init begins' },
})
const WAITS_FOR_SIGINT = `
  let count = 0
  const stay = setInterval(() => {}, 1000)
  process.on('SIGINT', () => {
    count += 1
    if (count > 1) process.exit(99)
    setTimeout(() => clearInterval(stay), 200)
  })`
const answering = (subcommand: string, answer: string, otherwise: string): string =>
  `if (process.argv[2] === '${subcommand}') console.log('${answer}')\nelse { ${otherwise} }`

const VERSION = '{"terraform_version":"1.11.4"}'
const TERRAFORM = answering(
  'version',
  VERSION,
  `${WAITS_FOR_SIGINT}; console.log(${JSON.stringify(WARNING)})`
)
/** An engine that hangs: nothing is known of it until somebody gives up. */
const DOCKER = `if (process.argv[2] === 'info') { ${WAITS_FOR_SIGINT}; setTimeout(() => process.exit(1), 20_000).unref() }`

async function anOwnConfiguration(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'configuration-'))
}

describe('dist/main, when it fails in the middle', () => {
  it('ends with exactly one error, and has masked the request token before anything else', async () => {
    const folder = await anOwnConfiguration()
    const { exitCode, lines, stderr, outputs } = await runStep('main', {
      inputs: { ...REQUIRED, terraform_directory: folder },
      env: ENVIRONMENT,
      tools: { terraform: TERRAFORM },
    })
    await rm(folder, { recursive: true })
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
    expect(lines[0]).toBe('::add-mask::request-token-hunter2')
    expect(lines.slice(1).join('\n')).not.toContain('request-token-hunter2')
    expect(lines.filter((line) => line.startsWith('::error'))).toEqual([
      expect.stringContaining('There is no docker command on this runner.'),
    ])
    expect(outputs.get('failure_code')).toBe('IMAGE_NO_ENGINE')
  })

  it('says which folder is missing when terraform_directory is wrong', async () => {
    // GitHub that takes its time: what is asked of it is not what fails first.
    await withServer(
      () => undefined,
      async (url) => {
        const { lines } = await runStep('main', {
          inputs: { ...REQUIRED, terraform_directory: 'no/such/folder' },
          env: { ...ENVIRONMENT, ACTIONS_ID_TOKEN_REQUEST_URL: `${url}token?api-version=2.0` },
          tools: { terraform: TERRAFORM, docker: DOCKER },
        })
        expect(lines.filter((line) => line.startsWith('::error'))).toEqual([
          expect.stringMatching(/no\/such\/folder/),
        ])
      }
    )
  })
})

describe('dist/main, when a person cancels it', () => {
  it('interrupts what runs once, waits for it, and ends within the 7.5 s that the runner gives', async () => {
    const folder = await anOwnConfiguration()
    const { exitCode, lines, outputs, cancelledInMs, state } = await runStep('main', {
      inputs: { ...REQUIRED, terraform_directory: folder },
      env: ENVIRONMENT,
      tools: { terraform: TERRAFORM, docker: DOCKER },
      cancelAfter: ['init begins'],
    })
    await rm(folder, { recursive: true })
    expect(exitCode).toBe(1)
    expect(cancelledInMs).toBeGreaterThanOrEqual(200)
    expect(cancelledInMs).toBeLessThan(7_000)
    expect(lines.filter((line) => line.startsWith('::error'))).toEqual([
      expect.stringContaining('The run was cancelled'),
    ])
    expect(outputs.get('failure_code')).toBe('CANCELLED')
    // What post needs to clean up.
    expect(state.get('work_directory')).toContain('deploy-spot-mig-')
  })
})

describe('dist/main, when what it started needs longer than a cancelled step is given', () => {
  let temp = ''
  beforeEach(async () => {
    temp = await mkdtemp(join(tmpdir(), 'runner-temp-'))
  })
  afterEach(() => rm(temp, { recursive: true, force: true }))

  // Talks all the time, so that a closed pipe would kill it, and says when it has freed its lock.
  const slowToStop = (): string => `
    let count = 0
    process.on('SIGINT', () => {
      count += 1
      if (count === 1) setTimeout(() => {
        require('node:fs').writeFileSync(${JSON.stringify(join(temp, 'freed'))}, String(count))
        process.exit(1)
      }, 2500)
    })
    console.log(${JSON.stringify(WARNING)})
    setInterval(() => console.log('{}'), 20)`

  it.each<{ readonly signals: readonly NodeJS.Signals[] }>([
    { signals: ['SIGINT', 'SIGTERM'] },
    { signals: ['SIGINT', 'SIGKILL'] },
    { signals: ['SIGKILL'] },
  ])('lets terraform free its lock, and post waits for it ($signals)', async ({ signals }) => {
    const env = { ...ENVIRONMENT, RUNNER_TEMP: temp }
    const main = await runStep('main', {
      inputs: { ...REQUIRED, terraform_directory: temp },
      env,
      tools: { terraform: answering('version', VERSION, slowToStop()), docker: DOCKER },
      cancelAfter: ['init begins'],
      signals,
    })
    expect(existsSync(join(temp, 'freed'))).toBe(false)
    const errors = main.lines.filter((line) => line.startsWith('::error'))
    expect(errors).toEqual(
      signals.includes('SIGTERM')
        ? [expect.stringContaining('what is still stopping is left to the post step')]
        : []
    )

    const folder = main.state.get('work_directory') ?? ''
    expect(existsSync(folder)).toBe(true)
    const post = await runStep('post', { env: { ...env, STATE_work_directory: folder } })
    expect(post.exitCode).toBe(0)
    expect(post.lines.join('\n')).toMatch(/still stopping: waiting for it\.\nTerraform has ended\./)
    expect(await readFile(join(temp, 'freed'), 'utf8')).toBe('1')
    expect(existsSync(folder)).toBe(false)
  })
})

describe('dist/post', () => {
  it('says why it does nothing when there is nothing to do', async () => {
    const { exitCode, lines } = await runStep('post')
    expect({ exitCode, lines }).toEqual({
      exitCode: 0,
      lines: [expect.stringContaining('Nothing to clean up')],
    })
  })

  it('removes the folder that main left', async () => {
    const work = await mkdtemp(join(tmpdir(), 'work-'))
    await writeFile(join(work, 'google-credentials.json'), '{}')
    const { exitCode } = await runStep('post', { env: { STATE_work_directory: work } })
    expect(exitCode).toBe(0)
    await expect(stat(work)).rejects.toThrow('ENOENT')
  })
})
