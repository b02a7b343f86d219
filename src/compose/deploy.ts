import { randomUUID } from 'node:crypto'
import * as core from '@actions/core'
import { systemClock } from '../adapters/clock.ts'
import { dockerFolder } from '../adapters/disk/docker-folder.ts'
import { openLocalFile } from '../adapters/disk/file-reader.ts'
import { localFiles } from '../adapters/disk/files.ts'
import { localTree } from '../adapters/disk/tree.ts'
import { gaxiosBlobSender } from '../adapters/network/upload.ts'
import { LocalByteStreams } from '../adapters/processes/byte-stream.ts'
import { ProcessRunner } from '../adapters/processes/processes.ts'
import type { DeployResult } from '../commands/deploy/result.ts'
import type { DeployPorts } from '../commands/deploy/story.ts'
import { deploy } from '../commands/deploy.ts'
import { readJobContext } from '../github/context.ts'
import type { Config } from '../inputs.ts'
import { renderOutputs } from '../outputs.ts'
import type { Log } from '../ports.ts'
import { ATTEMPT_STATE, type AttemptState } from '../state.ts'
import type { Environment } from './environment.ts'
import { composeGitHub } from './github.ts'
import { googleClients, identify } from './google.ts'
import { type Job, Step } from './step.ts'
import { composeTerraform } from './terraform.ts'

/** From the cancel on: what is left of the runner's 7.5 s until SIGTERM, with time to end by itself. */
const AFTER_CANCEL_MS = 6_000

/** Builds the deploy with the real world behind every port. Nothing is written or asked before run(). */
export function composeDeploy(config: Config, env: Environment, signal: AbortSignal): Job {
  const step = new Step(config)
  return {
    run: async () => {
      const workDirectory = step.workDirectory(env)
      const parts = { config, env, signal, log: step.log, workDirectory }
      step.setOutputs(renderOutputs(await runDeploy(parts)))
    },
    fail: (failure) => step.fail(failure),
  }
}

interface Parts {
  readonly config: Config
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
  const outside = {
    commands: new ProcessRunner(env),
    files: localFiles,
    tree: localTree,
    streams: new LocalByteStreams(env),
    openFile: openLocalFile,
    sender: gaxiosBlobSender(),
    clientFolder: dockerFolder(env),
    clock: systemClock,
    random: Math.random,
    log,
  }
  const clients = googleClients(identity, { config, log, signal })
  const { google } = clients
  const lastingSignal = outliving(signal, AFTER_CANCEL_MS)
  const lasting = googleClients(identity, { config, log, signal: lastingSignal })
  const holder = randomUUID()
  const ports: DeployPorts = {
    ...outside,
    ...clients,
    tokens,
    github: composeGitHub({ config, env, log, signal }),
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
  return deploy(withDefaultPlatform(config, env), ports, {
    provenance,
    holder,
    registryHost: endpoints.registryHost,
    registryUrl: endpoints.registry,
    workDirectory,
    sourceUrl: repositoryUrl,
    signal,
  })
}

/** Docker's own variable, which would else decide behind the image's name. */
function withDefaultPlatform(config: Config, env: Environment): Config {
  const platform = env['DOCKER_DEFAULT_PLATFORM'] ?? ''
  const isAsked = config.platforms.length === 0 && platform !== ''
  return isAsked ? { ...config, platforms: [platform] } : config
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
