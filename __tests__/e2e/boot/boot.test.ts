import { readdir, readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { INSTANCE } from '../../boot/google-stub.ts'
import { BootCloud, docker } from './cloud.ts'

// The boot scripts with a real docker engine, in the emulated cloud. busybox is the whole app.

const LIMIT_MS = 90_000
const PORT = 18_087
const SERVE = `env -0 >/www/env; trap 'exit 0' TERM; httpd -f -p ${PORT} -h /www & wait`
const HEALTHY = 'test -s /www/env'

let cloud: BootCloud
let web: string

beforeAll(async () => {
  cloud = await BootCloud.open()
  web = await cloud.addImage({ script: SERVE, healthcheck: HEALTHY })
}, LIMIT_MS)
afterEach(() => cloud.clear(), LIMIT_MS)
afterAll(() => cloud.close(), LIMIT_MS)

const inspect = (format: string) => docker('inspect', '--format', format, INSTANCE)

async function environmentOf(address: string): Promise<ReadonlyMap<string, string>> {
  const body = await (await fetch(`http://${address}:${PORT}/env`)).text()
  const entries = body.split('\0').filter((entry) => entry !== '')
  const nameOf = (entry: string) => entry.split('=')[0] ?? ''
  return new Map(entries.map((entry) => [nameOf(entry), entry.slice(nameOf(entry).length + 1)]))
}

/** Every argument of every process of this machine, until told to stop. */
function watchArguments(): () => Promise<string> {
  const seen = new Set<string>()
  let watching = true
  const done = (async () => {
    while (watching) {
      for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
        seen.add(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })()
  return async () => {
    watching = false
    await done
    return [...seen].join('\n')
  }
}

const HOSTILE = {
  QUOTES: `it's "quoted" and \\'escaped\\'`,
  SUBSTITUTION: '$(touch /tmp/boot-was-here) `id` ${HOME} $PATH %s',
  SPACES: '  both ends\t',
  UNICODE: 'Grüße 🚀 日本語',
  GLOB: '* ? [a-z] {a,b} ~ !!',
  DASHES: '--privileged',
  LD_LIBRARY_PATH: '/app/lib',
  EMPTY: '',
}
const HOSTILE_LINES = {
  KEY: '-----BEGIN KEY-----\n"$(id)"\n\n-----END KEY-----\n',
  CARRIAGE_RETURNS: 'a\r\nb\r',
  LONG: 'x'.repeat(65_000),
  LONG_UNICODE: 'ü🚀\n'.repeat(9_000),
}

describe('startup.sh on a real engine', () => {
  it(
    'hands every setting and secret to the app byte for byte, and shows them to nobody else',
    async () => {
      const secrets = { ...HOSTILE, ...HOSTILE_LINES, PASSWORD: 'hunter2-hunter2' }
      const names = Object.keys(secrets)
      for (const [name, value] of Object.entries(secrets)) {
        if (value !== '') cloud.addSecret(`s-${name}`, value)
      }
      const vm = await cloud.createVm({
        'app-image': web,
        'app-release': 'a1b2c3d4e5f6',
        'app-port': String(PORT),
        'app-env': Object.entries(HOSTILE)
          .map(([name, value]) => `ENV_${name}=${value}`)
          .join('\n'),
        'app-secrets': names
          .filter((name) => name !== 'EMPTY')
          .map((name) => `${name}=s-${name}/1`)
          .join('\n'),
      })
      const stopWatching = watchArguments()
      const { exitCode, output } = await vm.run('startup.sh')
      const everyArgument = await stopWatching()
      expect({ exitCode, output, last: vm.report() }).toMatchObject({
        exitCode: 0,
        last: { phase: 'ready', release: 'a1b2c3d4e5f6', image: web },
      })
      const found = await environmentOf(vm.address)
      for (const name of names.filter((one) => one !== 'EMPTY')) {
        expect([name, found.get(name)]).toEqual([name, secrets[name as keyof typeof secrets]])
      }
      for (const [name, value] of Object.entries(HOSTILE)) {
        expect([name, found.get(`ENV_${name}`)]).toEqual([name, value])
      }
      expect(everyArgument).toContain('startup.sh')
      const inspected = await inspect('{{json .HostConfig}} {{json .Config.Labels}} {{json .Args}}')
      for (const hidden of ['hunter2-hunter2', 'BEGIN KEY', vm.token]) {
        expect(everyArgument).not.toContain(hidden)
        expect(output).not.toContain(hidden)
        expect(inspected).not.toContain(hidden)
      }
      expect(await inspect('{{json .Config.Env}}')).not.toContain(vm.token)
      expect(await inspect('{{.HostConfig.RestartPolicy.Name}} {{.Config.StopTimeout}}')).toBe(
        'always 25'
      )
    },
    LIMIT_MS
  )

  it(
    'takes ten seconds of running for ready, without a HEALTHCHECK',
    async () => {
      const image = await cloud.addImage({ script: SERVE })
      const vm = await cloud.createVm({ 'app-image': image, 'app-port': String(PORT) })
      expect((await vm.run('startup.sh')).exitCode).toBe(0)
      expect(vm.report()).toMatchObject({ phase: 'ready', detail: 'running for 10 s' })
    },
    LIMIT_MS
  )

  it(
    'replaces its container at the next boot, with the settings of then',
    async () => {
      const attributes = { 'app-image': web, 'app-port': String(PORT) }
      cloud.addSecret('rotating', 'first')
      const before = await cloud.createVm({ ...attributes, 'app-secrets': 'KEY=rotating/1' })
      await before.run('startup.sh')
      const first = await inspect('{{.Id}}')
      const { secrets } = cloud.harness.emulator.cloud
      secrets.addVersion(secrets.get('rotating'), Buffer.from('second'))
      const after = await cloud.createVm({ ...attributes, 'app-secrets': 'KEY=rotating/2' })
      expect((await after.run('startup.sh')).exitCode).toBe(0)
      expect(after.report()?.phase).toBe('ready')
      expect(await inspect('{{.Id}}')).not.toBe(first)
      expect((await environmentOf(after.address)).get('KEY')).toBe('second')
    },
    LIMIT_MS
  )

  it.each([
    ['403, as in an organisation that forbids them', 403],
    ['404', 404],
  ])(
    'brings up the app where guest attributes are answered with %s',
    async (_, guestAttributesStatus) => {
      const attributes = { 'app-image': web, 'app-port': String(PORT) }
      const vm = await cloud.createStubbedVm({ attributes, guestAttributesStatus })
      const { exitCode, output } = await vm.run('startup.sh')
      expect({ exitCode, output }).toMatchObject({ exitCode: 0 })
      expect(output).toContain(`boot report not taken: status ${guestAttributesStatus}`)
      expect((await fetch(`http://${vm.address}:${PORT}/env`)).status).toBe(200)
    },
    LIMIT_MS
  )

  it(
    'brings up the app where the metadata server of the emulator has them switched off',
    async () => {
      const attributes = { 'app-image': web, 'enable-guest-attributes': 'FALSE' }
      const vm = await cloud.createVm(attributes)
      expect((await vm.run('startup.sh')).exitCode).toBe(0)
      expect(vm.report()).toBeUndefined()
      expect(await inspect('{{.State.Status}}')).toBe('running')
    },
    LIMIT_MS
  )

  it.each([
    ['is slow', { delayMs: 6_000 }],
    ['fails for a moment', { status: 503 }],
  ])(
    'waits for a metadata server whose token endpoint %s',
    async (_, fault) => {
      const faults = [{ path: /service-accounts\/default\/token/, times: 1, ...fault }]
      const vm = await cloud.createStubbedVm({ attributes: { 'app-image': web }, faults })
      expect((await vm.run('startup.sh')).exitCode).toBe(0)
      expect(faults[0]?.times).toBe(0)
      expect(vm.reports()).toEqual(['booting', 'pulling', 'starting', 'ready'])
    },
    LIMIT_MS
  )
})
