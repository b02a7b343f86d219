import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openLocalFile } from '../../../../src/adapters/disk/file-reader.ts'
import { gaxiosBlobSender } from '../../../../src/adapters/network/upload.ts'
import type { BlobRequest } from '../../../../src/image/push/upload.ts'
import { networkReason } from '../../../../src/lib/network-reason.ts'
import { withServer } from '../../../fakes/loopback-server.ts'

let directory = ''
let path = ''

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'upload-test-'))
  path = join(directory, 'layout.tar')
  await writeFile(path, 'before|the part|after')
})

afterAll(() => rm(directory, { recursive: true }))

function send(url: string, more: Partial<BlobRequest> = {}) {
  return gaxiosBlobSender().send({
    method: 'PUT',
    url,
    headers: { 'content-length': '8', authorization: 'Bearer x' },
    body: { path, offset: 7, length: 8 },
    idleMs: 10_000,
    signal: new AbortController().signal,
    ...more,
  })
}

/** A server that treats requests as it likes. */
async function withListener(listener: RequestListener, work: (url: string) => Promise<void>) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

describe('gaxiosBlobSender', () => {
  it('sends that part of the file, and says how long it is', async () => {
    await withServer(
      (_, response) => response.writeHead(201, { 'docker-content-digest': 'sha256:x' }).end('ok'),
      async (url, received) => {
        expect(await send(url)).toMatchObject({
          status: 201,
          body: 'ok',
          headers: { 'docker-content-digest': 'sha256:x' },
        })
        expect(received).toEqual([expect.objectContaining({ method: 'PUT', body: 'the part' })])
        expect(received[0]?.headers).toMatchObject({
          'content-length': '8',
          authorization: 'Bearer x',
        })
        expect(received[0]?.headers['transfer-encoding']).toBeUndefined()
      }
    )
  })

  it.each([202, 204, 307, 401, 416, 503])('takes %d for an answer', async (status) => {
    await withServer(
      (_, response) => response.writeHead(status, { range: '0-99' }).end(),
      async (url, received) => {
        expect(await send(url)).toMatchObject({ status, headers: { range: '0-99' } })
        expect(received).toHaveLength(1)
      }
    )
  })

  it('asks without a body', async () => {
    await withServer(
      (_, response) => response.writeHead(204).end(),
      async (url, received) => {
        await gaxiosBlobSender().send({
          method: 'GET',
          url,
          headers: {},
          idleMs: 1_000,
          signal: new AbortController().signal,
        })
        expect(received[0]).toMatchObject({ method: 'GET', body: '' })
      }
    )
  })

  it('throws when the connection breaks', async () => {
    const reset: RequestListener = (request) => request.socket.resetAndDestroy()
    await withListener(reset, async (url) => {
      await expect(send(url)).rejects.toThrow(/ECONNRESET|socket hang up/)
    })
  })

  it('reads the answer of a server that does not want the rest', async () => {
    const big = join(directory, 'big')
    await writeFile(big, Buffer.alloc(20_000_000))
    const refuse: RequestListener = (_, response) => {
      response.writeHead(403, { connection: 'close' }).end('denied')
    }
    await withListener(refuse, async (url) => {
      const answer = await send(url, {
        headers: { 'content-length': '20000000' },
        body: { path: big, offset: 0, length: 20_000_000 },
      }).catch((error: unknown) => String(error))
      // Whether the answer or the broken pipe is noticed first is luck; it never hangs.
      if (typeof answer === 'string') expect(answer).toMatch(/EPIPE|ECONNRESET/)
      else expect(answer.status).toBe(403)
    })
  })

  it('gives up on a server that does not move', async () => {
    const startedAt = performance.now()
    await withListener(
      () => undefined,
      async (url) => {
        expect(await send(url, { idleMs: 200 }).catch(networkReason)).toBe(
          'nothing moved for 0.2 s'
        )
      }
    )
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  it('stops when it is cancelled', async () => {
    const cancel = new AbortController()
    setTimeout(() => cancel.abort(new Error('cancelled')), 50)
    await withListener(
      () => undefined,
      async (url) => {
        await expect(send(url, { signal: cancel.signal })).rejects.toThrow()
      }
    )
  })

  it('throws when the file is gone', async () => {
    await withServer(
      (_, response) => response.writeHead(201).end(),
      async (url) => {
        const body = { path: join(directory, 'none'), offset: 0, length: 8 }
        expect(await send(url, { body }).catch(networkReason)).toContain('ENOENT')
      }
    )
  })
})

describe('openLocalFile', () => {
  it('reads any part, and less at the end', async () => {
    const file = await openLocalFile(path)
    expect(file.sizeBytes).toBe(21)
    expect(String(await file.read(7, 8))).toBe('the part')
    expect(String(await file.read(16, 100))).toBe('after')
    expect(await file.read(100, 5)).toHaveLength(0)
    await file.close()
  })
})
