import * as core from '@actions/core'
import { systemClock } from '../adapters/clock.ts'
import { RunnerLog } from '../adapters/runner/runner-log.ts'
import type { Config } from '../inputs.ts'
import { Redactor } from '../lib/redact.ts'
import { handOver } from '../release/attempt/hand-over.ts'
import { releaseDeployLock } from '../release/ledger/deploy-lock.ts'
import type { AttemptState } from '../state.ts'
import type { Environment } from './outside/environment.ts'
import { googleClients, identify } from './outside/google.ts'

export interface HandOverJob {
  run(): Promise<void>
  say(message: string): void
}

/** How long the post step may take for what main left. */
const POST_MS = 60_000

/** What the post step does for a main step that was killed: the attempt is ended, the lock freed. */
export function composeHandOver(
  config: Config,
  env: Environment,
  state: AttemptState
): HandOverJob {
  const redactor = new Redactor()
  const log = new RunnerLog(core, redactor)
  const signal = AbortSignal.timeout(POST_MS)
  return {
    run: async () => {
      const clients = googleClients(identify({ config, env, log }), { config, log, signal })
      // A destroy has no attempt, and nothing of it is to be put back: it leaves a lock at most.
      if (state.group === '') {
        const lock = { prefix: config.name, holder: state.holder }
        return releaseDeployLock(clients.store, lock)
      }
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
