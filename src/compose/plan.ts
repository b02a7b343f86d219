import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { systemClock } from '../adapters/clock.ts'
import { localFiles } from '../adapters/disk/files.ts'
import { localTree } from '../adapters/disk/tree.ts'
import { ProcessRunner } from '../adapters/processes/processes.ts'
import { endPlan, type PlanPorts, plan } from '../commands/plan.ts'
import { isOnDefaultBranch, readJobContext, readRun } from '../github/context.ts'
import { explainNoToken, isWithoutToken } from '../github/fork.ts'
import { type PullRequestEvent, readPullRequestEvent } from '../github/pull-request-event.ts'
import type { Config } from '../inputs.ts'
import { renderPlanOutputs } from '../outputs.ts'
import type { Environment } from './outside/environment.ts'
import { composeGitHub } from './outside/github.ts'
import { googleClients, identify, priceReader } from './outside/google.ts'
import { type Job, Step } from './outside/step.ts'
import { composeTerraform, secretsOf } from './outside/terraform.ts'

/** Builds the plan with the real world behind every port. Nothing is written or asked before run(). */
export function composePlan(config: Config, env: Environment, signal: AbortSignal): Job {
  const step = new Step(config)
  return {
    run: async () => {
      const { log } = step
      const event = await readEvent(env)
      const pullRequest = readPullRequestEvent(event, env)
      if (pullRequest?.action === 'closed') {
        const github = composeGitHub({ config, env, log, signal })
        return endPlan(config, { github, log }, pullRequest)
      }
      if (pullRequest && isWithoutToken(pullRequest, env)) {
        const words = explainNoToken(pullRequest)
        log.info(words)
        return step.summarize(words)
      }
      return runPlan({ config, env, signal, step, event, pullRequest })
    },
    fail: (failure) => step.fail(failure),
  }
}

/** Empty where the runner has left none, as some imitations of it do. */
function readEvent(env: Environment): Promise<string> {
  return localFiles.read(env['GITHUB_EVENT_PATH'] ?? '').catch(() => '')
}

interface Parts {
  readonly config: Config
  readonly env: Environment
  readonly signal: AbortSignal
  readonly step: Step
  /** The event file. */
  readonly event: string
  readonly pullRequest: PullRequestEvent | undefined
}

async function runPlan({ config, env, signal, step, event, pullRequest }: Parts): Promise<void> {
  const { log } = step
  const identity = identify({ config, env, log })
  const outside = {
    commands: new ProcessRunner(env),
    files: localFiles,
    tree: localTree,
    clock: systemClock,
    log,
  }
  const clients = googleClients(identity, { config, log, signal })
  const workDirectory = step.workDirectory(env)
  // The post step leaves this one alone: it is for the steps that come after.
  const reportDirectory = join(
    env['RUNNER_TEMP'] ?? '/tmp',
    `plan-of-${config.name}-${randomUUID()}`
  )
  await localFiles.makeFolder(reportDirectory)
  const planPath = join(reportDirectory, 'plan.tfplan')
  const ports: PlanPorts = {
    ...outside,
    ...clients,
    github: composeGitHub({ config, env, log, signal }),
    setOutputs: (result) => step.setOutputs(renderPlanOutputs(result)),
    summarize: (markdown) => step.summarize(markdown),
    prices: priceReader(identity, { config, log }),
    terraform: (either) =>
      composeTerraform({
        ...outside,
        config,
        env,
        google: clients.google,
        credentials: identity.credentials,
        workDirectory,
        planPath,
        signal: either,
      }),
  }
  const { commit, runUrl } = readJobContext(env)
  return plan(config, ports, {
    pullRequest,
    isOnDefaultBranch: isOnDefaultBranch(event, env),
    run: readRun(env),
    commit,
    runUrl,
    reportDirectory,
    secrets: secretsOf(config),
    signal,
  })
}
