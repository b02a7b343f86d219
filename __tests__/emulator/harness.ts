import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/start.ts'

export const PROJECT = 'mervis-demo'
export const NUMBER = '123456789012'
export const OWNER = 'user:owner@example.com'
export const DEPLOYER = `serviceAccount:deployer@${PROJECT}.iam.gserviceaccount.com`

/** A running emulator that leaves nothing behind. */
export interface Harness {
  readonly emulator: Emulator
  readonly directory: string
  stop(): Promise<void>
}

export async function startHarness(options: Partial<EmulatorOptions> = {}): Promise<Harness> {
  const directory = await mkdtemp(join(tmpdir(), 'emulator-test-'))
  const emulator = await startEmulator({ ...options, dataDirectory: join(directory, 'data') })
  return {
    emulator,
    directory,
    async stop() {
      await emulator.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into, and a wrong guess fails the test
  readonly json: any
}

export interface Call {
  readonly method?: string
  /** Sent as JSON unless it is text already. */
  readonly body?: unknown
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One request; answers of any status are answers. */
export async function call(url: string, options: Call = {}): Promise<Answer> {
  const { body, token, headers } = options
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const response = await fetch(url, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
    ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Switches APIs on, as the terraform under test does first. */
export async function enable({ emulator }: Harness, ...apis: readonly string[]): Promise<void> {
  const url = `${emulator.url}/serviceusage/v1/projects/${PROJECT}/services:batchEnable`
  const serviceIds = apis.map((api) => `${api}.googleapis.com`)
  const answer = await call(url, { body: { serviceIds }, token: emulator.accessToken() })
  if (answer.status !== 200) throw new Error(answer.text)
}
