import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { INSTANCE } from '../../boot/google-stub.ts'
import { eventually } from '../../emulator/machines/cloud.ts'
import { BootCloud, docker } from './cloud.ts'

const LIMIT_MS = 90_000
const PORT = 18_087
// Goes only when the request that it is busy with has been answered.
const POLITE = `trap 'while [ -e /tmp/busy ]; do sleep 0.1; done; exit 0' TERM
httpd -f -p ${PORT} -h /www & wait`

let cloud: BootCloud
let image: string

beforeAll(async () => {
  cloud = await BootCloud.open()
  image = await cloud.addImage({ script: POLITE, healthcheck: 'true' })
}, LIMIT_MS)
afterEach(() => cloud.clear(), LIMIT_MS)
afterAll(() => cloud.close(), LIMIT_MS)

const stateOf = () =>
  docker('inspect', '--format', '{{.State.Status}} {{.State.ExitCode}}', INSTANCE)

/** A request that the app is busy with by now, for three seconds. */
async function visit(address: string): Promise<{ answer: Promise<readonly [number, string]> }> {
  const answer = fetch(`http://${address}:${PORT}/cgi-bin/slow`).then(
    async (response) => [response.status, await response.text()] as const
  )
  await eventually(
    () => docker('exec', INSTANCE, 'sh', '-c', '[ ! -e /tmp/busy ] || echo busy'),
    (text) => text === 'busy',
    10_000
  )
  return { answer }
}

describe('shutdown.sh on a real engine', () => {
  it(
    'lets the app finish the request that it is busy with',
    async () => {
      const vm = await cloud.createVm({ 'app-image': image, 'app-port': String(PORT) })
      expect((await vm.run('startup.sh')).exitCode).toBe(0)
      const { answer } = await visit(vm.address)
      const { exitCode } = await vm.run('shutdown.sh')
      expect(await answer).toEqual([200, 'done'])
      expect(exitCode).toBe(0)
      expect(await stateOf()).toBe('exited 0')
      expect(vm.report()).toMatchObject({ phase: 'stopping', detail: 'the VM is being stopped' })
    },
    LIMIT_MS
  )
})

describe('the preemption watcher on a real engine', () => {
  it(
    'stops the container at the notice, and shutdown.sh finds it stopped',
    async () => {
      const notice = { 'app-preemption-notice': '120' }
      const vm = await cloud.createVm({ 'app-image': image, 'app-port': String(PORT), ...notice })
      expect((await vm.run('startup.sh')).exitCode).toBe(0)
      expect(await stateOf()).toBe('running 0')
      const { answer } = await visit(vm.address)
      vm.preempt()
      expect(await answer).toEqual([200, 'done'])
      await eventually(stateOf, (state) => state === 'exited 0', 10_000)
      expect(vm.report()).toMatchObject({
        phase: 'stopping',
        detail: 'the VM is about to be preempted',
      })
      const startedAt = performance.now()
      expect((await vm.run('shutdown.sh')).exitCode).toBe(0)
      expect(performance.now() - startedAt).toBeLessThan(5000)
      expect(await stateOf()).toBe('exited 0')
    },
    LIMIT_MS
  )
})
