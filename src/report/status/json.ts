import type { JsonRecord } from '../../lib/json.ts'
import type { LedgerEntry } from '../../release/ledger/ledger.ts'
import type {
  DeployLockStatus,
  ReleaseStatus,
  StateLockStatus,
  StatusReport,
  VmStatus,
} from './report.ts'

/** The whole report for other programs; field names stay, new ones may come. */
export function renderJson(report: StatusReport): JsonRecord {
  const { group, release, drift, deployLock, stateLock } = report
  return {
    state: report.state,
    healthy: report.state === 'running',
    at: new Date(report.atMs).toISOString(),
    service: report.service,
    project: report.projectId,
    region: report.region,
    group: group
      ? {
          name: group.name,
          target_size: group.targetSize,
          is_stable: group.isStable,
          is_autoscaled: group.isAutoscaled,
        }
      : null,
    release: release ? renderRelease(release) : null,
    vms: report.vms.map(renderVm),
    base_is_ahead: report.newBase !== undefined,
    new_base: report.newBase ?? null,
    drifted: drift.length > 0,
    drift,
    attempts: report.attempts.map(renderAttempt),
    open_attempts: report.openAttempts.map(({ attempt }) => attempt),
    locks: {
      deploy: deployLock ? renderDeployLock(deployLock) : null,
      terraform: stateLock ? renderStateLock(stateLock) : null,
    },
    problems: report.problems,
  }
}

function renderRelease(release: ReleaseStatus): JsonRecord {
  return {
    id: release.id,
    image: release.image,
    commit: release.commit,
    actor: release.actor,
    base: release.base,
    verified: release.verifiedAt !== undefined,
    verified_at: release.verifiedAt ?? null,
    newest_verified: release.newestVerified ?? null,
    is_newest_verified: release.newestVerified === release.id,
  }
}

function renderVm(vm: VmStatus): JsonRecord {
  const { obstacle, ...rest } = vm
  return { ...rest, verified: obstacle === '', obstacle }
}

function renderAttempt(entry: LedgerEntry): JsonRecord {
  const { attempt, kind, release, image, commit, actor, reason } = entry
  return {
    attempt,
    kind,
    release,
    image,
    commit,
    actor,
    outcome: entry.outcome,
    rolled_back_to: entry.rolledBackTo,
    started_at: entry.startedAt,
    finished_at: entry.finishedAt,
    duration_seconds: secondsOf(entry),
    reason,
    run_url: entry.runUrl,
  }
}

function secondsOf({ startedAt, finishedAt }: LedgerEntry): number | null {
  if (finishedAt === null) return null
  return Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 100) / 10
}

function renderDeployLock(lock: DeployLockStatus): JsonRecord {
  const { holder, runUrl, actor, acquiredAt, renewedAt, ageMs, isStale } = lock
  const times = { acquired_at: acquiredAt, renewed_at: renewedAt, age_seconds: ageMs / 1000 }
  return { holder, run_url: runUrl, actor, ...times, stale: isStale }
}

function renderStateLock({ who, operation, since, url }: StateLockStatus): JsonRecord {
  return { who, operation, since, url }
}
