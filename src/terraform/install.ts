import { ActionError } from '../errors.ts'
import { asRecord, asText, parseJson } from '../lib/json.ts'
import type { CommandRunner, Files, Log, ToolCache } from '../ports.ts'
import { FITTING_VERSIONS, isFitting, PINNED_VERSION } from './version.ts'

export interface InstallPorts {
  readonly commands: CommandRunner
  readonly files: Files
  readonly tools: ToolCache
  readonly log: Log
}

export interface InstallOptions {
  /** Exact version; undefined takes any that fits. */
  readonly wanted: string | undefined
  /** Where releases are downloaded from, ending with `/`. */
  readonly releasesUrl: string
  /** Such as `linux_amd64`. */
  readonly platform: string
}

/**
 * The path of a terraform that fits: on PATH, kept by an earlier job, or downloaded and checked
 * against HashiCorp's SHA-256 list.
 *
 * @throws ActionError TERRAFORM_MISSING
 */
export async function resolveTerraform(
  ports: InstallPorts,
  options: InstallOptions
): Promise<string> {
  const found = await versionOnPath(ports.commands)
  if (found !== undefined && isFitting(found, options.wanted)) return 'terraform'
  const version = options.wanted ?? PINNED_VERSION
  ports.log.info(
    found === undefined
      ? `No terraform on PATH: taking ${version}.`
      : `terraform ${found} on PATH does not fit (${options.wanted ?? FITTING_VERSIONS}): taking ${version}.`
  )
  const kept = await ports.tools.find('terraform', version)
  return `${kept ?? (await install(ports, version, options))}/terraform`
}

/** Undefined without one; `terraform version -json` prints a warning of its CLI configuration to stderr at most. */
export async function versionOnPath(commands: CommandRunner): Promise<string | undefined> {
  try {
    const { exitCode, stdout } = await commands.run('terraform', ['version', '-json'])
    if (exitCode !== 0) return undefined
    return asText(asRecord(parseJson(stdout))['terraform_version']) || undefined
  } catch {
    // Not on PATH is an expected answer: it is installed below.
    return undefined
  }
}

async function install(
  { files, tools }: InstallPorts,
  version: string,
  { releasesUrl, platform }: InstallOptions
): Promise<string> {
  const folder = `${releasesUrl}terraform/${version}/`
  const zipName = `terraform_${version}_${platform}.zip`
  try {
    const [zipPath, sumsPath] = await Promise.all([
      tools.download(`${folder}${zipName}`),
      tools.download(`${folder}terraform_${version}_SHA256SUMS`),
    ])
    const [actual, sums] = await Promise.all([tools.sha256(zipPath), files.read(sumsPath)])
    if (actual !== checksumOf(sums, zipName)) {
      await files.remove(zipPath)
      throw new ActionError(
        'TERRAFORM_MISSING',
        `The download ${folder}${zipName} has the SHA-256 ${actual}, which is not the one in HashiCorp's list.`,
        { hint: 'Run the job again; if it stays so, somebody may be tampering with the download.' }
      )
    }
    return await tools.keepZip(zipPath, 'terraform', version)
  } catch (error) {
    if (error instanceof ActionError) throw error
    throw new ActionError(
      'TERRAFORM_MISSING',
      `Could not install terraform ${version} from ${folder}${zipName}: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
        hint: 'Put a fitting terraform on PATH before this step, for example with hashicorp/setup-terraform.',
      }
    )
  }
}

/** The hash of one file in a SHA256SUMS list; undefined when it is not listed. */
export function checksumOf(sums: string, fileName: string): string | undefined {
  for (const line of sums.split('\n')) {
    const [hash, name] = line.trim().split(/\s+/)
    if (name === fileName) return hash
  }
  return undefined
}
