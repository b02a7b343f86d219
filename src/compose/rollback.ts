import { systemClock } from '../adapters/clock.ts'
import { rollback } from '../commands/rollback.ts'
import { readJobContext } from '../github/context.ts'
import type { Config } from '../inputs.ts'
import { renderRolloutOutputs } from '../outputs.ts'
import { composeAnnouncement } from './outside/announcement.ts'
import { composeAttempt } from './outside/attempt.ts'
import type { Environment } from './outside/environment.ts'
import { googleClients, identify } from './outside/google.ts'
import { type Job, Step } from './outside/step.ts'

/**
 * Builds the rollback with the real world behind every port: Google's APIs, and GitHub's
 * where an environment is given; no terraform and no Docker, which would have to be started first. Nothing is written or asked before run().
 */
export function composeRollback(config: Config, env: Environment, signal: AbortSignal): Job {
  const step = new Step(config)
  return {
    run: async () => {
      const { log } = step
      const identity = identify({ config, env, log })
      const parts = { config, log, signal }
      const { holder, ...attempt } = composeAttempt(identity, parts)
      const { repositoryUrl: sourceUrl, ...provenance } = readJobContext(env)
      const lastingSignal = attempt.lasting.signal
      const said = { config, env, step, provenance, holder, signal: lastingSignal }
      const ports = {
        ...googleClients(identity, parts),
        ...attempt,
        clock: systemClock,
        log,
        announcement: composeAnnouncement(said),
        summarize: (markdown: string) => step.summarize(markdown),
      }
      const { actor, runUrl } = provenance
      const { registryHost } = identity.endpoints
      const context = { actor, runUrl, sourceUrl, holder, registryHost, signal }
      const result = await rollback(config, ports, context)
      step.setOutputs(renderRolloutOutputs(result))
    },
    fail: (failure) => step.fail(failure),
  }
}
