import type { ManagedInstance } from '../../google/compute/group.ts'
import type { ListedTemplate } from '../../google/compute/template-list.ts'
import type { InspectedGroup } from '../../google/inspection/group.ts'
import type { Config } from '../../inputs.ts'
import { asRecord, asText, type JsonRecord, parseJson } from '../../lib/json.ts'
import { lastVerified, openEntries } from '../../release/ledger/ledger.ts'
import { imageOfTemplate } from '../../release/prune/release-template.ts'
import { obstacleOf } from '../../release/rollout/readiness.ts'
import type {
  GroupStatus,
  ReleaseStatus,
  ServiceState,
  StatusReport,
  VmStatus,
} from '../../report/status/report.ts'
import { type Drift, driftOfGroup } from '../../terraform/recorded/group-drift.ts'
import { findGroup, type RecordedState } from '../../terraform/recorded/state-file.ts'
import type { Facts, GroupFacts } from './questions.ts'

const MOST_ATTEMPTS = 10

/** What the answers come to. Pure. */
export function reportOn(
  config: Pick<Config, 'name' | 'projectId' | 'region'>,
  facts: Facts,
  { atMs, problems }: Pick<StatusReport, 'atMs' | 'problems'>
): StatusReport {
  const group = facts.group === 'none' ? undefined : facts.group
  const release = group && releaseOf(config.name, group.group, facts)
  const vms = group ? group.instances.map((vm) => vmOf(vm, group, release)) : []
  const entries = facts.ledger?.entries ?? []
  return {
    service: config.name,
    projectId: config.projectId,
    region: config.region,
    atMs,
    state: stateOf(facts, release, vms),
    group: group && groupOf(group.group),
    release,
    vms,
    newBase: newBaseOf(facts.state, release),
    drift: driftOf(facts),
    attempts: entries.slice(-MOST_ATTEMPTS).reverse(),
    openAttempts: facts.ledger ? openEntries(facts.ledger) : [],
    deployLock: facts.deployLock,
    stateLock: facts.stateLock,
    problems,
  }
}

/** A group on terraform's own template serves nothing yet. */
function releaseOf(
  service: string,
  { versions }: InspectedGroup,
  { templates, ledger }: Facts
): ReleaseStatus | undefined {
  const version = versions.at(-1)
  if (version === undefined || version.name === '') return undefined
  const template = (templates ?? []).find(({ name }) => name === `${service}-${version.name}`)
  const entries = ledger?.entries.filter(({ release }) => release === version.name) ?? []
  const verified = ledger ? lastVerified(ledger, { otherThan: undefined }) : []
  const own = verified.find(({ release }) => release === version.name)
  return {
    id: version.name,
    image: (template && imageOfTemplate(template)) || (entries.at(-1)?.image ?? ''),
    ...originOf(template),
    verifiedAt: own?.finishedAt ?? undefined,
    newestVerified: verified[0]?.release,
  }
}

function originOf(
  template: ListedTemplate | undefined
): Pick<ReleaseStatus, 'commit' | 'actor' | 'base'> {
  const told = asRecord(parseJson(template?.description ?? ''))
  return {
    commit: asText(told['commit']),
    actor: asText(told['actor']),
    base: asText(told['base']),
  }
}

function groupOf(group: InspectedGroup): GroupStatus {
  return {
    name: group.name,
    targetSize: group.targetSize,
    isStable: group.isStable,
    isAutoscaled: group.autoscaler !== undefined,
  }
}

function vmOf(
  instance: ManagedInstance,
  group: GroupFacts,
  release: ReleaseStatus | undefined
): VmStatus {
  const word = group.words.get(instance.name)
  const card = group.cards.get(instance.name)
  const report = word?.report
  return {
    name: instance.name,
    zone: instance.zone,
    release: report?.release || instance.versionName,
    image: report?.image ?? '',
    status: instance.instanceStatus,
    health: instance.healthStates.join(', '),
    address: card?.address ?? '',
    boot: report?.phase ?? '',
    detail: report?.detail ?? '',
    since: word?.at || card?.createdAt || '',
    obstacle: obstacle(instance, group, release),
  }
}

/** Empty for a VM that serves the group's release; of one that was not asked, what the group says counts. */
function obstacle(
  instance: ManagedInstance,
  facts: GroupFacts,
  release: ReleaseStatus | undefined
): string {
  if (release === undefined) return 'runs no release'
  const word = facts.words.get(instance.name)
  const unasked = { phase: 'ready', detail: '', log: '', release: release.id, image: release.image }
  const policy = { release: release.id, image: release.image, minReadyMs: 0, progressDeadlineMs: 0 }
  const report = word ? word.report : unasked
  return obstacleOf(instance, report, { group: facts.group, policy }) ?? ''
}

function stateOf(
  { group, ledger, deployLock }: Facts,
  release: ReleaseStatus | undefined,
  vms: readonly VmStatus[]
): ServiceState {
  if (group === undefined) return 'unknown'
  if (group === 'none' || release === undefined) return 'none'
  // Some runs keep the lock while they build: only one that has begun an attempt rolls.
  const isAttempting = (ledger ? openEntries(ledger) : []).length > 0
  const isHeld = deployLock !== undefined && !deployLock.isStale
  const { versions, isVersionTargetReached, targetSize } = group.group
  const isOnTheWay = versions.length > 1 || !isVersionTargetReached
  if (isOnTheWay || (isAttempting && isHeld)) return 'rolling'
  // A group of size 0 may be meant, and yet it serves nobody.
  const isWhole =
    targetSize > 0 && vms.length === targetSize && vms.every((vm) => vm.obstacle === '')
  return isWhole ? 'running' : 'degraded'
}

/** Undefined where the next deploy of the same image changes nothing, or where nobody can tell. */
function newBaseOf(
  state: RecordedState | undefined,
  release: ReleaseStatus | undefined
): string | undefined {
  const base = asText(state?.outputs['base_template_name'])
  if (release === undefined || release.base === '' || base === '') return undefined
  return base === release.base ? undefined : base
}

function driftOf({ state, group, isBaseThere }: Facts): readonly Drift[] {
  if (state === undefined) return []
  const recorded = findGroup(state, asText(state.outputs['group_name']))
  const base = asText(state.outputs['base_template_name'])
  return [
    ...(recorded ? driftFrom(recorded.attributes, group) : []),
    ...(isBaseThere === false ? [gone('base template', base)] : []),
  ]
}

function driftFrom(recorded: JsonRecord, group: Facts['group']): readonly Drift[] {
  if (group === undefined) return []
  if (group === 'none') return [gone('instance group', asText(recorded['name']))]
  return driftOfGroup(recorded, group.group.whole)
}

function gone(what: string, name: string): Drift {
  return { what, recorded: name, found: 'nothing' }
}
