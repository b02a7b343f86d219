import { lastLine } from '../../../lib/last-line.ts'
import type { CommandRunner, Http, ToolCache } from '../../../ports.ts'
import { versionOnPath } from '../../../terraform/install.ts'
import { FITTING_VERSIONS, isFitting, PINNED_VERSION } from '../../../terraform/version.ts'
import { broken, doubtful, type Finding, ok } from '../check.ts'
import { SET_UP_BUILDX, setUpTerraform } from './steps.ts'

const TIMEOUT_MS = 8_000

/** Whether an engine answers; an image that is there already needs none. */
export async function lookAtEngine(
  commands: CommandRunner,
  { isBuilding }: { readonly isBuilding: boolean }
): Promise<Finding> {
  const said = await ask(commands, ['version', '--format', '{{.Server.Version}}'])
  if (said.isDone) return ok(`The engine is Docker ${said.text}`)
  if (!isBuilding) return ok('No engine answers, and none is needed: the input "image" is given.')
  return broken(
    `No Docker engine answers: ${said.text} Use a runner with Docker (ubuntu-latest has it), or start the engine before this step:`,
    'sudo systemctl start docker'
  )
}

/** Plain `docker build` does without, and can less. */
export async function lookAtBuildx(commands: CommandRunner): Promise<Finding> {
  const said = await ask(commands, ['buildx', 'version'])
  if (said.isDone) return ok(said.text)
  return doubtful(
    `There is no buildx: images are built by plain docker, without a cache between jobs and without build secrets. Before this step:`,
    SET_UP_BUILDX
  )
}

/** Whether a terraform is there that fits, or can be had. */
export async function lookAtTerraform(
  { commands, tools, http }: { commands: CommandRunner; tools: ToolCache; http: Http },
  { wanted, releasesUrl }: { readonly wanted: string | undefined; readonly releasesUrl: string },
  signal: AbortSignal
): Promise<Finding> {
  const found = await versionOnPath(commands)
  if (found !== undefined && isFitting(found, wanted)) return ok(`terraform ${found} is on PATH.`)
  const version = wanted ?? PINNED_VERSION
  const why =
    found === undefined
      ? 'No terraform is on PATH'
      : `terraform ${found} on PATH does not fit (${wanted ?? FITTING_VERSIONS})`
  // A runner without a cache of tools keeps nothing.
  const kept = await tools.find('terraform', version).catch(() => undefined)
  if (kept !== undefined) return ok(`${why}; an earlier job kept terraform ${version}.`)
  const url = `${releasesUrl}terraform/${version}/terraform_${version}_SHA256SUMS`
  const setUp = setUpTerraform(version)
  try {
    const { status } = await http.send({
      method: 'GET',
      url,
      headers: {},
      timeoutMs: TIMEOUT_MS,
      signal,
    })
    if (status === 200) return ok(`${why}; terraform ${version} can be downloaded.`)
    return broken(`${why}, and ${url} answers ${status}. Before this step:`, setUp)
  } catch (error) {
    return broken(
      `${why}, and ${url} cannot be reached (${messageOf(error)}). Before this step:`,
      setUp
    )
  }
}

interface Said {
  readonly isDone: boolean
  readonly text: string
}

async function ask(commands: CommandRunner, args: readonly string[]): Promise<Said> {
  try {
    const { exitCode, stdout, stderr } = await commands.run('docker', args)
    const isDone = exitCode === 0 && stdout.trim() !== ''
    const text = isDone ? stdout.trim() : lastLine(stderr) || `exit code ${exitCode}`
    return { isDone, text: /[.?!]$/.test(text) ? text : `${text}.` }
  } catch (error) {
    return { isDone: false, text: `${messageOf(error)}.` }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
