import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

interface Reply {
  readonly id?: number
  readonly method?: string
  readonly params?: {
    readonly entry?: { readonly text?: string }
    readonly exceptionDetails?: { readonly text?: string }
  }
  readonly result?: {
    readonly sessionId?: string
    readonly targetId?: string
    readonly result?: { readonly value?: unknown }
  }
  readonly error?: { readonly message: string }
}

const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0']

/** One page in a Chromium without a window, spoken to by the DevTools protocol. */
export class Chromium {
  /** What the page complained about: errors of scripts, and whatever its policy has kept out. */
  readonly complaints: string[] = []
  readonly #child: ChildProcess
  readonly #socket: WebSocket
  readonly #profile: string
  readonly #waiting = new Map<number, (reply: Reply) => void>()
  #session: string | undefined
  #calls = 0

  private constructor(child: ChildProcess, socket: WebSocket, profile: string) {
    this.#child = child
    this.#socket = socket
    this.#profile = profile
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data))))
  }

  static async open(
    url: string,
    { width, height }: { width: number; height: number }
  ): Promise<Chromium> {
    const profile = await mkdtemp(join(tmpdir(), 'chromium-'))
    const folder = `--user-data-dir=${profile}`
    const child = spawn('chromium', [...ARGUMENTS, folder, `--window-size=${width},${height}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const socket = new WebSocket(await addressOf(child))
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', () => reject(new Error('Chromium does not answer.')))
    })
    const chromium = new Chromium(child, socket, profile)
    const target = await chromium.#call('Target.createTarget', { url: 'about:blank' })
    const attach = { targetId: target?.targetId, flatten: true }
    const attached = await chromium.#call('Target.attachToTarget', attach)
    chromium.#session = attached?.sessionId
    await chromium.#call('Log.enable')
    await chromium.#call('Runtime.enable')
    await chromium.#call('Page.enable')
    await chromium.#call('Page.navigate', { url })
    return chromium
  }

  /** The value of an expression in the page; promises are waited for. */
  async evaluate(expression: string): Promise<unknown> {
    const how = { expression, awaitPromise: true, returnByValue: true }
    return (await this.#call('Runtime.evaluate', how))?.result?.value
  }

  /** Asks again and again, until the answer is yes. @throws Error after 10 s */
  async until(expression: string): Promise<void> {
    const frames = `new Promise((over) => {
      const from = Date.now()
      const look = () => (${expression}) ? over(true) : Date.now() - from > 10_000 ? over(false) : setTimeout(look, 50)
      look()
    })`
    if ((await this.evaluate(frames)) !== true) throw new Error(`It never came true: ${expression}`)
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('close', resolve))
    this.#socket.close()
    this.#child.kill()
    await gone
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 3 })
  }

  #call(method: string, params: object = {}): Promise<Reply['result']> {
    const id = ++this.#calls
    const { promise, resolve, reject } = Promise.withResolvers<Reply['result']>()
    this.#waiting.set(id, ({ result, error }) =>
      error ? reject(new Error(error.message)) : resolve(result)
    )
    this.#socket.send(JSON.stringify({ id, method, params, sessionId: this.#session }))
    return promise
  }

  #hear(reply: Reply): void {
    if (reply.method === 'Log.entryAdded' || reply.method === 'Runtime.exceptionThrown') {
      const { entry, exceptionDetails } = reply.params ?? {}
      this.complaints.push(entry?.text ?? exceptionDetails?.text ?? '')
    }
    if (reply.id === undefined) return
    this.#waiting.get(reply.id)?.(reply)
    this.#waiting.delete(reply.id)
  }
}

/** Chromium says on which port it listens. */
async function addressOf({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('Chromium has no output.')
  for await (const line of createInterface({ input: stderr })) {
    const [, address] = /^DevTools listening on (ws:\S+)$/.exec(line) ?? []
    if (address !== undefined) {
      stderr.resume()
      return address
    }
  }
  throw new Error('Chromium ended at once.')
}
