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
import { composeAnnouncement } from './outside/announcement.ts'
import { composeAttempt } from './outside/attempt.ts'
import type { Environment } from './outside/environment.ts'
import { composeGitHub } from './outside/github.ts'
import { googleClients, identify, priceReader } from './outside/google.ts'
import { type Job, Step } from './outside/step.ts'
import { composeTerraform } from './outside/terraform.ts'

/** Builds the deploy with the real world behind every port. Nothing is written or asked before run(). */
export function composeDeploy(config: Config, env: Environment, signal: AbortSignal): Job {
  const step = new Step(config)
  return {
    run: async () => {
      const workDirectory = step.workDirectory(env)
      step.setOutputs(renderOutputs(await runDeploy({ config, env, signal, step, workDirectory })))
    },
    fail: (failure) => step.fail(failure),
  }
}

interface Parts {
  readonly config: Config
  readonly env: Environment
  readonly signal: AbortSignal
  readonly step: Step
  readonly workDirectory: string
}

async function runDeploy({
  config,
  env,
  signal,
  step,
  workDirectory,
}: Parts): Promise<DeployResult> {
  const { log } = step
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
  const { holder, ...attempt } = composeAttempt(identity, { config, log, signal })
  const { repositoryUrl, ...provenance } = readJobContext(env)
  const said = { config, env, step, provenance, holder, signal: attempt.lasting.signal }
  const ports: DeployPorts = {
    ...outside,
    ...clients,
    tokens,
    github: composeGitHub({ config, env, log, signal }),
    ...attempt,
    announcement: composeAnnouncement(said),
    prices: priceReader(identity, { config, log }),
    summarize: (markdown) => step.summarize(markdown),
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
