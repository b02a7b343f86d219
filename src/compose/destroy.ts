import { systemClock } from '../adapters/clock.ts'
import { localFiles } from '../adapters/disk/files.ts'
import { ProcessRunner } from '../adapters/processes/processes.ts'
import { renderDestroyOutputs, renderLog, renderPage } from '../commands/destroy/result.ts'
import type { DestroyPorts } from '../commands/destroy/story.ts'
import { destroy } from '../commands/destroy.ts'
import { readJobContext } from '../github/context.ts'
import type { Config } from '../inputs.ts'
import { composeAttempt } from './outside/attempt.ts'
import type { Environment } from './outside/environment.ts'
import { googleClients, identify } from './outside/google.ts'
import { type Job, Step } from './outside/step.ts'
import { composeTerraform } from './outside/terraform.ts'

/** Builds the destroy with the real world behind every port. Nothing is written or asked before run(). */
export function composeDestroy(config: Config, env: Environment, signal: AbortSignal): Job {
  const step = new Step(config)
  return {
    run: () => runDestroy({ config, env, signal, step }),
    fail: (failure) => step.fail(failure),
  }
}

interface Parts {
  readonly config: Config
  readonly env: Environment
  readonly signal: AbortSignal
  readonly step: Step
}

async function runDestroy({ config, env, signal, step }: Parts): Promise<void> {
  const { log } = step
  const workDirectory = step.workDirectory(env)
  const identity = identify({ config, env, log })
  const outside = {
    commands: new ProcessRunner(env),
    files: localFiles,
    clock: systemClock,
    log,
  }
  const clients = googleClients(identity, { config, log, signal })
  const { holder, lasting, handover } = composeAttempt(identity, { config, log, signal })
  const { google } = clients
  const { credentials } = identity
  const terraform: DestroyPorts['terraform'] = (either) =>
    composeTerraform({
      ...outside,
      config,
      env,
      google,
      credentials,
      workDirectory,
      signal: either,
    })
  const { runUrl, actor } = readJobContext(env)
  const { registryHost } = identity.endpoints
  const ports = { ...outside, ...clients, lasting, terraform }
  // Without a group: a run that is killed leaves its lock to the post step, and no release to put back.
  handover.begin('')
  const result = await destroy(config, ports, { holder, runUrl, actor, registryHost, signal })
  handover.end()
  log.info(renderLog(result))
  step.setOutputs(renderDestroyOutputs(result))
  await step.summarize(renderPage(result))
}
