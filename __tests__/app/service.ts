import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The service as a real process, the way its image starts it. */
export class Service {
  readonly port: number
  readonly #child: ChildProcess
  #output = ''

  private constructor(port: number, child: ChildProcess) {
    this.port = port
    this.#child = child
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      this.#output += part
    })
  }

  /** Starts with exactly these settings and does not wait. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Service> {
    const port = await findFreePort()
    const base = { PATH: process.env['PATH'] ?? '', PYTHONDONTWRITEBYTECODE: '1' }
    const own = { PYTHONUNBUFFERED: '1', BIND_ADDRESS: '127.0.0.1', PORT: String(port) }
    const child = spawn('python3', ['-m', 'app'], {
      cwd: root,
      env: { ...base, ...own, ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    return new Service(port, child)
  }

  /** Resolves once a log line has this text. */
  async said(text: string): Promise<void> {
    const hasEnded = this.ended()
    while (!this.#output.includes(text)) {
      if (this.#child.stdout === null) throw new Error('no output')
      const next = await Promise.race([once(this.#child.stdout, 'data'), hasEnded])
      if (typeof next === 'number' && !this.#output.includes(text)) {
        throw new Error(`ended with ${next} before it said "${text}": ${this.#output}`)
      }
    }
  }

  /** Every line so far; each one has to be JSON. */
  lines(): Record<string, unknown>[] {
    return this.#output
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Record<string, unknown> => JSON.parse(line))
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** The exit code; -1 when a signal ended it. */
  async ended(): Promise<number> {
    const { exitCode, signalCode } = this.#child
    if (exitCode === null && signalCode === null) await once(this.#child, 'close')
    return this.#child.exitCode ?? -1
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL')
    await this.ended()
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
