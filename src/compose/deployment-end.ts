import * as core from '@actions/core'
import { RunnerLog } from '../adapters/runner/runner-log.ts'
import { describeError } from '../errors.ts'
import { readJobContext } from '../github/context.ts'
import { addStatus } from '../github/deployment/deployments.ts'
import type { Config } from '../inputs.ts'
import { Redactor } from '../lib/redact.ts'
import type { Environment } from './outside/environment.ts'
import { composeGitHubClient } from './outside/github.ts'

/** How long the post step may take for GitHub's page of deployments. */
const POST_MS = 15_000

/** Says of the deployment of a main step that was killed that it has ended. Never throws. */
export async function endDeployment(config: Config, env: Environment, id: number): Promise<void> {
  const log = new RunnerLog(core, new Redactor())
  const signal = AbortSignal.timeout(POST_MS)
  const client = composeGitHubClient({ config, env, log, signal })
  if (client === undefined) return
  try {
    await addStatus(client, id, {
      state: 'failure',
      description: 'The run was stopped before it could tell how it ended.',
      logUrl: readJobContext(env).runUrl,
      environmentUrl: '',
    })
  } catch (error) {
    log.info(`GitHub shows the deployment as still going on. ${describeError(error)}`)
  }
}
