import { VirtualClock } from '../../emulator/clock.ts'
import type { Compute as Cloud } from '../../emulator/google/compute/compute.ts'
import { isStable, isVersionTargetReached } from '../../emulator/google/compute/group/status.ts'
import type { Clock, Http } from '../../src/ports.ts'
import { GroupWatch } from '../../src/release/watch.ts'
import { computeOn, POLICY, quietLog } from './client.ts'
import { type CloudOptions, createCloud } from './cloud.ts'
import { GROUP, RELEASE, TEMPLATE } from './scene.ts'

export interface VirtualRollout {
  /** From the moment at which everything is true that a verdict needs, beyond min_ready. */
  readonly lateMs: number
  readonly durationMs: number
  readonly requests: number
}

/** Often enough to know when the group was done, in virtual time. */
const STEP_MS = 50
const TIME_TO_BOOT_MS = 300_000
const OPERATION_MS = 10_000

/** One rollout with the real watch on a virtual clock: requests take no time in it. */
export async function rollOut(
  options: Pick<CloudOptions, 'size' | 'hasHealthCheck' | 'seed'>
): Promise<VirtualRollout> {
  const time = new VirtualClock()
  const cloud = await createCloud({ ...options, clock: time, surge: 3, slowness: 3 })
  time.advance(TIME_TO_BOOT_MS)
  let requests = 0
  const http: Http = {
    send: (request) => {
      requests += 1
      const answered = answer(cloud, request)
      // The only request that is answered later: by the operation's end.
      if (request.url.endsWith('/wait')) time.advance(OPERATION_MS)
      return answered
    },
  }
  let doneAtMs = 0
  const clock: Clock = {
    now: () => time.now(),
    sleep: async (durationMs) => {
      const untilMs = time.now() + durationMs
      while (time.now() < untilMs) {
        time.advance(Math.min(STEP_MS, untilMs - time.now()))
        if (!isDone(cloud)) doneAtMs = time.now()
      }
    },
  }
  const compute = computeOn({ http, clock })
  const startedAtMs = time.now()
  const { fingerprint } = await compute.fetchGroup(GROUP)
  await compute.patchVersion(GROUP, { name: RELEASE, instanceTemplate: TEMPLATE }, fingerprint)
  const { signal } = new AbortController()
  const watch = new GroupWatch(
    { compute, clock, log: quietLog },
    { group: GROUP, policy: POLICY, signal }
  )
  const { verdict } = await watch.untilVerdict()
  if (verdict.kind !== 'verified') throw new Error(`The rollout ended as ${verdict.kind}.`)
  await cloud.stop()
  const lateMs = time.now() - doneAtMs - POLICY.minReadyMs
  return { lateMs, durationMs: time.now() - startedAtMs, requests }
}

async function answer(cloud: Cloud, request: Parameters<Http['send']>[0]) {
  const { pathname, search } = new URL(request.url)
  const path = `${pathname.replace('/compute/v1', '')}${search}`
  const { method, body } = request
  const response = await cloud.routes.request(path, { method, ...(body && { body }) })
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  }
}

/** The truth: the group at rest on the release, and every VM ready by its own word. */
function isDone(cloud: Cloud): boolean {
  return cloud.groups().every(({ runner }) => {
    if (!isStable(runner.group) || !isVersionTargetReached(runner.group)) return false
    return runner.hosted().every(({ machine }) =>
      machine.guestAttributes().some(({ value }) => {
        return value.includes('"phase":"ready"') && value.includes(RELEASE)
      })
    )
  })
}
