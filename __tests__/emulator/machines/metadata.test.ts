import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Addresses } from '../../../emulator/machines/address.ts'
import { Presence } from '../../../emulator/machines/presence.ts'
import { aMachineSpec, FakeCloud } from './cloud.ts'

const FLAVOR = { 'Metadata-Flavor': 'Google' }
let cloud: FakeCloud
let presence: Presence

async function start(metadata: Record<string, string>): Promise<void> {
  presence = new Presence(aMachineSpec({ metadata }), { ...cloud, addresses: new Addresses() })
  await presence.open()
}

beforeEach(async () => {
  cloud = await new FakeCloud(1).open()
  await start({ 'enable-guest-attributes': 'TRUE', 'app-port': '8080', 'app-env': 'A=1\nB=ü' })
})

afterEach(async () => {
  await presence.close()
  await cloud.close()
})

const url = (path: string) => `http://${presence.metadataHost}/computeMetadata/v1/${path}`
const read = (path: string, init: RequestInit = {}) =>
  fetch(url(path), { headers: FLAVOR, ...init })
const text = async (path: string) => (await read(path)).text()

describe('the metadata server', () => {
  it('listens on the address of the VM, on the port of the emulator', () => {
    const port = new URL(cloud.baseUrl()).port
    expect(presence.metadataHost).toMatch(new RegExp(`^127\\.0\\.1\\.\\d+:${port}$`))
  })

  it('keeps away from an address where a stranger holds that port', async () => {
    const port = Number(new URL(cloud.baseUrl()).port)
    const claim = await new Addresses().claim()
    const stranger = createServer().listen({ host: claim.address, port })
    await once(stranger, 'listening')
    await claim.release()
    const guest = new Presence(aMachineSpec(), { ...cloud, addresses: new Addresses() })
    try {
      await guest.open()
      expect(guest.address).not.toBe(claim.address)
      const { status } = await fetch(`http://${guest.metadataHost}/`, { headers: FLAVOR })
      expect(status).toBe(200)
    } finally {
      await guest.close()
      await new Promise((resolve) => stranger.close(resolve))
    }
  })

  it.each([
    ['project/project-id', 'demo'],
    ['project/numeric-project-id', '123456789012'],
    ['instance/name', 'mervis-x7k2'],
    ['instance/id', '4127943328355493061'],
    ['instance/zone', 'projects/123456789012/zones/europe-west3-a'],
    ['instance/hostname', 'mervis-x7k2.europe-west3-a.c.demo.internal'],
    ['instance/attributes/app-port', '8080'],
    ['instance/attributes/app-env', 'A=1\nB=ü'],
    ['instance/attributes/', 'enable-guest-attributes\napp-port\napp-env\n'],
    ['instance/service-accounts/default/email', 'vm@demo.iam.gserviceaccount.com'],
    ['instance/service-accounts/default/scopes', 'https://www.googleapis.com/auth/cloud-platform'],
    ['instance/service-accounts/', 'default/\nvm@demo.iam.gserviceaccount.com/\n'],
    ['instance/preempted', 'FALSE'],
    ['instance/maintenance-event', 'NONE'],
    ['instance/scheduling/preemptible', 'TRUE'],
    ['universe/universe-domain', 'googleapis.com'],
  ])('%s', async (path, value) => {
    const response = await read(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('metadata-flavor')).toBe('Google')
    expect(await response.text()).toBe(value)
  })

  it('tells the VM its own address', async () => {
    expect(await text('instance/network-interfaces/0/ip')).toBe(presence.address)
  })

  it('gives tokens that speak for the service account of the VM', async () => {
    const response = await read('instance/service-accounts/default/token')
    const token = JSON.parse(await response.text())
    expect(token).toEqual({
      access_token: expect.any(String),
      expires_in: expect.any(Number),
      token_type: 'Bearer',
    })
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(cloud.tokens.verify(token.access_token)?.member).toBe(
      'serviceAccount:vm@demo.iam.gserviceaccount.com'
    )
  })

  it('shows a whole directory as JSON, without tokens', async () => {
    const instance = JSON.parse(await text('instance/?recursive=true'))
    expect(instance).toMatchObject({
      attributes: { 'app-port': '8080' },
      networkInterfaces: [{ ip: presence.address }],
      serviceAccounts: { default: { aliases: ['default'] } },
      machineType: 'projects/123456789012/machineTypes/e2-small',
    })
    expect(instance.serviceAccounts.default).not.toHaveProperty('token')
    expect(JSON.parse(await text('instance/name?alt=json'))).toBe('mervis-x7k2')
  })

  it('sends readers of a directory to its address with a slash', async () => {
    const response = await read('instance/attributes', { redirect: 'manual' })
    expect(response.status).toBe(301)
    expect(response.headers.get('location')).toBe('/computeMetadata/v1/instance/attributes/')
  })

  it.each([
    ['without the header', {}, 403],
    ['with a wrong header', { 'Metadata-Flavor': 'Other' }, 403],
    ['when forwarded', { ...FLAVOR, 'X-Forwarded-For': '10.0.0.1' }, 403],
  ])('refuses a request %s', async (_, headers, status) => {
    const response = await fetch(url('instance/name'), { headers })
    expect(response.status).toBe(status)
    expect(response.headers.get('metadata-flavor')).toBe('Google')
  })

  it.each(['instance/attributes/nothing', 'instance/attributes/constructor', 'elsewhere'])(
    'answers with a web page for %s',
    async (path) => {
      const response = await read(path)
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toContain('text/html')
      expect(await response.text()).toContain('Error 404 (Not Found)')
    }
  )

  it('lets readers wait for a preemption', async () => {
    const waiting = text('instance/preempted?wait_for_change=true')
    expect(await text('instance/preempted?wait_for_change=true&timeout_sec=0.05')).toBe('FALSE')
    presence.announcePreemption()
    expect(await waiting).toBe('TRUE')
    const seen = (await read('instance/preempted')).headers.get('etag')
    const late = await text(`instance/preempted?wait_for_change=true&last_etag=0${seen}`)
    expect(late).toBe('TRUE')
  })

  it('closes while somebody waits', async () => {
    const hanging = new Promise((resolve) => {
      request(url('instance/preempted?wait_for_change=true'), { headers: FLAVOR })
        .once('error', resolve)
        .end()
    })
    await text('instance/name')
    await presence.close()
    expect(await hanging).toMatchObject({ code: 'ECONNRESET' })
  })
})

describe('guest attributes', () => {
  const put = (path: string, body: string) =>
    read(`instance/guest-attributes/${path}`, { method: 'PUT', body })

  it('are written, read, listed and removed from inside', async () => {
    expect((await put('deploy/boot', '{"phase":"ready"}')).status).toBe(200)
    expect(await text('instance/guest-attributes/deploy/boot')).toBe('{"phase":"ready"}')
    expect(await text('instance/guest-attributes/deploy/')).toBe('boot\n')
    expect(presence.guestAttributes.list()).toEqual([
      { namespace: 'deploy', key: 'boot', value: '{"phase":"ready"}' },
    ])
    await read('instance/guest-attributes/deploy/boot', { method: 'DELETE' })
    expect((await read('instance/guest-attributes/deploy/boot')).status).toBe(404)
  })

  it('written faster than three a second are lost', async () => {
    for (const value of ['1', '2', '3', '4', '5']) await put('deploy/boot', value)
    expect(await text('instance/guest-attributes/deploy/boot')).toBe('3')
    expect(presence.guestAttributes.lost).toBe(2)
  })

  it('are refused where the metadata does not allow them', async () => {
    await presence.close()
    await start({})
    expect((await put('deploy/boot', 'x')).status).toBe(403)
    expect((await read('instance/guest-attributes/deploy/boot')).status).toBe(403)
  })
})

describe('Addresses', () => {
  it('are never given out twice, and are free again after release', async () => {
    const [one, other] = [new Addresses(), new Addresses()]
    const claims = await Promise.all([one.claim(), other.claim(), one.claim(), other.claim()])
    expect(new Set(claims.map((claim) => claim.address)).size).toBe(4)
    const canBeTaken = () => Promise.all(claims.map(({ address }) => canListen(address)))
    expect(await canBeTaken()).toEqual([false, false, false, false])
    await Promise.all(claims.map((claim) => claim.release()))
    // Suites beside this one may take some of them at once, but never all.
    expect(await canBeTaken()).toContain(true)
  })
})

/** Whether the port by which an address is claimed is free there. */
function canListen(address: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const server = createServer()
  server.on('error', () => resolve(false))
  server.listen({ host: address, port: 27_101 }, () => server.close(() => resolve(true)))
  return promise
}
