import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { LocalByteStreams } from '../../../../src/adapters/processes/byte-stream.ts'

const NODE = process.execPath
const never = new AbortController().signal
const streams = new LocalByteStreams({
  PATH: process.env['PATH'],
  HOME: '/home/ada',
  INPUT_SECRETS: 'x',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
  STATE_X: 'x',
})

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'byte-stream-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function program(text: string, signal = never): AsyncIterable<Buffer> {
  return streams.ofTool(NODE, ['-e', text], signal)
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Says its process id, then writes for ever. */
const ENDLESS = `
  process.stdout.write(String(process.pid).padEnd(16))
  const more = () => process.stdout.write(Buffer.alloc(65536), more)
  more()`

/** Says its process id, then is silent for ever. */
const SILENT = `process.stdout.write(String(process.pid).padEnd(16)); setInterval(() => {}, 1000)`

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      process.kill(pid, 0)
    } catch {
      return true
    }
    await sleep(25)
  }
  return false
}

describe('LocalByteStreams.ofTool', () => {
  it('gives every byte', async () => {
    const bytes = await collect(
      program('for (let i = 0; i < 300; i++) process.stdout.write(Buffer.alloc(10000, i))')
    )
    const expected = Array.from({ length: 300 }, (_, index) => Buffer.alloc(10_000, index))
    expect(bytes.equals(Buffer.concat(expected))).toBe(true)
  })

  it('fails where the tool fails, with its last words, after what it gave', async () => {
    const seen: string[] = []
    const read = async () => {
      const text = "console.log('a'); console.error('one\\n\\ntwo\\n'); process.exitCode = 3"
      for await (const piece of program(text)) seen.push(String(piece))
    }
    await expect(read()).rejects.toMatchObject({
      name: 'StreamError',
      message: `${NODE} ended with exit code 3: two`,
    })
    expect(seen.join('')).toBe('a\n')
  })

  it('fails where the tool says nothing, or is killed', async () => {
    await expect(collect(program('process.exitCode = 1'))).rejects.toThrow(/exit code 1$/)
    await expect(collect(program('process.kill(process.pid)'))).rejects.toThrow('by a signal')
  })

  it('fails where there is no such tool', async () => {
    await expect(collect(streams.ofTool('no-such-tool-here', [], never))).rejects.toMatchObject({
      name: 'StreamError',
      message: expect.stringMatching(/^no-such-tool-here could not be started/),
    })
  })

  it('tells the tool nothing that is ours alone', async () => {
    const text = await collect(program('console.log(JSON.stringify(process.env))'))
    const seen: Record<string, string> = JSON.parse(String(text))
    expect(seen['HOME']).toBe('/home/ada')
    expect(Object.keys(seen).filter((name) => /^(INPUT|ACTIONS|STATE)_/.test(name))).toEqual([])
  })

  it('starts nothing after an abort', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'))
    await expect(collect(program('console.log(1)', signal))).rejects.toThrow('cancelled')
  })

  it.each([
    ['that writes on', ENDLESS],
    ['that is silent', SILENT],
  ])('kills a child %s when it is aborted', async (_, text) => {
    const cancel = new AbortController()
    let pid = 0
    const read = async () => {
      for await (const piece of program(text, cancel.signal)) {
        pid ||= Number(piece.subarray(0, 16))
        cancel.abort(new Error('cancelled'))
      }
    }
    await expect(read()).rejects.toThrow('cancelled')
    expect(await isGone(pid)).toBe(true)
  })

  it.each([
    ['nobody wants more', (): undefined => undefined],
    [
      'its reader fails',
      (): never => {
        throw new Error('a bug')
      },
    ],
  ])('kills the child when %s', async (_, react) => {
    let pid = 0
    const read = async () => {
      for await (const piece of program(ENDLESS)) {
        pid = Number(piece.subarray(0, 16))
        react()
        break
      }
    }
    await read().catch((error: Error) => expect(error.message).toBe('a bug'))
    expect(await isGone(pid)).toBe(true)
  })
})

describe('LocalByteStreams.ofFile', () => {
  it('gives every byte', async () => {
    const path = join(folder, 'file')
    const bytes = Buffer.alloc(1_000_000, 'abc')
    writeFileSync(path, bytes)
    expect((await collect(streams.ofFile(path, never))).equals(bytes)).toBe(true)
  })

  it('says which file is not there', async () => {
    const path = join(folder, 'gone')
    await expect(collect(streams.ofFile(path, never))).rejects.toMatchObject({
      name: 'StreamError',
      message: expect.stringContaining(path),
    })
  })

  it('ends when it is aborted', async () => {
    const path = join(folder, 'large')
    writeFileSync(path, Buffer.alloc(5_000_000))
    const cancel = new AbortController()
    const read = async () => {
      for await (const _ of streams.ofFile(path, cancel.signal)) {
        cancel.abort(new Error('cancelled'))
      }
    }
    await expect(read()).rejects.toThrow('cancelled')
  })
})
