import { lastLine } from '../../lib/last-line.ts'
import type { Clock, CommandRunner, Log, TokenSource } from '../../ports.ts'
import { type ClientFolderPorts, withLogin } from '../build/client-folder.ts'
import { renderTagReference } from '../reference.ts'
import { type PushTarget, pushFailed, refused } from './target.ts'

export interface EnginePushPorts extends ClientFolderPorts {
  readonly commands: CommandRunner
  readonly tokens: TokenSource
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
}

export interface EnginePushOptions {
  readonly target: PushTarget
  readonly imageId: string
  readonly tag: string
  /** A folder of ours for a client configuration that is gone after the push. */
  readonly workDirectory: string
  readonly signal: AbortSignal
}

const TIMEOUT_MS = 60 * 60_000
const ATTEMPTS = 3
const FIRST_DELAY_MS = 2_000

/**
 * Lets the engine push the image under the tag, and answers the digest that it says it pushed. What
 * the network or the registry spoils for a moment is tried again, each time with a fresh token.
 *
 * @throws ActionError IMAGE_PUSH_FAILED
 */
export async function pushFromEngine(
  ports: EnginePushPorts,
  options: EnginePushOptions
): Promise<string> {
  const reference = renderTagReference(options.target.repository, options.tag)
  await tagInEngine(ports, options, reference)
  for (let attempt = 1; ; attempt++) {
    const { digest, said } = await pushOnce(ports, options, reference)
    if (digest !== undefined) return digest
    const isPassing = isPassingWord(said)
    if (!isPassing) throw refused(options.target, { status: 0, message: said })
    if (attempt === ATTEMPTS) {
      const { hint } = refused(options.target, { status: 0, message: said })
      throw pushFailed(options.target, `${said} (${ATTEMPTS} attempts)`, { hint, isPassing })
    }
    const delayMs = FIRST_DELAY_MS * 3 ** (attempt - 1) * (0.5 + ports.random() / 2)
    ports.log.info(`${said}; again in ${Math.round(delayMs)} ms`)
    await ports.clock.sleep(delayMs, options.signal)
  }
}

async function tagInEngine(
  { commands }: EnginePushPorts,
  { target, imageId, signal }: EnginePushOptions,
  reference: string
): Promise<void> {
  const tagging = { signal, timeoutMs: TIMEOUT_MS }
  const { exitCode, stderr } = await commands.runInterruptible(
    'docker',
    ['tag', imageId, reference],
    tagging
  )
  signal.throwIfAborted()
  if (exitCode !== 0) throw refused(target, { status: 0, message: saidBy(exitCode, stderr) })
}

interface Push {
  readonly digest: string | undefined
  readonly said: string
}

async function pushOnce(
  ports: EnginePushPorts,
  { target, workDirectory, signal }: EnginePushOptions,
  reference: string
): Promise<Push> {
  const { host } = target.repository
  const login = { host, token: await ports.tokens.accessToken() }
  const directory = `${workDirectory}/push-config`
  return withLogin(ports, { directory, ...login }, async (env) => {
    let digest: string | undefined
    const { exitCode, stderr, timedOut } = await ports.commands.runInterruptible(
      'docker',
      ['push', reference],
      {
        env,
        signal,
        timeoutMs: TIMEOUT_MS,
        onLine: (line) => {
          digest = /: digest: (sha256:[0-9a-f]{64}) size: \d+$/.exec(line)?.[1] ?? digest
          if (isWorthSaying(line)) ports.log.info(line)
        },
      }
    )
    signal.throwIfAborted()
    if (exitCode === 0 && digest !== undefined) return { digest, said: '' }
    if (exitCode === 0) return { digest: undefined, said: 'docker does not say what it pushed' }
    const said = saidBy(exitCode, stderr)
    return { digest: undefined, said: timedOut ? 'it took over an hour' : said }
  })
}

function saidBy(exitCode: number, stderr: string): string {
  return lastLine(stderr) || `docker ended with exit code ${exitCode} and said nothing`
}

/** What each layer is about to do is not: only what became of it. */
function isWorthSaying(line: string): boolean {
  return line.trim() !== '' && !/: (?:Preparing|Waiting)$/.test(line)
}

// An `unauthorized` is a token that ended meanwhile; a missing permission is called `denied`.
function isPassingWord(said: string): boolean {
  if (
    /denied|forbidden|name unknown|not found|no space left|Cannot connect to the Docker daemon/i.test(
      said
    )
  )
    return false
  return /\b5\d\d\b|\b429\b|toomanyrequests|EOF|connection reset|connection refused|broken pipe|timeout|timed out|no such host|server misbehaving|unauthorized|authentication required|unexpected (?:http )?status|closed network connection|use of closed|GOAWAY/i.test(
    said
  )
}
