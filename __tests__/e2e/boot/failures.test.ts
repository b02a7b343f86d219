import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { INSTANCE } from '../../boot/google-stub.ts'
import type { Run } from '../../boot/machine.ts'
import { BootCloud, docker, type Vm } from './cloud.ts'

const LIMIT_MS = 90_000
const PASSWORD = 'hunter2*[\\d]"$(id)"'

let cloud: BootCloud

beforeAll(async () => {
  cloud = await BootCloud.open()
  cloud.addSecret('password', PASSWORD)
  cloud.addSecret('key', '-----BEGIN KEY-----\nMIIEvQIBADANBgkq\n-----END KEY-----\n')
}, LIMIT_MS)
afterEach(() => cloud.clear(), LIMIT_MS)
afterAll(() => cloud.close(), LIMIT_MS)

const SECRETS = { 'app-secrets': 'PASSWORD=password/1\nKEY=key/1', 'app-release': 'bad' }

/** Boots a VM that must fail, and whose words hold no secret and no token. */
async function fail(attributes: Readonly<Record<string, string>>): Promise<Run & { vm: Vm }> {
  const vm = await cloud.createVm({ ...SECRETS, ...attributes })
  const run = await vm.run('startup.sh')
  expect({ ...run, last: vm.report() }).toMatchObject({ exitCode: 1, last: { phase: 'failed' } })
  const said = `${run.output}\n${JSON.stringify(vm.report())}`
  const hidden = ['hunter2', Buffer.from(PASSWORD).toString('base64').replace(/=+$/, '')]
  for (const secret of [...hidden, 'MIIEvQIBADANBgkq', vm.token]) expect(said).not.toContain(secret)
  return { ...run, vm }
}

async function imageGone(): Promise<string> {
  const image = await cloud.addImage({ script: 'true' })
  return image.replace(/sha256:.*/, `sha256:${'0'.repeat(64)}`)
}

describe('startup.sh on a real engine', () => {
  it(
    'fails on a secret that is missing, and pulls nothing',
    async () => {
      const image = await cloud.addImage({ script: 'exit 7' })
      const { vm, output } = await fail({ 'app-image': image, 'app-secrets': 'A=nowhere/1' })
      expect(vm.report()).toMatchObject({ detail: 'secret nowhere/1 does not exist' })
      expect(output).not.toContain('pulling')
    },
    LIMIT_MS
  )

  it(
    'fails on a secret that the VM may not read, and names the role',
    async () => {
      cloud.deny('secretmanager.versions.access')
      const { vm } = await fail({ 'app-image': await cloud.addImage({ script: 'exit 7' }) })
      expect(vm.report()?.detail).toBe(
        "access to secret password/1 denied: the VM's service account needs roles/secretmanager.secretAccessor on it"
      )
    },
    LIMIT_MS
  )

  it(
    'fails on an image that is not there',
    async () => {
      const image = await imageGone()
      const { vm } = await fail({ 'app-image': image })
      expect(vm.report()?.detail).toMatch(/^image pull failed: .*(not found|manifest unknown)/)
    },
    LIMIT_MS
  )

  it(
    'fails on a registry that the VM may not read',
    async () => {
      const image = await cloud.addImage({ script: 'echo unread; exit 7' })
      cloud.deny('artifactregistry.repositories.downloadArtifacts')
      const { vm } = await fail({ 'app-image': image })
      expect(vm.report()?.detail).toMatch(
        /^image pull failed: .*denied: Permission "artifactregistry\.repositories\.downloadArtifacts" denied/
      )
    },
    LIMIT_MS
  )

  it(
    'reports a crash with the code of the first exit and its last words, within five seconds',
    async () => {
      const script = `echo "no DATABASE_URL for $PASSWORD"; echo "$KEY" >&2; exec env sh -c 'exit 1'`
      const image = await cloud.addImage({ script })
      const { vm } = await fail({ 'app-image': image })
      expect(vm.report()).toMatchObject({
        detail: 'container exited with code 1',
        release: 'bad',
        image,
        log: expect.stringContaining('no DATABASE_URL for ***'),
      })
      const [startedAt, restart] = (
        await docker(
          ...['inspect', '--format', '{{.Created}} {{.HostConfig.RestartPolicy.Name}}', INSTANCE]
        )
      ).split(' ')
      const reportedMs = Date.parse(vm.report()?.at ?? '') - Date.parse(startedAt ?? '')
      expect(reportedMs).toBeLessThan(5000)
      // Docker goes on trying, should the cause pass by.
      expect(restart).toBe('always')
    },
    LIMIT_MS
  )

  it(
    'tells the first code of a container that ends in another way each time',
    async () => {
      const script = '[ -e /tmp/again ] && exit 0; touch /tmp/again; sleep 1; exit 42'
      const { vm } = await fail({ 'app-image': await cloud.addImage({ script }) })
      expect(vm.report()?.detail).toBe('container exited with code 42')
    },
    LIMIT_MS
  )

  it(
    'fails when the HEALTHCHECK does',
    async () => {
      const script = 'echo "listening on nothing with $PASSWORD"; sleep 60'
      const image = await cloud.addImage({ script, healthcheck: 'exit 1' })
      const { vm } = await fail({ 'app-image': image })
      expect(vm.report()).toMatchObject({
        detail: 'the HEALTHCHECK of the image failed',
        log: 'listening on nothing with ***',
      })
    },
    LIMIT_MS
  )

  it(
    'says why docker cannot start the container',
    async () => {
      const image = await cloud.addImage({ script: 'sleep 60' })
      const { vm } = await fail({ 'app-image': image, 'app-port': '99999' })
      expect(vm.report()?.detail).toMatch(/^container did not start: .*99999/)
    },
    LIMIT_MS
  )
})
