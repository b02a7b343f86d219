import { groupName } from '../../google/compute/group-reference.ts'
import { renderDuration } from '../../lib/duration.ts'
import type { Log } from '../../ports.ts'
import { counted } from '../../report/markdown.ts'
import type { Infrastructure } from '../../terraform/outputs.ts'
import type { DeployResult } from '../deploy/result.ts'

/** What a rollback came to; the words are those of a deploy. */
export interface RollbackResult extends Omit<DeployResult, 'changes'> {
  /** The commit that runs again. */
  readonly commit: string
}

/** The last lines of the log: what runs now, where, and that it stays so until the next push. */
export function sayRolledBack(
  log: Log,
  { groupName: reference }: Infrastructure,
  result: RollbackResult
): void {
  const { outcome, release, commit, vms, durationMs, previousRelease } = result
  const group = groupName(reference)
  const what = `release ${release} (commit ${commit.slice(0, 7)})`
  const took = renderDuration(durationMs)
  if (outcome === 'unchanged') {
    log.info(`Unchanged: ${group} runs ${what} (${took}).`)
  } else {
    const from = previousRelease === '' ? '' : ` from ${previousRelease}`
    log.info(`Rolled ${counted(vms.length, 'VM')} of ${group} back${from} to ${what} in ${took}.`)
  }
  for (const vm of vms) log.info(`  ${vm.name}  ${vm.address}  ${vm.health.toLowerCase()}`)
  if (outcome === 'deployed')
    log.info('The next push to the branch that is deployed goes forward again.')
}
