import { renderDuration } from '../../lib/duration.ts'
import type { Observation } from '../../release/rollout/observation.ts'
import { counted } from '../../report/markdown.ts'
import type { RolloutStory } from '../../report/summary/rollout-story.ts'
import { type Ending, endedBadly, endedWell, publishEnd } from '../deploy/ending.ts'
import type { RollbackResult } from './result.ts'
import type { Story } from './story.ts'
import type { Target } from './target.ts'

export interface RolledBack {
  readonly result: RollbackResult
  readonly observation: Observation
}

/** The two halves of a rollback. */
export interface Halves {
  readonly find: () => Promise<Target>
  readonly goTo: (target: Target) => Promise<RolledBack>
}

/**
 * Does both, and tells how that ended where people look for it: on the page of the run, and as a
 * deployment of GitHub. Telling changes nothing about the end.
 */
export async function told(story: Story, { find, goTo }: Halves): Promise<RollbackResult> {
  let target: Target | undefined
  try {
    target = await find()
    const { release, image, commit } = target.entry
    story.ports.announcement.begun({ release, image, ...(commit !== '' && { commit }) })
    const rolled = await goTo(target)
    await tell(story, target, endedWell({ ...rolled, wayBack: target.wayBack }, story.trail))
    return rolled.result
  } catch (error) {
    const isCancelled = story.context.signal.aborted
    const nowMs = story.ports.clock.now()
    await tell(story, target, endedBadly({ error, isCancelled, nowMs }, story.trail))
    throw error
  }
}

async function tell(story: Story, target: Target | undefined, ending: Ending): Promise<void> {
  const told = compose(story, target, ending)
  // Where nothing was chosen there is no deployment that could have failed.
  const announced = target === undefined ? Promise.resolve() : announceEnd(story, told)
  await publishEnd(story.ports, told, announced)
}

function compose(
  { config, ports, context, startedAtMs, steps }: Story,
  target: Target | undefined,
  ending: Ending
): RolloutStory {
  return {
    ...ending,
    kind: 'rollback',
    name: config.name,
    projectId: config.projectId,
    region: config.region,
    environment: config.environment,
    group: target?.infrastructure.groupName,
    release: target?.entry.release,
    image: target?.entry.image,
    imageOrigin: undefined,
    infrastructure: undefined,
    isApplied: false,
    cost: undefined,
    spans: steps.spans,
    startedAtMs,
    endedAtMs: ports.clock.now(),
    commit: target?.entry.commit ?? '',
    ref: target?.entry.ref ?? '',
    actor: context.actor,
    repositoryUrl: context.sourceUrl,
    runUrl: context.runUrl,
  }
}

function announceEnd({ ports }: Story, told: RolloutStory): Promise<void> {
  const { end, release = '', vms, failure, url, startedAtMs, endedAtMs } = told
  if (failure === undefined) {
    const took = renderDuration(endedAtMs - startedAtMs)
    const verb = end === 'unchanged' ? 'Unchanged: release' : 'Rolled back to release'
    const description = `${verb} ${release} on ${counted(vms.length, 'VM')} in ${took}`
    return ports.announcement.succeeded({ description, url })
  }
  const isCancelled = end === 'cancelled'
  const why = isCancelled ? failure.ending || failure.reason : failure.reason
  const description = `Not rolled back to release ${release}: ${why}`
  return ports.announcement.failed({ description, isCancelled })
}
