import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RealClock } from '../../../emulator/clock.ts'
import { Tokens } from '../../../emulator/google/tokens.ts'
import type { MachineSpec, MachineStatus } from '../../../emulator/machines/machine.ts'

/** A stand-in for the rest of the emulator: answers as told, and remembers what it was asked. */
export class FakeCloud {
  readonly clock: RealClock
  readonly tokens: Tokens
  readonly project = { id: 'demo', number: '123456789012' }
  readonly asked: string[] = []
  /** Status by path; everything else is 404. */
  readonly answers = new Map<string, number>()
  readonly #server: Server

  constructor(speed = 100) {
    this.clock = new RealClock(speed)
    this.tokens = new Tokens(this.clock)
    this.#server = createServer((request, response) => {
      this.asked.push(`${request.method} ${request.url} ${this.#member(request)}`)
      response.writeHead(this.answers.get(request.url ?? '') ?? 404).end()
    })
  }

  baseUrl = (): string => `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return this
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #member({ headers }: IncomingMessage): string {
    const token = headers.authorization?.replace(/^Bearer /, '') ?? ''
    return this.tokens.verify(token)?.member ?? 'nobody'
  }
}

export const DIGEST = `sha256:${'a'.repeat(64)}`

export function aMachineSpec(overrides: Partial<MachineSpec> = {}): MachineSpec {
  return {
    id: '4127943328355493061',
    name: 'mervis-x7k2',
    zone: 'europe-west3-a',
    machineType: 'e2-small',
    metadata: { 'enable-guest-attributes': 'TRUE' },
    serviceAccount: {
      email: 'vm@demo.iam.gserviceaccount.com',
      scopes: ['https://www.googleapis.com/auth/cloud-platform'],
    },
    tags: ['mervis'],
    spot: true,
    terminationAction: 'STOP',
    preemptionNoticeMs: 0,
    ...overrides,
  }
}

/** Collects a machine's statuses and lets a test wait for one of them. */
export class Statuses {
  readonly seen: (MachineStatus | 'GONE')[] = []
  problem: string | undefined
  readonly #waiting = new Map<string, () => void>()

  observe = (status: MachineStatus | 'GONE', problem?: string): void => {
    this.seen.push(status)
    this.problem ??= problem
    this.#waiting.get(status)?.()
  }

  async until(status: MachineStatus | 'GONE'): Promise<void> {
    if (this.seen.includes(status)) return
    await new Promise<void>((resolve) => this.#waiting.set(status, resolve))
  }
}

/** Asks again every few milliseconds until the answer passes. */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  passes: (value: T) => boolean,
  limitMs = 4_000
): Promise<T> {
  const deadline = Date.now() + limitMs
  for (;;) {
    const value = await ask()
    if (passes(value)) return value
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
