import { ActionError } from '../../errors.ts'
import type { GitHub } from '../../github/github.ts'
import type { PullRequestEvent } from '../../github/pull-request-event.ts'
import { groupName } from '../../google/compute/group-reference.ts'
import type { Compute } from '../../google/compute.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import type { Survey } from '../../image/survey.ts'
import type { Config } from '../../inputs.ts'
import { asText } from '../../lib/json.ts'
import {
  changedFilesOf,
  hasGroup,
  previewRollout,
  type RolloutPreview,
} from '../../release/preview.ts'
import { findRunning } from '../../release/running-release.ts'
import type { Plan } from '../../terraform/plan.ts'
import { findStateLock } from '../../terraform/state-lock.ts'
import type { Diagnostic } from '../../terraform/ui-stream.ts'

export interface Surroundings {
  readonly rollout: RolloutPreview | undefined
  readonly notes: readonly Diagnostic[]
}

interface Scene {
  readonly config: Config
  readonly ports: {
    readonly compute: Compute
    readonly store: ObjectStore
    readonly github: GitHub | undefined
  }
  readonly context: { readonly pullRequest: PullRequestEvent | undefined }
  /** Of the checkout; undefined where it says nothing of the image. */
  readonly survey: Survey | undefined
}

/** What people can do something about; a cancel is none of these. */
export function isOurs(error: unknown): error is ActionError {
  return error instanceof ActionError && error.code !== 'CANCELLED'
}

/** What stands in the cloud beside the plan; what cannot be seen is a warning, and no failure. */
export async function lookAround(
  { config, ports, context: { pullRequest }, survey }: Scene,
  planned: Plan
): Promise<Surroundings> {
  const notes: Diagnostic[] = []
  const look = async <T>(looking: Promise<T>): Promise<T | 'unseen'> =>
    looking.catch((error: unknown) => {
      if (!isOurs(error)) throw error
      notes.push(note('warning', error))
      return 'unseen'
    })
  const group = asText(planned.outputs['group_name'])
  const [running, files, lock] = await Promise.all([
    // Before the first apply there is no group, and perhaps not even an API to ask.
    hasGroup(planned.json) && pullRequest ? look(findRunning(ports.compute, group)) : undefined,
    pullRequest && ports.github && look(ports.github.changedFiles(pullRequest.number)),
    look(findStateLock(ports.store, config.name)),
  ])
  if (lock !== undefined && lock !== 'unseen') notes.push(lock)
  if (!pullRequest || running === 'unseen') return { rollout: undefined, notes }
  const rollout = previewRollout({
    plan: planned.json,
    groupName: groupName(group || config.name),
    baseTemplateName: asText(planned.outputs['base_template_name']) || undefined,
    running,
    changedFiles:
      files === undefined || files === 'unseen'
        ? undefined
        : changedFilesOf(config, files, await leftOutOf(config, survey, files)),
  })
  return { rollout, notes }
}

async function leftOutOf(
  { image }: Config,
  survey: Survey | undefined,
  files: readonly string[]
): Promise<ReadonlySet<string>> {
  // An image that is there already is made of none of them.
  return image === undefined ? ((await survey?.leftOutOf(files)) ?? new Set()) : new Set(files)
}

/** An error as one of the things that a report tells. */
export function note(
  severity: Diagnostic['severity'],
  { message, hint = '' }: ActionError
): Diagnostic {
  return { severity, summary: message, detail: hint, address: '', file: '', line: 0 }
}
