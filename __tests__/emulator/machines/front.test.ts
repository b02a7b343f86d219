import { createServer, request, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { RealClock } from '../../../emulator/clock.ts'
import { Front, type FrontTarget } from '../../../emulator/machines/front.ts'

const servers: Server[] = []
let targets: FrontTarget[] = []
let front: Front

beforeEach(async () => {
  targets = []
  front = new Front({ clock: new RealClock(200), targets: () => targets })
  await front.listen()
})

afterEach(async () => {
  await front.close()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function add(name: string, server: Server): Promise<void> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  targets.push({ name, address: '127.0.0.1', port })
}

const named = (name: string) => createServer((_, response) => response.end(name))
const ask = async () => (await fetch(front.url)).text()

/** A server that answers only when told to. */
function held(): { server: Server; release: () => void; asked: Promise<void> } {
  let release = () => {}
  let arrived = () => {}
  const asked = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const server = createServer((_, response) => {
    release = () => response.end('late')
    arrived()
  })
  return { server, release: () => release(), asked }
}

describe('Front', () => {
  it('answers 503 while nobody is healthy', async () => {
    expect((await fetch(front.url)).status).toBe(503)
  })

  it('tells who gave which answer, or that nobody could', async () => {
    const told: unknown[] = []
    const counting = new Front({
      clock: new RealClock(200),
      targets: () => targets,
      onAnswer: (status, target) => told.push([status, target?.name]),
    })
    const url = await counting.listen()
    await (await fetch(url)).text()
    await add('a', named('a'))
    await (await fetch(url)).text()
    await counting.close()
    expect(told).toEqual([
      [503, undefined],
      [200, 'a'],
    ])
  })

  it('spreads requests over the healthy instances', async () => {
    for (const name of ['a', 'b', 'c']) await add(name, named(name))
    const answers = [await ask(), await ask(), await ask(), await ask()]
    expect(answers.slice(0, 3).sort()).toEqual(['a', 'b', 'c'])
    expect(answers[3]).toBe(answers[0])
  })

  it('passes on method, path, headers and body, and brings the answer back', async () => {
    await add(
      'echo',
      createServer((request, response) => {
        response.writeHead(418, { 'x-seen': `${request.method} ${request.url}` })
        request.pipe(response)
      })
    )
    const body = 'x'.repeat(100_000)
    const response = await fetch(`${front.url}/a?b=c`, { method: 'POST', body })
    expect(response.status).toBe(418)
    expect(response.headers.get('x-seen')).toBe('POST /a?b=c')
    expect(await response.text()).toBe(body)
  })

  it('goes to the next instance when one refuses the connection', async () => {
    targets.push({ name: 'dead', address: '127.0.0.1', port: 1 })
    await add('alive', named('alive'))
    expect([await ask(), await ask(), await ask()]).toEqual(['alive', 'alive', 'alive'])
  })

  it('does not repeat a request that was already sent', async () => {
    let count = 0
    const rude = createServer((request) => {
      count++
      request.socket.destroy()
    })
    await add('rude', rude)
    await add('kind', named('kind'))
    const response = await fetch(front.url, { method: 'POST', body: 'once' })
    expect(response.status).toBe(502)
    expect(count).toBe(1)
  })

  it('calls an instance drained when its last request has its answer', async () => {
    const { server, release, asked } = held()
    await add('slow', server)
    const answer = ask()
    await asked
    targets = []
    let drained = false
    const done = new Promise<void>((resolve) => {
      front.drain('slow', () => {
        drained = true
        resolve()
      })
    })
    expect((await fetch(front.url)).status).toBe(503)
    expect(drained).toBe(false)
    release()
    expect(await answer).toBe('late')
    await done
  })

  it('does not wait for a request that never ends', async () => {
    const { server, asked } = held()
    await add('stuck', server)
    const answer = fetch(front.url).catch(() => 'broken')
    await asked
    // Ten seconds of the cloud are 50 ms here.
    await new Promise<void>((resolve) => front.drain('stuck', resolve))
    server.closeAllConnections()
    await answer
  })

  it('forgets a client that left while its turn came', async () => {
    let asked = 0
    await add(
      'alive',
      createServer(() => {
        asked++
      })
    )
    const [alive] = targets
    const dead = { name: 'dead', address: '127.0.0.1', port: 1 }
    const tried = Promise.withResolvers<void>()
    const patient = new Front({
      clock: new RealClock(1),
      targets: () => {
        leaving.destroy()
        tried.resolve()
        return [...Array(500).fill(dead), alive]
      },
    })
    const leaving = request(await patient.listen()).on('error', () => {})
    leaving.end()
    await tried.promise
    // Long enough for five hundred refused connections.
    await new Promise<void>((resolve) => setTimeout(resolve, 300))
    let drained = false
    patient.drain('alive', () => {
      drained = true
    })
    expect({ drained, asked }).toEqual({ drained: true, asked: 0 })
    await patient.close()
  })

  it('drains an idle instance at once', () => {
    let drained = false
    front.drain('idle', () => {
      drained = true
    })
    expect(drained).toBe(true)
  })
})
