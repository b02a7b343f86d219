import { groupName } from '../../google/compute/group-reference.ts'
import { renderDuration } from '../../lib/duration.ts'
import type { Lap } from '../../lib/stopwatch.ts'
import type { Log } from '../../ports.ts'
import { counted } from '../../report/markdown.ts'
import { describeBehind, type VmBehind } from '../../secrets/behind.ts'
import type { PublishedSecret } from '../../secrets/publish.ts'
import type { VmState } from '../deploy/result.ts'
import type { Service } from './service.ts'

export interface SecretsResult {
  /** `written`: new versions, which no VM has yet. */
  readonly outcome: 'deployed' | 'written' | 'unchanged'
  readonly secrets: readonly PublishedSecret[]
  /** Running VMs that have an old value still. */
  readonly behind: readonly VmBehind[]
  /** The release that runs now; empty before there is one. */
  readonly release: string
  readonly rolled: RolledVms | undefined
  readonly steps: readonly Lap[]
  readonly durationMs: number
}

/** What a roll left. */
export interface RolledVms {
  readonly previousRelease: string
  readonly image: string
  readonly vms: readonly VmState[]
  readonly url: string
}

/** The versions, one line each for those that stayed as they were; new ones have been told. */
export function sayPublished(log: Log, published: readonly PublishedSecret[]): void {
  if (published.length === 0) log.info('No values were given ("secret_values").')
  for (const { secret, version, wasAdded } of published)
    if (!wasAdded) log.info(`${secret}: version ${version} has this value already.`)
}

/** Which VMs have an old value, and what brings them the new one. */
export function sayBehind(log: Log, service: Service | undefined, willRoll: boolean): void {
  if (service === undefined) {
    log.info('There is no release yet: the first deploy takes the newest values.')
    return
  }
  const { behind, isBehind, release } = service
  for (const vm of behind) log.info(describeBehind(vm))
  if (!isBehind && behind.length === 0) {
    log.info(`Every VM of release ${release} has the newest values.`)
  } else if (!willRoll) {
    const who = behind.length === 0 ? 'New VMs get' : `${counted(behind.length, 'VM')} will keep`
    log.info(
      `${who} the old values until the next deploy; with the input "roll: true" this command rolls them.`
    )
  }
}

/** The last lines of the log. */
export function sayResult(log: Log, service: Service | undefined, result: SecretsResult): void {
  const { outcome, secrets, release, rolled, durationMs } = result
  const took = renderDuration(durationMs)
  const added = secrets.filter(({ wasAdded }) => wasAdded)
  if (outcome === 'unchanged') log.info(`Unchanged (${took}).`)
  if (outcome === 'written') log.info(`Wrote ${counted(added.length, 'new version')} in ${took}.`)
  if (outcome !== 'deployed' || rolled === undefined || service === undefined) return
  const group = groupName(service.infrastructure.groupName)
  log.info(
    `Rolled ${counted(rolled.vms.length, 'VM')} of ${group} onto the newest values, release ${release}, in ${took}. A rollback to ${rolled.previousRelease} brings the old ones back.`
  )
  for (const { name, address, health } of rolled.vms)
    log.info(`  ${name}  ${address}  ${health.toLowerCase()}`)
}
