import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { type GoogleStub, INSTANCE, startGoogleStub } from '../../boot/google-stub.ts'
import { type Run, runBootScript } from '../../boot/machine.ts'
import { type Registry, startRegistry } from './registry.ts'

// The boot scripts with a real docker engine. busybox (static) is the whole app.

const IP = '127.0.1.201'
const PORT = 18_087
const SERVE = `env -0 >/www/env; trap 'exit 0' TERM; busybox httpd -f -p ${PORT} -h /www & wait`
const sh = (script: string) => [
  '/bin/busybox',
  'sh',
  '-c',
  script.replaceAll('env -0', 'busybox env -0'),
]

const dockerHost = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock'
const path = process.env['PATH'] ?? '/usr/bin:/bin'

let registry: Registry
let home: string
let google: GoogleStub | undefined

function docker(...argv: readonly string[]): string {
  return execFileSync('docker', argv, {
    env: { PATH: path, DOCKER_HOST: dockerHost },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()
}

function inspect(format: string): string {
  return docker('inspect', '--format', format, INSTANCE)
}

async function boot(
  attributes: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, Buffer>> = {}
): Promise<Run & { readonly google: GoogleStub }> {
  await google?.close()
  const stub = await startGoogleStub({ attributes, secrets, ip: IP })
  google = stub
  return { ...(await run('startup.sh', stub)), google: stub }
}

function run(script: string, stub: GoogleStub): Promise<Run> {
  return runBootScript(script, stub, {
    PATH: path,
    HOME: home,
    DOCKER_HOST: dockerHost,
    RUNTIME_DIRECTORY: join(home, 'run'),
  })
}

function removeContainer(): void {
  docker('rm', '--force', INSTANCE)
}

beforeAll(async () => {
  registry = await startRegistry()
  home = await mkdtemp(join(tmpdir(), 'boot-e2e-'))
  removeContainer()
})

afterEach(async () => {
  removeContainer()
  await google?.close()
  google = undefined
})

afterAll(async () => {
  await registry.close()
  await rm(home, { recursive: true, force: true })
  docker('image', 'prune', '--all', '--force', '--filter', 'label=boot-test')
})

describe('startup.sh on a real engine', () => {
  it('brings up an app that answers on the address of the VM, with its environment', async () => {
    const settings = {
      QUOTES: `it's "quoted"`,
      SUBSTITUTION: '$(id) `id` ${HOME}',
      SPACES: '  both ends  ',
      UNICODE: 'Grüße 🚀',
      LD_LIBRARY_PATH: '/app/lib',
    }
    const key = '-----BEGIN KEY-----\n"$(id)"\n-----END KEY-----\n'
    const image = registry.add({ command: sh(SERVE), healthcheck: ['/bin/busybox', 'true'] })
    const { exitCode, google: stub } = await boot(
      {
        'app-image': image,
        'app-release': 'a1b2c3d4e5f6',
        'app-port': String(PORT),
        'app-env': Object.entries(settings)
          .map(([name, value]) => `${name}=${value}`)
          .join('\n'),
        'app-secrets': 'PRIVATE_KEY=key/7',
      },
      { 'projects/mervis-demo/secrets/key/versions/7': Buffer.from(key) }
    )
    expect({ exitCode, last: stub.reports.at(-1) }).toMatchObject({
      exitCode: 0,
      last: { phase: 'ready', release: 'a1b2c3d4e5f6', image },
    })
    const body = await (await fetch(`http://${IP}:${PORT}/env`)).text()
    const found = new Map(body.split('\0').map((entry) => [entry.split('=')[0], entry]))
    for (const [name, value] of Object.entries({ ...settings, PRIVATE_KEY: key })) {
      expect(found.get(name)).toBe(`${name}=${value}`)
    }
    expect(inspect('{{.HostConfig.RestartPolicy.Name}} {{.Config.StopTimeout}}')).toBe('always 25')
  }, 60_000)

  it('fails with the last words of an app that crashes at its start', async () => {
    const image = registry.add({
      command: sh('echo starting; echo "cannot open \\"settings\\"" >&2; exit 3'),
    })
    const { exitCode, google: stub } = await boot({ 'app-image': image, 'app-release': 'bad' })
    expect(exitCode).toBe(1)
    const last = stub.reports.at(-1)
    expect(last).toMatchObject({
      phase: 'failed',
      detail: expect.stringMatching(/^container exited (with code 3|and was started again)$/),
    })
    expect(last?.log).toContain('starting')
    expect(last?.log).toContain('cannot open "settings"')
  }, 60_000)

  it('fails on an image that is not there', async () => {
    const image = registry
      .add({ command: sh('true') })
      .replace(/sha256:.*/, `sha256:${'0'.repeat(64)}`)
    const { google: stub } = await boot({ 'app-image': image })
    expect(stub.reports.at(-1)).toMatchObject({
      phase: 'failed',
      detail: expect.stringMatching(/^image pull failed: .*(unknown|not found)/),
    })
  }, 60_000)

  it('replaces its container at the next boot, and stops it with the VM', async () => {
    const image = registry.add({ command: sh(SERVE), healthcheck: ['/bin/busybox', 'true'] })
    await boot({ 'app-image': image, 'app-port': String(PORT) })
    const first = inspect('{{.Id}}')
    const { google: stub } = await boot({ 'app-image': image, 'app-port': String(PORT) })
    expect(stub.reports.at(-1)?.phase).toBe('ready')
    expect(inspect('{{.Id}}')).not.toBe(first)

    await run('shutdown.sh', stub)
    expect(stub.reports.at(-1)?.phase).toBe('stopping')
    expect(inspect('{{.State.Status}} {{.State.ExitCode}}')).toBe('exited 0')
  }, 60_000)
})
