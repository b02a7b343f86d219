import { systemClock } from '../adapters/clock.ts'
import { renderStatusOutputs } from '../commands/status/outputs.ts'
import { status } from '../commands/status.ts'
import type { Config } from '../inputs.ts'
import { renderPage } from '../report/status/page.ts'
import type { Environment } from './outside/environment.ts'
import { googleClients, identify } from './outside/google.ts'
import { type Job, Step } from './outside/step.ts'

/** Builds the look at what runs with the real world behind every port. Nothing is asked before run(). */
export function composeStatus(config: Config, env: Environment, signal: AbortSignal): Job {
  const step = new Step(config)
  return {
    run: async () => {
      const { log } = step
      const clients = googleClients(identify({ config, env, log }), { config, log, signal })
      const ports = {
        ...clients,
        clock: systemClock,
        log,
        tell: async (report: Parameters<typeof renderPage>[0]): Promise<void> => {
          step.setOutputs(renderStatusOutputs(report))
          await step.summarize(renderPage(report))
        },
      }
      await status(config, ports, signal)
    },
    fail: (failure) => step.fail(failure),
  }
}
