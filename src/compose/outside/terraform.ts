import { dirname, join, resolve } from 'node:path'
import { systemClock } from '../../adapters/clock.ts'
import { runnerToolCache } from '../../adapters/runner/tool-cache.ts'
import type { GoogleClient } from '../../google/client.ts'
import { watchBucket } from '../../google/storage.ts'
import type { Config } from '../../inputs.ts'
import { abortable } from '../../lib/abortable.ts'
import type { JsonRecord } from '../../lib/json.ts'
import type { CommandRunner, Files, Log } from '../../ports.ts'
import { buildMasker } from '../../report/masking/masker.ts'
import { textOf } from '../../secrets/forms.ts'
import { resolveTerraform } from '../../terraform/install.ts'
import { Terraform } from '../../terraform/terraform.ts'
import { renderVariables } from '../../terraform/variables.ts'
import type { Environment } from './environment.ts'

export interface TerraformParts {
  readonly config: Config
  readonly env: Environment
  readonly signal: AbortSignal
  readonly log: Log
  readonly workDirectory: string
  /** Where the plan is saved; undefined: with terraform's own files. */
  readonly planPath?: string | undefined
  readonly google: GoogleClient
  readonly commands: CommandRunner
  readonly files: Files
  readonly credentials: JsonRecord
}

/** Lays out what terraform needs, all of it in our own folder: the workspace stays as it is. */
export async function composeTerraform(parts: TerraformParts): Promise<Terraform> {
  const { commands, files, log, config, env, google, credentials, workDirectory, signal } = parts
  const credentialsPath = join(workDirectory, 'google-credentials.json')
  const variablesPath = join(workDirectory, 'deploy.tfvars.json')
  const dataDirectory = join(workDirectory, 'terraform-data')
  const [executable, directory] = await Promise.all([
    // A download cannot be interrupted; a cancelled run does not wait for it.
    abortable(signal, () =>
      resolveTerraform(
        { commands, files, tools: runnerToolCache, log },
        {
          wanted: config.terraformVersion,
          releasesUrl: env['HASHICORP_RELEASES_URL'] || 'https://releases.hashicorp.com/',
          platform: `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`,
        }
      )
    ),
    layOutConfiguration(parts),
    files.writePrivate(credentialsPath, JSON.stringify(credentials)),
    files.writePrivate(
      variablesPath,
      renderVariables({ ...config, more: config.terraformVariables })
    ),
    files.makeFolder(dataDirectory),
  ])
  const backend = { bucket: config.stateBucket, prefix: config.name }
  return new Terraform(commands, {
    executable,
    directory,
    dataDirectory,
    planPath: parts.planPath ?? join(dataDirectory, 'deploy.tfplan'),
    outliveIn: workDirectory,
    variablesPath,
    backend,
    fixForWords: (text) => google.fixForWords(text),
    credentialsPath,
    watchBackend: (either) => watchBucket(google, config.stateBucket, either),
    maskOf: (plan) =>
      buildMasker(plan, { secrets: secretsOf(config), sensitiveVariables: [] }).mask,
    clock: systemClock,
    signal,
  })
}

/** What must not be shown, whatever a plan says. */
export function secretsOf({ githubToken, buildSecrets, secretValues }: Config): readonly string[] {
  const texts = [...secretValues.values()].flatMap((bytes) => textOf(bytes) ?? [])
  return [githubToken, ...buildSecrets.values(), ...texts].filter((secret) => secret !== '')
}

// The bundled configuration is copied, so that terraform's lock file is not left in the action's folder.
async function layOutConfiguration({
  config,
  files,
  workDirectory,
}: TerraformParts): Promise<string> {
  if (config.terraformDirectory !== undefined) return resolve(config.terraformDirectory)
  const directory = join(workDirectory, 'terraform')
  // dist/main/index.js is what node was started with; import.meta.url would be that of a chunk.
  const bundled = join(dirname(process.argv[1] ?? ''), '..', '..', 'terraform')
  await files.copyFolder(bundled, directory)
  return directory
}
