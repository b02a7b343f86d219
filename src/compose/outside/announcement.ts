import * as core from '@actions/core'
import { systemClock } from '../../adapters/clock.ts'
import { type Announcement, announce } from '../../github/deployment/announcement.ts'
import type { Config } from '../../inputs.ts'
import type { Provenance } from '../../release/release.ts'
import { DEPLOYMENT_STATE } from '../../state.ts'
import type { Environment } from './environment.ts'
import { composeGitHubClient } from './github.ts'
import type { Step } from './step.ts'

export interface AnnouncementParts {
  readonly config: Config
  readonly env: Environment
  readonly step: Step
  readonly provenance: Provenance
  /** Random id of this run. */
  readonly holder: string
  /** Outlives a cancel for some seconds. */
  readonly signal: AbortSignal
}

/** Tells GitHub of the rollout where the input "environment" is given; begins to look around at once. */
export function composeAnnouncement(parts: AnnouncementParts): Announcement {
  const { config, env, step, provenance, holder, signal } = parts
  const { log } = step
  return announce(
    {
      client: (either) => composeGitHubClient({ config, env, log, signal: either }),
      clock: systemClock,
      log,
      redact: (text) => step.redact(text),
      keep: (id) => core.saveState(DEPLOYMENT_STATE, id === 0 ? '' : String(id)),
    },
    { ...config, ...provenance, holder, signal }
  )
}
