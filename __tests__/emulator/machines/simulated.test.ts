import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Machine, MachineFactory, MachineSpec } from '../../../emulator/machines/machine.ts'
import { createSimulatedMachines } from '../../../emulator/machines/simulated/network.ts'
import { aMachineSpec, DIGEST, eventually, FakeCloud, Statuses } from './cloud.ts'

const PORT = '18080'
const VM = 'serviceAccount:vm@demo.iam.gserviceaccount.com'
let cloud: FakeCloud
let machines: MachineFactory

beforeEach(async () => {
  cloud = await new FakeCloud(200).open()
  machines = createSimulatedMachines({ ...cloud, baseUrl: cloud.baseUrl, seed: 1 })
})

afterEach(async () => {
  await machines.stop()
  await cloud.close()
})

const manifest = `/v2/demo/apps/mervis/manifests/${DIGEST}`

function release(more: Record<string, string> = {}): MachineSpec {
  return aMachineSpec({
    metadata: {
      'enable-guest-attributes': 'TRUE',
      'app-image': `europe-west3-docker.pkg.dev/demo/apps/mervis@${DIGEST}`,
      'app-release': 'r1',
      'app-port': PORT,
      ...more,
    },
  })
}

function boot(spec: MachineSpec): { machine: Machine; statuses: Statuses } {
  const statuses = new Statuses()
  return { machine: machines.start(spec, statuses.observe), statuses }
}

const report = (machine: Machine) => JSON.parse(machine.guestAttributes()[0]?.value ?? '{}')
const phase = (machine: Machine, wanted: string) =>
  eventually(
    () => report(machine),
    (value) => value.phase === wanted
  )

describe('a simulated machine', () => {
  it('boots, looks for its image with its own token, and answers on its address', async () => {
    cloud.answers.set(manifest, 200)
    const { machine, statuses } = boot(release())
    expect(await phase(machine, 'ready')).toMatchObject({ release: 'r1', detail: '' })
    expect(statuses.seen).toEqual(['STAGING', 'RUNNING'])
    expect(cloud.asked).toEqual([`HEAD ${manifest} ${VM}`])
    const answer = await (await fetch(`http://${machine.address()}:${PORT}/any/path`)).json()
    expect(answer).toMatchObject({ release: 'r1', vm: 'mervis-x7k2' })
    expect(machine.serialOutput()).toContain('startup-script: pulling')
  })

  it('without a release is ready and serves nothing', async () => {
    const { machine } = boot(aMachineSpec())
    expect(await phase(machine, 'ready')).toMatchObject({ detail: 'no release yet', release: '' })
    await expect(fetch(`http://${machine.address()}:${PORT}`)).rejects.toThrow()
  })

  it.each([
    ['the image is missing', {}, 404, /not found/],
    ['the image may not be read', {}, 403, /pull denied: 403/],
    ['the app crashes', { 'app-env': 'EMULATED_APP=crash' }, 200, /exited with code 1/],
    ['the image name makes no sense', { 'app-image': 'what' }, 200, /not valid/],
  ])('reports failure when %s', async (_, metadata, status, detail) => {
    cloud.answers.set(manifest, status)
    const { machine } = boot(release(metadata))
    const failed = await phase(machine, 'failed')
    expect(failed.detail).toMatch(detail)
    expect(failed.log).toContain('failed')
  })

  it('reads its secrets before it pulls', async () => {
    const secret = '/secretmanager/v1/projects/demo/secrets/key/versions/3:access'
    cloud.answers.set(manifest, 200).set(secret, 200)
    const { machine } = boot(release({ 'app-secrets': 'KEY=key/3\n' }))
    await phase(machine, 'ready')
    expect(cloud.asked[0]).toBe(`GET ${secret} ${VM}`)
  })

  it('names the secret that it may not read', async () => {
    const secret = '/secretmanager/v1/projects/other/secrets/key/versions/3:access'
    cloud.answers.set(secret, 403)
    const { machine } = boot(release({ 'app-secrets': 'KEY=projects/other/secrets/key/3' }))
    const { detail } = await phase(machine, 'failed')
    expect(detail).toBe('secret KEY (projects/other/secrets/key/3): access denied')
  })

  it('is healthy or not as its app is told to be', async () => {
    cloud.answers.set(manifest, 200)
    const { machine } = boot(release({ 'app-env': 'A=1\nEMULATED_APP=unhealthy' }))
    await phase(machine, 'ready')
    const check = { type: 'HTTP', port: Number(PORT), path: '/', timeoutMs: 500 } as const
    expect(await new Promise((resolve) => machine.probe(check, resolve))).toBe('unhealthy')
  })

  it('says goodbye when preempted, and is left over as a stopped VM', async () => {
    cloud.answers.set(manifest, 200)
    const { machine, statuses } = boot(release())
    await phase(machine, 'ready')
    const address = machine.address()
    machine.preempt()
    expect(report(machine).phase).toBe('stopping')
    await statuses.until('TERMINATED')
    await expect(fetch(`http://${address}:${PORT}`)).rejects.toThrow()
    machine.delete()
    await statuses.until('GONE')
    expect(statuses.seen).toEqual(['STAGING', 'RUNNING', 'STOPPING', 'TERMINATED', 'GONE'])
  })

  it('is told of a preemption two minutes before, and may work until then', async () => {
    const { machine, statuses } = boot(aMachineSpec({ preemptionNoticeMs: 120_000 }))
    await phase(machine, 'ready')
    const port = new URL(cloud.baseUrl()).port
    const preempted = `http://${machine.address()}:${port}/computeMetadata/v1/instance/preempted`
    const headers = { 'Metadata-Flavor': 'Google' }
    const first = await fetch(preempted, { headers })
    expect(await first.text()).toBe('FALSE')
    const since = `wait_for_change=true&last_etag=${first.headers.get('etag')}`
    const waiting = fetch(`${preempted}?${since}`, { headers })
    machine.preempt()
    machine.preempt()
    expect(await (await waiting).text()).toBe('TRUE')
    expect([statuses.seen.at(-1), report(machine).phase]).toEqual(['RUNNING', 'ready'])
    await statuses.until('TERMINATED')
    expect(statuses.seen.slice(-2)).toEqual(['STOPPING', 'TERMINATED'])
  })

  it('is gone after a preemption when its termination action is DELETE', async () => {
    const { machine, statuses } = boot(aMachineSpec({ terminationAction: 'DELETE' }))
    await phase(machine, 'ready')
    machine.preempt()
    await statuses.until('GONE')
    expect(statuses.seen).not.toContain('TERMINATED')
  })

  it('takes its connections with it, also one that never asked for anything', async () => {
    cloud.answers.set(manifest, 200)
    const { machine } = boot(release())
    await phase(machine, 'ready')
    const idle = connect({ host: machine.address() ?? '', port: Number(PORT) })
    await once(idle, 'connect')
    const closed = once(idle, 'close')
    await machines.stop()
    await closed
  })

  it('reports an app port that is none instead of serving', async () => {
    cloud.answers.set(manifest, 200)
    const { machine } = boot(release({ 'app-port': '99999' }))
    expect((await phase(machine, 'failed')).detail).toMatch(/^container failed to start/)
  })

  it('is gone with the reason when it cannot be connected', async () => {
    const lost = createSimulatedMachines({ ...cloud, baseUrl: () => 'nowhere', seed: 1 })
    const statuses = new Statuses()
    lost.start(release(), statuses.observe)
    await statuses.until('GONE')
    expect(statuses.problem).toMatch(/Invalid URL/)
    await lost.stop()
  })

  it('can be deleted at any moment', async () => {
    const { machine, statuses } = boot(release())
    machine.delete()
    await statuses.until('GONE')
    expect(statuses.seen).toEqual(['GONE'])
  })
})
