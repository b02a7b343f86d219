import type { RolloutStory, VmRow } from '../../../../src/report/summary/rollout-story.ts'

const STARTED_AT_MS = Date.UTC(2026, 10, 23, 14)
const IMAGE = `europe-west1-docker.pkg.dev/mervis-demo/mervis/mervis@sha256:${'d1'.repeat(32)}`

export const A_VM: VmRow = {
  name: 'mervis-x7k2',
  zone: 'europe-west1-b',
  release: 'ab12cd34ef56',
  image: IMAGE,
  health: 'HEALTHY',
  address: '34.64.10.7',
}

/** Milliseconds since the epoch, so many seconds after the beginning. */
export function at(seconds: number): number {
  return STARTED_AT_MS + seconds * 1000
}

/** A deploy that went well, or whatever else is said. */
export function aStory(overrides: Partial<RolloutStory> = {}): RolloutStory {
  return {
    kind: 'deploy',
    end: 'deployed',
    name: 'mervis',
    projectId: 'mervis-demo',
    region: 'europe-west1',
    environment: 'production',
    group: 'mervis',
    release: 'ab12cd34ef56',
    previousRelease: '9f8e7d6c5b4a',
    runs: undefined,
    wayBack: '9f8e7d6c5b4a',
    image: IMAGE,
    imageOrigin: 'built',
    vms: [A_VM],
    failure: undefined,
    infrastructure: { add: 2, change: 1, destroy: 0 },
    isApplied: true,
    cost: {
      monthlyUsd: 5.65,
      monthlyUsdOnDemand: 16.9,
      differenceUsd: 0,
      parts: [],
      unknown: [],
      isPartial: false,
      pricesAsOf: '2026-11-20',
    },
    url: 'http://34.64.10.7:8080',
    spans: [
      { name: 'plan', startedAtMs: at(0), endedAtMs: at(6), hasFailed: false },
      { name: 'build', startedAtMs: at(0), endedAtMs: at(20), hasFailed: false },
      { name: 'roll', startedAtMs: at(20), endedAtMs: at(80), hasFailed: false },
    ],
    watches: [
      {
        direction: 'forth',
        release: 'ab12cd34ef56',
        endedAtMs: at(80),
        entries: [
          { vm: 'mervis-old', phase: 'earlier release', atMs: at(20) },
          { vm: 'mervis-x7k2', phase: 'creating', atMs: at(21) },
          { vm: 'mervis-x7k2', phase: 'pulling', atMs: at(35) },
          { vm: 'mervis-x7k2', phase: 'ready', atMs: at(60) },
          { vm: 'mervis-old', phase: 'leaving', atMs: at(60) },
          { vm: 'mervis-old', phase: 'gone', atMs: at(70) },
        ],
      },
    ],
    startedAtMs: at(0),
    endedAtMs: at(84),
    commit: 'c0ffee00'.repeat(5),
    ref: 'refs/heads/main',
    actor: 'ada',
    repositoryUrl: 'https://github.com/mervis/mervis',
    runUrl: 'https://github.com/mervis/mervis/actions/runs/17',
    ...overrides,
  }
}
