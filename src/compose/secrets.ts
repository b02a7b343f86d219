import { systemClock } from '../adapters/clock.ts'
import { renderSecretsOutputs } from '../commands/secrets/outputs.ts'
import { renderSecretsSummary } from '../commands/secrets/summary.ts'
import { secrets } from '../commands/secrets.ts'
import { readJobContext } from '../github/context.ts'
import type { Config } from '../inputs.ts'
import { composeAttempt } from './outside/attempt.ts'
import type { Environment } from './outside/environment.ts'
import { googleClients, identify } from './outside/google.ts'
import { type Job, Step } from './outside/step.ts'

/** Builds "secrets" with the real world behind every port: Google and nothing else. */
export function composeSecrets(config: Config, env: Environment, signal: AbortSignal): Job {
  const step = new Step(config)
  return {
    run: async () => {
      const { log } = step
      const identity = identify({ config, env, log })
      const parts = { config, log, signal }
      const { holder, ...attempt } = composeAttempt(identity, parts)
      const ports = { ...googleClients(identity, parts), ...attempt, clock: systemClock, log }
      const { actor, runUrl } = readJobContext(env)
      const result = await secrets(config, ports, { actor, runUrl, holder, signal })
      step.setOutputs(renderSecretsOutputs(result))
      await step.summarize(renderSecretsSummary(result))
    },
    fail: (failure) => step.fail(failure),
  }
}
