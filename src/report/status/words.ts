import { renderDuration } from '../../lib/duration.ts'
import type { LedgerEntry } from '../../release/ledger/ledger.ts'
import { counted } from '../markdown.ts'
import type { DeployLockStatus, StateLockStatus, StatusReport, VmStatus } from './report.ts'

/** The answer in one sentence. */
export function headline(report: StatusReport): string {
  const { service, region, state, release, vms, group } = report
  const where = `${service} in ${region}`
  const id = release?.id ?? ''
  const serving = vms.filter(({ obstacle }) => obstacle === '').length
  const wanted = counted(group?.targetSize ?? 0, 'VM')
  switch (state) {
    case 'running':
      return `${where} runs release ${id} on ${wanted}, ${verdict(report)}.`
    case 'degraded':
      if (group?.targetSize === 0)
        return `${where} is on release ${id} with size 0: no VM is to serve it.`
      return `${where} is degraded: ${serving} of ${wanted} serve release ${id}, ${verdict(report)}.`
    case 'rolling':
      return `${where} is rolling to release ${id}: ${serving} of ${wanted} serve it.`
    case 'unknown':
      return `What ${where} runs could not be read.`
    case 'none':
      return group === undefined
        ? `${where} is not deployed: there is no instance group.`
        : `${where} has no release yet: the instance group ${group.name} runs nothing.`
  }
}

function verdict({ release }: StatusReport): string {
  return release?.verifiedAt === undefined ? 'not verified' : 'verified'
}

/** What a person should know besides, each in a sentence. */
export function notices(report: StatusReport): readonly string[] {
  const { release, newBase, deployLock, stateLock, drift } = report
  return [
    ...ofRelease(report),
    ...(newBase === undefined
      ? []
      : [
          `Terraform's base template is ${newBase} by now, and release ${release?.id} was made of ${release?.base}: the next deploy rolls even if the image is the same.`,
        ]),
    ...(drift.length === 0
      ? []
      : ['This drift is what can be told without terraform; "command: plan" is the whole check.']),
    ...report.openAttempts.map((entry) => openAttempt(entry, report)),
    ...(deployLock ? [describeDeployLock(deployLock)] : []),
    ...(stateLock ? [describeStateLock(stateLock)] : []),
  ]
}

/** Whether what runs is what the ledger would go back to. */
function ofRelease({ release, state }: StatusReport): readonly string[] {
  if (release === undefined || state === 'rolling') return []
  const { id, newestVerified } = release
  if (newestVerified === undefined || newestVerified === id) return []
  return [`The ledger's newest verified release is ${newestVerified}, not ${id}.`]
}

function openAttempt({ attempt, release, startedAt, runUrl }: LedgerEntry, report: StatusReport) {
  const isAlive = report.deployLock !== undefined && !report.deployLock.isStale
  const fate = isAlive
    ? 'is under way'
    : 'was left by a run that is no more; the next one settles it'
  return `Attempt ${attempt} (release ${release}, since ${ago(startedAt, report.atMs)}, ${runUrl}) ${fate}.`
}

function describeDeployLock({ runUrl, actor, ageMs, isStale }: DeployLockStatus): string {
  const who = `${runUrl || 'a run that left no URL'}${actor && ` (started by ${actor})`}`
  const age = renderDuration(Math.max(ageMs, 0))
  return isStale
    ? `The deploy lock of ${who} is stale: it was not renewed for ${age}, and the next run takes it over.`
    : `The deploy lock is held by ${who}, renewed ${age} ago.`
}

function describeStateLock({ who, operation, since, url }: StateLockStatus): string {
  return `Terraform's state is locked by ${who}${since && ` since ${since}`} (${operation || 'unknown operation'}). If that run is no more, free it with: gcloud storage rm ${url}`
}

/** `4 min ago`; empty for no time. */
export function ago(iso: string, nowMs: number): string {
  const atMs = Date.parse(iso)
  if (Number.isNaN(atMs)) return ''
  return nowMs - atMs < 1000 ? 'just now' : `${renderAge(nowMs - atMs)} ago`
}

/** Seconds are of no use where hours have passed. */
function renderAge(ageMs: number): string {
  const hours = Math.floor(ageMs / 3_600_000)
  if (hours >= 48) return renderDuration(ageMs)
  if (hours >= 1) return `${hours} h`
  return renderDuration(Math.floor(ageMs / 1000) * 1000)
}

/** How long an attempt took, or that it goes on. */
export function tookOf({ startedAt, finishedAt }: LedgerEntry): string {
  return finishedAt === null
    ? 'open'
    : renderDuration(Math.max(Date.parse(finishedAt) - Date.parse(startedAt), 0))
}

/** `verified`, `rolled back to 1a2b…`, `open`. */
export function outcomeOf({ outcome, rolledBackTo }: LedgerEntry): string {
  if (outcome === null) return 'open'
  return rolledBackTo === null ? outcome.replace('_', ' ') : `rolled back to ${rolledBackTo}`
}

/** The first twelve digits of an image's digest; empty without one. */
export function shortDigest(image: string): string {
  return /@(sha256:[0-9a-f]{12})/.exec(image)?.[1] ?? ''
}

/** `ready`, or why not: its boot, then what the group says. */
export function bootOf({ boot, status, obstacle, detail }: VmStatus): string {
  if (obstacle === '') return boot || 'ready'
  if (boot !== '' && boot !== 'ready') return detail === '' ? boot : `${boot}: ${detail}`
  return boot || status.toLowerCase() || 'not there yet'
}

/** In lower case, as Google shouts; empty where nobody probes. */
export function healthOf({ health }: VmStatus): string {
  return health.toLowerCase()
}
