import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chooseProvider } from '../../../emulator/provider/choice.ts'

const BUNDLED = fileURLToPath(new URL('../../../terraform/', import.meta.url))

const IS_REAL = chooseProvider(process.env) === 'real'

/** What is waited for as if it were a minute: the real provider sleeps where the stand-in does not. */
export const MINUTE_MS = IS_REAL ? 400_000 : 60_000

/**
 * How fast the emulated cloud's time passes. The real provider asks ten seconds later for an
 * operation that is not done when it is first asked for.
 */
export const SPEED = IS_REAL ? 1000 : 50

export interface Result {
  readonly exitCode: number | null
  readonly output: string
}

/** A copy of the bundled Terraform in which terraform may leave its own files. */
export interface Checkout {
  readonly directory: string
  /** Exit code is data; the output is stdout and stderr as they came. */
  terraform(argv: readonly string[], environment: Readonly<Record<string, string>>): Promise<Result>
  dispose(): Promise<void>
}

// Whichever version can be installed is the one that is tried.
const isLock = (path: string): boolean => path.endsWith('.terraform.lock.hcl')

export async function checkOut(): Promise<Checkout> {
  const directory = await mkdtemp(join(tmpdir(), 'terraform-'))
  await cp(BUNDLED, directory, {
    recursive: true,
    filter: (source) => !source.endsWith('.terraform') && !(IS_REAL && isLock(source)),
  })
  return {
    directory,
    terraform: (argv, environment) => run(directory, argv, environment),
    dispose: () => rm(directory, { recursive: true, force: true }),
  }
}

function run(
  cwd: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn('terraform', argv, {
      cwd,
      env: {
        PATH: process.env['PATH'] ?? '/usr/bin:/bin',
        HOME: cwd,
        TF_IN_AUTOMATION: '1',
        CHECKPOINT_DISABLE: '1',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (exitCode) =>
      resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8') })
    )
  })
}
