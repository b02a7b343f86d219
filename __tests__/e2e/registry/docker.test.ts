import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, enable, type Harness, PROJECT, startHarness } from '../../emulator/harness.ts'

const execute = promisify(execFile)
const SOURCE = `emulator-registry-test:${process.pid}`
let harness: Harness
let directory: string
let repository: string

interface Run {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** The engine is the one in DOCKER_HOST; credentials stay in a directory of this test. */
async function docker(argv: readonly string[], input = ''): Promise<Run> {
  const env = { ...process.env, DOCKER_CONFIG: join(directory, 'config') }
  const running = execute('docker', argv, { env, timeout: 120_000 })
  running.child.stdin?.end(input)
  try {
    return { exitCode: 0, ...(await running) }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { exitCode: code, stdout, stderr }
  }
}

const logIn = (token: string): Promise<Run> => {
  const host = new URL(harness.emulator.url).host
  return docker(['login', '-u', 'oauth2accesstoken', '--password-stdin', host], token)
}

/** An image of one busybox, with a layer of its own each time. */
async function importImage(): Promise<void> {
  const root = join(directory, 'root')
  await mkdir(join(root, 'bin'), { recursive: true })
  await copyFile('/bin/busybox', join(root, 'bin/busybox'))
  await writeFile(join(root, 'made'), new Date().toISOString())
  const archive = join(directory, 'root.tar')
  await execute('tar', ['-C', root, '-cf', archive, '.'])
  const command = 'ENTRYPOINT ["/bin/busybox"]'
  const run = await docker(['import', '--change', command, archive, SOURCE])
  if (run.exitCode !== 0) throw new Error(run.stderr)
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'registry-test-'))
  harness = await startHarness()
  await enable(harness, 'artifactregistry')
  harness.emulator.cloud.repositories.create('europe-west1', 'mervis', { format: 'DOCKER' })
  repository = `${harness.emulator.environment['GOOGLE_DOCKER_REGISTRY_CUSTOM_ENDPOINT']}/${PROJECT}/mervis`
  await importImage()
}, 120_000)

afterAll(async () => {
  const made = ['app:v1', 'app:v2', 'other:v1'].map((name) => `${repository}/${name}`)
  await docker(['rmi', '-f', SOURCE, ...made])
  await harness.stop()
  await rm(directory, { recursive: true, force: true })
}, 60_000)

describe('docker', () => {
  it('pushes nothing before it has signed in', async () => {
    await docker(['tag', SOURCE, `${repository}/app:v1`])
    const push = await docker(['push', `${repository}/app:v1`])
    expect(push.exitCode).toBe(1)
    expect(push.stderr).toMatch(
      /denied: Unauthenticated request\..*artifactregistry\.repositories\.uploadArtifacts/
    )
  }, 120_000)

  it('is not let in with a wrong token', async () => {
    expect((await logIn('ya29.guessed')).stderr).toMatch(/unauthorized/)
  }, 120_000)

  it('pushes, and pulls the same image by digest and runs it', async () => {
    expect((await logIn(harness.emulator.accessToken())).stdout).toContain('Login Succeeded')
    const push = await docker(['push', `${repository}/app:v1`])
    const digest = /digest: (sha256:\w+)/.exec(push.stdout)?.[1]
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    await docker(['rmi', `${repository}/app:v1`, SOURCE])
    const run = await docker(['run', '--rm', `${repository}/app@${digest}`, 'echo', 'works'])
    expect(run).toMatchObject({ exitCode: 0, stdout: 'works\n' })
    const inspect = await docker([
      'image',
      'inspect',
      '-f',
      '{{.RepoDigests}}',
      `${repository}/app@${digest}`,
    ])
    expect(inspect.stdout.trim()).toBe(`[${repository}/app@${digest}]`)
    await docker(['tag', `${repository}/app@${digest}`, SOURCE])
  }, 120_000)

  it('sends no layer twice', async () => {
    await docker(['tag', SOURCE, `${repository}/other:v1`])
    const before = harness.emulator.requests.length
    const push = await docker(['push', `${repository}/other:v1`])
    expect(push.stdout).toMatch(/Layer already exists|Mounted from/)
    const uploads = harness.emulator.requests
      .slice(before)
      .filter(({ method, path }) => method === 'PATCH' && path.includes('/uploads/'))
    expect(uploads).toEqual([])
  }, 120_000)

  it('says which permission is missing', async () => {
    const permission = 'artifactregistry.repositories.uploadArtifacts'
    const deny = `${harness.emulator.url}/emulator/deny`
    await call(deny, { body: { permission } })
    await docker(['tag', SOURCE, `${repository}/app:v2`])
    const push = await docker(['push', `${repository}/app:v2`])
    expect(push.stderr).toContain(
      `denied: Permission "${permission}" denied on resource "projects/${PROJECT}/locations/europe-west1/repositories/mervis" (or it may not exist)`
    )
    await call(deny, { method: 'DELETE' })
  }, 120_000)

  it('says that the repository is missing', async () => {
    const missing = repository.replace(/mervis$/, 'nowhere')
    await docker(['tag', SOURCE, `${missing}/app:v1`])
    const push = await docker(['push', `${missing}/app:v1`])
    await docker(['rmi', `${missing}/app:v1`])
    expect(push.stderr).toContain('name unknown: Repository "nowhere" not found')
  }, 120_000)
})
