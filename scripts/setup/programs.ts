import { findOnPath, type Log, run, SetupError, timed } from './command.ts'

/** What the startup script of a VM calls, and the Debian package that has it. */
const PACKAGES: Readonly<Record<string, string>> = {
  base64: 'coreutils',
  bash: 'bash',
  curl: 'curl',
}

export interface ProgramOptions {
  readonly log: Log
  readonly path?: string
  readonly isRoot?: boolean
}

/**
 * Provides the programs that VMs with a real startup script need: without curl such a VM cannot
 * even say what it lacks. What is missing is installed where that may be done.
 *
 * @throws SetupError that names all that are missing and what to type
 */
export async function ensureStartupPrograms(options: ProgramOptions): Promise<void> {
  const { log, path = process.env['PATH'] ?? '', isRoot = process.getuid?.() === 0 } = options
  const missing = await findMissing(path)
  if (missing.length === 0) return
  const packages = missing.map((program) => PACKAGES[program] ?? program)
  const aptGet = await findOnPath('apt-get', path)
  if (!isRoot || aptGet === undefined) throw notFound(missing, packages)
  const why = 'which the startup script of the VMs calls'
  await timed(log, `installed ${packages.join(' ')}, ${why}`, async () => {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run(aptGet, ['update', '-qq'], { environment })
    const { exitCode, stderr } = await run(aptGet, ['install', '-y', '-qq', ...packages], {
      environment,
    })
    if (exitCode !== 0) throw notFound(missing, packages, stderr.trim())
  })
}

async function findMissing(path: string): Promise<readonly string[]> {
  const programs = Object.keys(PACKAGES)
  const found = await Promise.all(programs.map((program) => findOnPath(program, path)))
  return programs.filter((_, index) => found[index] === undefined)
}

function notFound(
  missing: readonly string[],
  packages: readonly string[],
  because = ''
): SetupError {
  return new SetupError(
    `Not found on PATH: ${missing.join(', ')}; the startup script of the VMs calls them.${because && ` apt-get said: ${because}`}`,
    `On Debian: apt-get install ${packages.join(' ')}; or run the demo with --machines simulated.`
  )
}
