import type { StatusReport, VmStatus } from '../../../../src/report/status/report.ts'
import { aLedger } from '../../release/ledger/entries.ts'

export const IMAGE = `europe-west1-docker.pkg.dev/p/web/web@sha256:${'ab'.repeat(32)}`

export function aVm(change: Partial<VmStatus> = {}): VmStatus {
  return {
    name: 'web-x7k2',
    zone: 'europe-west1-b',
    release: 'a1b2c3d4e5f6',
    image: IMAGE,
    status: 'RUNNING',
    health: 'HEALTHY',
    address: '203.0.113.7',
    boot: 'ready',
    detail: '',
    since: '2026-11-23T00:00:48.000Z',
    obstacle: '',
    ...change,
  }
}

/** A service that runs on one VM, two minutes after its first deploy began. */
export function aReport(change: Partial<StatusReport> = {}): StatusReport {
  return {
    service: 'web',
    projectId: 'mervis-demo',
    region: 'europe-west1',
    atMs: Date.parse('2026-11-23T00:02:00.000Z'),
    state: 'running',
    group: { name: 'web', targetSize: 1, isStable: true, isAutoscaled: false },
    release: {
      id: 'a1b2c3d4e5f6',
      image: IMAGE,
      commit: 'c0ffee'.repeat(7).slice(0, 40),
      actor: 'octocat',
      base: 'web-base-1',
      verifiedAt: '2026-11-23T00:01:00.000Z',
      newestVerified: 'a1b2c3d4e5f6',
    },
    vms: [aVm()],
    newBase: undefined,
    drift: [],
    attempts: aLedger('a1b2c3d4e5f6 verified').entries,
    openAttempts: [],
    deployLock: undefined,
    stateLock: undefined,
    problems: [],
    ...change,
  }
}
