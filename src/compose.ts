import { randomUUID } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import * as core from '@actions/core'
import { systemClock } from './adapters/clock.ts'
import { localFiles } from './adapters/files.ts'
import { federatedTokens } from './adapters/google-token.ts'
import { gaxiosHttp } from './adapters/http.ts'
import { ProcessRunner } from './adapters/processes.ts'
import { RunnerLog } from './adapters/runner-log.ts'
import { runnerToolCache } from './adapters/tool-cache.ts'
import { type DeployPorts, type DeployResult, deploy } from './commands/deploy.ts'
import { readJobContext, readOidcRequest } from './github/context.ts'
import { GoogleClient, type GoogleClientPorts } from './google/client.ts'
import { Compute } from './google/compute.ts'
import { type Endpoints, resolveEndpoints } from './google/endpoints.ts'
import { externalAccount } from './google/federation.ts'
import { ObjectStore } from './google/object-store.ts'
import { SecretManager } from './google/secret-manager.ts'
import { watchBucket } from './google/storage.ts'
import type { DeployConfig } from './inputs.ts'
import { abortable } from './lib/abortable.ts'
import type { JsonRecord } from './lib/json.ts'
import { Redactor } from './lib/redact.ts'
import { type Failure, renderFailure, renderOutputs } from './outputs.ts'
import type { CommandRunner, Files, Log } from './ports.ts'
import { handOver } from './release/attempt/hand-over.ts'
import { ATTEMPT_STATE, type AttemptState, WORK_DIRECTORY_STATE } from './state.ts'
import { resolveTerraform } from './terraform/install.ts'
import { Terraform } from './terraform/terraform.ts'
import { renderVariables } from './terraform/variables.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Job {
  run(): Promise<void>
  /** Ends the step red, with one error. */
  fail(failure: Failure): void
}

export interface HandOverJob {
  run(): Promise<void>
  say(message: string): void
}

/** From the cancel on: what is left of the runner's 7.5 s until SIGTERM, with time to end by itself. */
const AFTER_CANCEL_MS = 6_000
/** How long the post step may take for what main left. */
const POST_MS = 60_000

/** Builds the deploy with the real world behind every port. Nothing is written or asked before run(). */
export function composeDeploy(config: DeployConfig, env: Environment, signal: AbortSignal): Job {
  const redactor = new Redactor()
  const log = new RunnerLog(core, redactor)
  const setOutputs = (outputs: ReadonlyMap<string, string>): void => {
    for (const [name, value] of outputs) core.setOutput(name, redactor.redact(value))
  }
  return {
    run: async () => {
      const workDirectory = join(env['RUNNER_TEMP'] ?? '/tmp', `deploy-spot-mig-${randomUUID()}`)
      core.saveState(WORK_DIRECTORY_STATE, workDirectory)
      setOutputs(renderOutputs(await runDeploy({ config, env, signal, log, workDirectory })))
    },
    fail: (failure) => {
      setOutputs(renderFailure(failure))
      core.setFailed(redactor.redact(failure.message))
    },
  }
}

interface Parts {
  readonly config: DeployConfig
  readonly env: Environment
  readonly signal: AbortSignal
  readonly log: Log
  readonly workDirectory: string
}

async function runDeploy({
  config,
  env,
  signal,
  log,
  workDirectory,
}: Parts): Promise<DeployResult> {
  const identity = identify({ config, env, log })
  const { endpoints, credentials, tokens } = identity
  const outside = { commands: new ProcessRunner(env), files: localFiles, clock: systemClock, log }
  const clients = googleClients(identity, { config, log, signal })
  const { google } = clients
  const lastingSignal = outliving(signal, AFTER_CANCEL_MS)
  const lasting = googleClients(identity, { config, log, signal: lastingSignal })
  const holder = randomUUID()
  const ports: DeployPorts = {
    ...outside,
    ...clients,
    tokens,
    lasting: { ...lasting, signal: lastingSignal },
    handover: {
      begin: (group) => {
        const state: AttemptState = { group, holder }
        core.saveState(ATTEMPT_STATE, JSON.stringify(state))
      },
      end: () => core.saveState(ATTEMPT_STATE, ''),
    },
    terraform: (either) =>
      composeTerraform({
        ...outside,
        config,
        env,
        google,
        credentials,
        workDirectory,
        signal: either,
      }),
  }
  const { repositoryUrl, ...provenance } = readJobContext(env)
  return deploy(config, ports, {
    provenance,
    holder,
    registryHost: endpoints.registryHost,
    workDirectory,
    sourceUrl: repositoryUrl,
    signal,
  })
}

/** What the post step does for a main step that was killed: the attempt is ended, the lock freed. */
export function composeHandOver(
  config: DeployConfig,
  env: Environment,
  state: AttemptState
): HandOverJob {
  const redactor = new Redactor()
  const log = new RunnerLog(core, redactor)
  const signal = AbortSignal.timeout(POST_MS)
  return {
    run: async () => {
      const clients = googleClients(identify({ config, env, log }), { config, log, signal })
      await handOver(
        { ...clients, clock: systemClock, log },
        { ...state, prefix: config.name, signal }
      )
    },
    /** No annotation: the step has its one error already. */
    say: (message) =>
      log.info(`What this run left is not finished, and the next one settles it. ${message}`),
  }
}

interface Identity {
  readonly endpoints: Endpoints
  readonly credentials: JsonRecord
  readonly tokens: GoogleClientPorts['tokens']
}

function identify({ config, env, log }: Pick<Parts, 'config' | 'env' | 'log'>): Identity {
  const oidc = readOidcRequest(env)
  log.mask(oidc.requestToken)
  const endpoints = resolveEndpoints(config.region, env)
  const credentials = externalAccount({ ...config, ...oidc }, endpoints)
  return { endpoints, credentials, tokens: federatedTokens(credentials, (it) => log.mask(it)) }
}

/** Google's APIs as long as the signal does not abort. */
function googleClients(
  { endpoints, tokens }: Identity,
  { config, log, signal }: Pick<Parts, 'config' | 'log' | 'signal'>
) {
  const { projectId, stateBucket } = config
  const google = new GoogleClient(
    { http: gaxiosHttp(), tokens, clock: systemClock, log },
    { endpoints, projectId, signal }
  )
  return {
    google,
    compute: new Compute(google, config),
    secretManager: new SecretManager(google, projectId),
    store: new ObjectStore(google, stateBucket),
  }
}

/** Aborts some time after `signal` does. */
function outliving(signal: AbortSignal, durationMs: number): AbortSignal {
  const later = new AbortController()
  const abort = (): void => {
    setTimeout(() => later.abort(signal.reason), durationMs).unref()
  }
  signal.addEventListener('abort', abort, { once: true })
  return later.signal
}

interface TerraformParts extends Parts {
  readonly google: GoogleClient
  readonly commands: CommandRunner
  readonly files: Files
  readonly credentials: JsonRecord
}

/** Lays out what terraform needs, all of it in our own folder: the workspace stays as it is. */
async function composeTerraform(parts: TerraformParts): Promise<Terraform> {
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
    outliveIn: workDirectory,
    variablesPath,
    backend,
    credentialsPath,
    watchBackend: (either) => watchBucket(google, config.stateBucket, either),
    clock: systemClock,
    signal,
  })
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
