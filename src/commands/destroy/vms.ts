import { ActionError } from '../../errors.ts'
import { groupName } from '../../google/compute/group-reference.ts'
import { emptyGroup, parkGroup, switchOffAutoscaler } from '../../google/removal/groups.ts'
import { renderDuration } from '../../lib/duration.ts'
import { counted } from '../../report/markdown.ts'
import type { FoundGroup } from './found.ts'
import type { Story } from './story.ts'

const POLL_MS = 3_000
/** A shutdown script has 90 s, and Google some minutes for the rest. */
const DEADLINE_MS = 15 * 60_000

/** Ends all VMs and takes the group off its release: from here on nothing of it costs anything. */
export async function stopVms(
  story: Story,
  { reference, group, vms, template }: FoundGroup
): Promise<string | undefined> {
  const { config, ports } = story
  const { google, log } = ports
  // Else it would ask for VMs again as soon as there are none.
  if (group.autoscaler !== undefined) {
    log.info(`Switching off the autoscaler of ${group.name}.`)
    await switchOffAutoscaler(google, group.autoscaler)
  }
  if (group.targetSize > 0) await emptyGroup(google, config, reference)
  await waitUntilEmpty(story, reference)
  if (template !== undefined) await parkGroup(google, config, { group: reference, template })
  return vms === 0 ? undefined : counted(vms, 'VM')
}

async function waitUntilEmpty({ ports, context }: Story, group: string): Promise<void> {
  const { clock, compute, log } = ports
  const startedAtMs = clock.now()
  let before = new Set<string>()
  for (;;) {
    const names = new Set((await compute.listManagedInstances(group)).map(({ name }) => name))
    for (const name of before) if (!names.has(name)) log.info(`${name}  gone`)
    if (names.size === 0) return
    if (clock.now() - startedAtMs > DEADLINE_MS) throw stillThere(group, names)
    before = names
    await clock.sleep(POLL_MS, context.signal)
  }
}

function stillThere(group: string, names: ReadonlySet<string>): ActionError {
  return new ActionError(
    'DESTROY_FAILED',
    `${counted(names.size, 'VM')} of ${groupName(group)} did not go within ${renderDuration(DEADLINE_MS)}: ${[...names].slice(0, 5).join(', ')}.`,
    { hint: 'Look at the operations of these VMs in the console, delete what protects them.' }
  )
}
