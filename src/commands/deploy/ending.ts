import { describeError } from '../../errors.ts'
import type { Log } from '../../ports.ts'
import type { Trail } from '../../release/attempt/trail.ts'
import type { Observation } from '../../release/rollout/observation.ts'
import type { RolloutStory, VmRow, WatchStory } from '../../report/summary/rollout-story.ts'
import { renderRolloutSummary } from '../../report/summary/summary.ts'
import { endOf, failureStory } from './failure-story.ts'

/** What is only known of a rollout at its end. */
export type Ending = Pick<
  RolloutStory,
  'end' | 'runs' | 'wayBack' | 'previousRelease' | 'failure' | 'url' | 'vms' | 'watches'
>

export interface WellEnded {
  readonly result: {
    readonly outcome: 'deployed' | 'unchanged'
    readonly previousRelease: string
    readonly url: string
    readonly vms: readonly { readonly name: string; readonly address: string }[]
  }
  readonly observation: Observation
  /** The release that a rollback would bring back; empty when there is none. */
  readonly wayBack: string
}

/** The end of a rollout that was verified, or had nothing to do. */
export function endedWell({ result, observation, wayBack }: WellEnded, trail: Trail): Ending {
  const { outcome, previousRelease, url, vms } = result
  const addresses = new Map(vms.map(({ name, address }) => [name, address]))
  return {
    end: outcome,
    runs: undefined,
    wayBack,
    previousRelease,
    failure: undefined,
    url,
    vms: rowsOf(observation, addresses),
    watches: watchesOf(trail, undefined),
  }
}

export interface BadlyEnded {
  readonly error: unknown
  readonly isCancelled: boolean
  readonly nowMs: number
}

/** The end of a rollout that failed, wherever it stood. */
export function endedBadly({ error, isCancelled, nowMs }: BadlyEnded, trail: Trail): Ending {
  const end = isCancelled ? 'cancelled' : endOf(error)
  const last = trail.legs.at(-1)
  const seen = last?.timeline.last
  return {
    end,
    runs: end === 'rolled_back' ? last?.release : undefined,
    wayBack: undefined,
    previousRelease: trail.turns.previousRelease,
    failure: failureStory(error, trail),
    url: '',
    // After a cancel nobody saw where the VMs went.
    vms: seen === undefined || isCancelled ? [] : rowsOf(seen, new Map()),
    watches: watchesOf(trail, isCancelled ? nowMs : undefined),
  }
}

/** Page of the run and GitHub's page of deployments, both at once: after a cancel there are seconds only. */
export async function publishEnd(
  ports: { readonly summarize: (markdown: string) => Promise<void>; readonly log: Log },
  told: RolloutStory,
  announced: Promise<void>
): Promise<void> {
  const [shown] = await Promise.allSettled([
    // What goes wrong in rendering must not take the place of how the rollout ended.
    Promise.resolve().then(() => ports.summarize(renderRolloutSummary(told))),
    announced,
  ])
  if (shown.status === 'rejected')
    ports.log.warning(`There is no summary of this run: ${describeError(shown.reason)}`)
}

/** `cutAtMs`: when the last watch was broken off, if it was. */
function watchesOf({ legs }: Trail, cutAtMs: number | undefined): readonly WatchStory[] {
  return legs.map(({ direction, release, startedAtMs, timeline }, index) => {
    const seenAtMs = timeline.last?.atMs ?? startedAtMs
    const isLast = index === legs.length - 1
    const endedAtMs = isLast ? (cutAtMs ?? seenAtMs) : seenAtMs
    return { direction, release, entries: timeline.entries, endedAtMs }
  })
}

function rowsOf(
  { instances, reports }: Observation,
  addresses: ReadonlyMap<string, string>
): readonly VmRow[] {
  return instances.map(({ name, zone, versionName, healthStates }) => ({
    name,
    zone,
    release: reports.get(name)?.release || versionName,
    image: reports.get(name)?.image ?? '',
    health: healthStates.join(', '),
    address: addresses.get(name),
  }))
}
