import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseFlags } from './flags.ts'
import { OWNER } from './google/birth.ts'
import { type Emulator, startEmulator } from './start.ts'

const parsed = parseFlags(process.argv.slice(2))
if (parsed.kind === 'help') {
  console.log(parsed.text)
} else if (parsed.kind === 'problems') {
  for (const problem of parsed.problems) console.error(`emulator: ${problem}`)
  console.error('emulator: --help lists the flags.')
  process.exitCode = 2
} else {
  const { flags } = parsed
  const temporary = flags.dataDirectory === undefined
  const dataDirectory = flags.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'emulator-')))
  const removeData = async (): Promise<void> => {
    if (temporary) await rm(dataDirectory, { recursive: true, force: true })
  }
  try {
    const dockerHost =
      flags.dockerHost ?? process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock'
    const emulator = await startEmulator({ ...flags, dataDirectory, dockerHost })
    console.log(describe(emulator))
    stopOnSignal(emulator, removeData)
  } catch (error) {
    await removeData()
    console.error(`emulator: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}

/** What a shell can `eval`; everything else is a comment to it. */
function describe(emulator: Emulator): string {
  const variables = Object.entries(emulator.environment)
  const isReal = !('TF_REATTACH_PROVIDERS' in emulator.environment)
  return [
    ...variables.map(
      ([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`
    ),
    // A shell that an earlier emulator was in would attach terraform to a stand-in that is gone.
    ...(isReal ? ['unset TF_REATTACH_PROVIDERS'] : []),
    `# An access token of ${OWNER}, valid for an hour; terraform and curl can use it as it is.`,
    `export GOOGLE_OAUTH_ACCESS_TOKEN='${emulator.accessToken(OWNER)}'`,
    `# Workload identity provider: ${emulator.identities.workloadIdentityProvider}`,
    `# Deployer: ${emulator.identities.deployerEmail}`,
    `# What is going on, as a page: ${emulator.url}/console`,
    `# The same as data: ${emulator.url}/emulator and ${emulator.url}/emulator/requests`,
    '# Ctrl-C ends everything.',
  ].join('\n')
}

/** A second signal changes nothing: the first one is already taking everything down. */
function stopOnSignal(emulator: Emulator, removeData: () => Promise<void>): void {
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    await emulator.stop()
    await removeData()
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
}
