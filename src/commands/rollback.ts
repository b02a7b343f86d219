import { groupName } from '../google/compute/group-reference.ts'
import type { Config } from '../inputs.ts'
import { asText } from '../lib/json.ts'
import { Stopwatch } from '../lib/stopwatch.ts'
import { attemptRelease } from '../release/attempt/attempt.ts'
import type { Attempted } from '../release/attempt/attempted.ts'
import { Trail } from '../release/attempt/trail.ts'
import { urlOf } from './deploy/result.ts'
import { describeVms } from './deploy/vms.ts'
import { type RollbackResult, sayRolledBack } from './rollback/result.ts'
import type { RollbackContext, RollbackPorts, Story } from './rollback/story.ts'
import { describeRelease, findTarget, type Target } from './rollback/target.ts'
import { type RolledBack, told } from './rollback/telling.ts'

/** Brings an earlier release back: chosen from the ledger, with one PATCH, watched and taken back as a deploy is. */
export async function rollback(
  config: Config,
  ports: RollbackPorts,
  context: RollbackContext
): Promise<RollbackResult> {
  const { clock } = ports
  const steps = new Stopwatch(clock)
  const story = { config, ports, context, steps, startedAtMs: clock.now(), trail: new Trail() }
  return told(story, {
    find: () =>
      ports.log.group('Choosing the release', () =>
        steps.time('choose', () => chooseTarget(story))
      ),
    goTo: (target) => goTo(story, target),
  })
}

async function goTo(story: Story, target: Target): Promise<RolledBack> {
  const { ports, steps, startedAtMs } = story
  const { clock, log } = ports
  const { infrastructure, entry } = target
  const rolled = await log.group(
    `Rolling ${groupName(infrastructure.groupName)} back to release ${entry.release}`,
    () => steps.time('roll', () => roll(story, target))
  )
  const vms = await describeVms(ports.compute, rolled.observation)
  ports.handover.end()
  const result = {
    outcome: rolled.wasRolled ? ('deployed' as const) : ('unchanged' as const),
    release: entry.release,
    previousRelease: rolled.wasRolled ? rolled.previousRelease : '',
    image: entry.image,
    commit: entry.commit,
    vms,
    url: infrastructure.url ?? urlOf(vms, infrastructure.port),
    steps: steps.laps,
    durationMs: clock.now() - startedAtMs,
  }
  sayRolledBack(log, infrastructure, result)
  return { result, observation: rolled.observation }
}

async function chooseTarget(story: Story): Promise<Target> {
  const target = await findTarget(story)
  const { entry, current } = target
  const from = current === '' ? 'no release' : `release ${current}`
  const deployed = `${entry.actor || 'somebody'} at ${entry.startedAt}, ${entry.runUrl}`
  story.ports.log.info(
    entry.release === current
      ? `The group is on ${describeRelease(entry)} already.`
      : `From ${from} to ${describeRelease(entry)}, rolled out by ${deployed}`
  )
  return target
}

function roll({ config, ports, context, trail }: Story, target: Target): Promise<Attempted> {
  const { minReadyMs, progressDeadlineMs, autoRollback, name } = config
  const { actor, runUrl, holder, signal } = context
  const { entry, template } = target
  const { release, image, commit, ref } = entry
  // In the ledger stands the commit that runs again, not the one from which somebody dispatched this.
  const provenance = { commit, ref, actor, runUrl }
  const machineType = asText(template.properties['machineType']) || undefined
  const group = target.infrastructure.groupName
  ports.handover.begin(group)
  return attemptRelease(ports, {
    group,
    prefix: name,
    release: { id: release, template },
    policy: { release, image, machineType, minReadyMs, progressDeadlineMs },
    kind: 'rollback',
    provenance,
    holder,
    autoRollback,
    signal,
    trail,
  })
}
