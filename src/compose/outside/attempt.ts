import { randomUUID } from 'node:crypto'
import * as core from '@actions/core'
import type { Config } from '../../inputs.ts'
import type { Log } from '../../ports.ts'
import type { AttemptPorts } from '../../release/attempt/attempt.ts'
import { ATTEMPT_STATE, type AttemptState } from '../../state.ts'
import { googleClients, type identify } from './google.ts'

/** From the cancel on: what is left of the runner's 7.5 s until SIGTERM, with time to end by itself. */
const AFTER_CANCEL_MS = 6_000

/** What a command that moves the group has besides the usual clients. */
export interface AttemptParts {
  /** Random id of this run. */
  readonly holder: string
  readonly lasting: AttemptPorts['lasting']
  /** Told before and after the time in which a killed run would leave work for the post step. */
  readonly handover: { begin(group: string): void; end(): void }
}

/** Builds what an attempt needs to end well when the job is cancelled or killed. */
export function composeAttempt(
  identity: ReturnType<typeof identify>,
  {
    config,
    log,
    signal,
  }: { readonly config: Config; readonly log: Log; readonly signal: AbortSignal }
): AttemptParts {
  const holder = randomUUID()
  const lastingSignal = outliving(signal, AFTER_CANCEL_MS)
  const clients = googleClients(identity, { config, log, signal: lastingSignal })
  return {
    holder,
    lasting: { ...clients, signal: lastingSignal },
    handover: {
      begin: (group) => {
        const state: AttemptState = { group, holder }
        core.saveState(ATTEMPT_STATE, JSON.stringify(state))
      },
      end: () => core.saveState(ATTEMPT_STATE, ''),
    },
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
