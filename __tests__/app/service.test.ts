import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from '@jest/globals'
import { Service } from './service.ts'

const started: Service[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((service) => service.kill()))
})

async function running(settings: Readonly<Record<string, string>> = {}): Promise<Service> {
  const service = await Service.start(settings)
  started.push(service)
  await service.said('listens on port')
  return service
}

/**
 * A request of which the service has the first half: it is in hand, and its answer waits for the
 * rest.
 */
async function halfARequest(service: Service): Promise<Socket> {
  const socket = connect(service.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('GET / HTTP/1.0\r\n')
  // A second, whole request is answered after the first connection was accepted.
  await fetch(`http://127.0.0.1:${service.port}/healthz`)
  return socket
}

describe('Mervis', () => {
  it('tells who it is, in Korean time', async () => {
    const service = await running({ GREETING: '안녕하세요', APP_RELEASE: '0123456789ab' })
    const response = await fetch(`http://127.0.0.1:${service.port}/?who`)
    const body = (await response.json()) as Record<string, unknown>
    expect(response.status).toBe(200)
    expect(body).toEqual({
      service: 'mervis',
      greeting: '안녕하세요',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      release: '0123456789ab',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+09:00$/),
      hostname: expect.any(String),
    })
    expect(Math.abs(Date.parse(String(body['time'])) - Date.now())).toBeLessThan(5_000)
  })

  it.each([
    ['GET', '/healthz', 200, { status: 'ok' }],
    ['GET', '/nowhere', 404, { error: 'nothing at /nowhere' }],
  ])('answers %s %s with %i', async (method, path, status, body) => {
    const service = await running()
    const response = await fetch(`http://127.0.0.1:${service.port}${path}`, { method })
    expect([response.status, await response.json()]).toEqual([status, body])
  })

  it('answers HEAD without a body and refuses other methods', async () => {
    const service = await running()
    const statusOf = async (method: string): Promise<number> =>
      (await fetch(`http://127.0.0.1:${service.port}/`, { method })).status
    expect([await statusOf('HEAD'), await statusOf('POST')]).toEqual([200, 501])
  })

  it('logs one JSON object per line with the fields that Cloud Logging reads', async () => {
    const service = await running({ LOG_LEVEL: 'debug' })
    await fetch(`http://127.0.0.1:${service.port}/`)
    await service.said('GET / 200')
    expect(service.lines().at(-1)).toEqual({
      time: expect.stringMatching(/\+09:00$/),
      severity: 'INFO',
      message: 'GET / 200',
      path: '/',
      status: 200,
      duration_ms: expect.any(Number),
    })
  })
})

describe('a stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s ends an idle service at once', async (name) => {
    const service = await running()
    const askedAt = performance.now()
    service.signal(name)
    expect(await service.ended()).toBe(0)
    expect(performance.now() - askedAt).toBeLessThan(2_000)
    expect(service.lines().at(-1)).toMatchObject({ severity: 'INFO', message: 'stopped' })
  })

  it('finishes the request in hand, turns new work away and reports unhealthy meanwhile', async () => {
    const service = await running()
    const socket = await halfARequest(service)
    service.signal('SIGTERM')
    await service.said('stopping')

    const health = await fetch(`http://127.0.0.1:${service.port}/healthz`)
    const late = await fetch(`http://127.0.0.1:${service.port}/`)
    expect([health.status, late.status]).toEqual([503, 503])

    socket.write('\r\n')
    expect(await text(socket)).toContain('200 OK')
    expect(await service.ended()).toBe(0)
    expect(service.lines().at(-1)).toMatchObject({ message: 'stopped' })
  })

  it('does not wait longer than DRAIN_SECONDS, and says what it left', async () => {
    const service = await running({ DRAIN_SECONDS: '1' })
    const socket = await halfARequest(service)
    service.signal('SIGTERM')
    expect(await service.ended()).toBe(0)
    socket.destroy()
    expect(service.lines().at(-1)).toMatchObject({
      severity: 'WARNING',
      message: 'stopped with 1 unfinished after 1 s',
    })
  })

  it('works again and again under load without losing an answer', async () => {
    const service = await running()
    const ask = async (): Promise<number> =>
      (await fetch(`http://127.0.0.1:${service.port}/`)).status
    const answers = await Promise.all(Array.from({ length: 100 }, ask))
    service.signal('SIGTERM')
    expect(answers).toEqual(Array.from({ length: 100 }, () => 200))
    expect(await service.ended()).toBe(0)
    expect(service.lines().at(-1)).toMatchObject({ message: 'stopped' })
  })
})

describe('settings', () => {
  it('are checked all at once, and wrong ones stop the start', async () => {
    const service = await Service.start({
      PORT: '70000',
      LOG_LEVEL: 'loud',
      DRAIN_SECONDS: '99',
      GREETING: 'x'.repeat(201),
    })
    expect(await service.ended()).toBe(2)
    expect(service.lines()).toEqual([
      {
        time: expect.any(String),
        severity: 'CRITICAL',
        message: expect.stringContaining('cannot start: PORT is '),
        problems: [
          "PORT is '70000', expected a whole number from 1 to 65535",
          "DRAIN_SECONDS is '99', expected a whole number from 0 to 20",
          "LOG_LEVEL is 'LOUD', expected one of DEBUG, INFO, WARNING, ERROR",
          'GREETING has 201 characters, at most 200 fit',
        ],
      },
    ])
  })

  it.each(['0', '-1', '8080.5', '80 80', '٨٠٨٠', '99999999999999999999', 'http'])(
    'do not take %j for a port',
    async (port) => {
      const service = await Service.start({ PORT: port })
      expect(await service.ended()).toBe(2)
    }
  )

  it('take an empty variable for an absent one', async () => {
    const service = await running({ GREETING: ' ', LOG_LEVEL: '', DRAIN_SECONDS: '' })
    const response = await fetch(`http://127.0.0.1:${service.port}/`)
    expect(await response.json()).toMatchObject({ greeting: 'At your service.', release: '' })
  })

  it('name the address that is taken', async () => {
    const first = await running()
    const second = await Service.start({ PORT: String(first.port) })
    expect(await second.ended()).toBe(1)
    expect(second.lines().at(-1)?.['message']).toContain(`cannot listen on 127.0.0.1:${first.port}`)
  })
})

describe('the health check', () => {
  const check = (port: number): number | null =>
    spawnSync('python3', ['-B', '-m', 'app.health'], {
      cwd: join(import.meta.dirname, '../..'),
      env: { PATH: process.env['PATH'] ?? '', PORT: String(port) },
    }).status

  it('agrees with a service that is well', async () => {
    const service = await running()
    expect(check(service.port)).toBe(0)
  })

  it('fails where nothing listens', async () => {
    const service = await running()
    service.signal('SIGTERM')
    await service.ended()
    expect(check(service.port)).toBe(1)
  })

  it('fails while the service stops', async () => {
    const service = await running()
    const socket = await halfARequest(service)
    service.signal('SIGTERM')
    await service.said('stopping')
    expect(check(service.port)).toBe(1)
    socket.destroy()
  })
})
