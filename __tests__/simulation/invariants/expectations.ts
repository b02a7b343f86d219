import type { Played, Story } from '../play.ts'
import { imageOf } from '../world/furnish.ts'
import { greenViolations } from './green.ts'
import {
  bootMs,
  isAlone,
  isBearable,
  isCalm,
  isSurelyBad,
  isSurelyGood,
  isUncut,
  totalShortage,
} from './weather.ts'

/** What must come out of a job where conditions leave no doubt. */
export function expectationViolations(story: Story, played: Played): readonly string[] {
  return [
    ...goodRelease(story, played),
    ...badRelease(story, played),
    ...shortage(story, played),
    ...cancelled(story, played),
    ...finished(story, played),
  ]
}

const GOOD_ENDS = ['verified', 'unchanged', 'cancelled']

/** Nothing but faults that pass, and VMs that Spot takes away: a good release arrives. */
function goodRelease(story: Story, played: Played): readonly string[] {
  const { schedule } = story
  const { verdict, holder, plan } = played
  const image = schedule.images[plan.image]
  if (!isAlone(story, played) || !isBearable(schedule) || image === undefined) return []
  const { result = 'cancelled', message } = verdict ?? {}
  if (!isSurelyGood(image, schedule) || GOOD_ENDS.includes(result)) return []
  return [`${holder} ended ${result} with a good release: ${message}`]
}

/** From the last boot that may fail to the way back. */
const RECOGNISED_MS = 30_000

/** A release that cannot run is taken back, and one that says so at once. */
function badRelease(story: Story, played: Played): readonly string[] {
  const { schedule } = story
  const { verdict, holder, plan, job, startedAtMs } = played
  const image = schedule.images[plan.image]
  if (!isAlone(story, played) || !isCalm(schedule) || image === undefined) return []
  if (!isSurelyBad(image, schedule) || schedule.furniture.size === 0) return []
  const { result } = verdict ?? {}
  if (result === 'cancelled' || result === undefined) return []
  const wanted = schedule.furniture.isReleased ? 'rolled_back' : 'failed'
  if (result !== wanted)
    return [`${holder} ended ${result} with a bad release: ${verdict?.message}`]
  const patches = job.sent.filter(({ method }) => method === 'PATCH')
  const backMs = patches.at(-1)?.atMs ?? 0
  const patienceMs = bootMs(image, schedule) + RECOGNISED_MS + 30_000 * job.faults.length
  if (image.end !== 'exits' || wanted === 'failed' || backMs - startedAtMs < patienceMs) return []
  return [`${holder} took ${Math.round(backMs - startedAtMs)} ms to see that its release exits`]
}

/** Where Google has no VMs the release is not to blame. */
function shortage(story: Story, played: Played): readonly string[] {
  const { schedule } = story
  const { verdict, holder, plan } = played
  const kind = totalShortage(schedule)
  const image = schedule.images[plan.image]
  if (kind === undefined || !isAlone(story, played) || schedule.furniture.size === 0) return []
  if (image === undefined || !isSurelyGood(image, schedule) || plan.cancelMs !== undefined)
    return []
  const code = kind === 'stockout' ? 'ROLLOUT_CAPACITY' : 'ROLLOUT_QUOTA'
  if (verdict?.message.startsWith(code)) return []
  return [`${holder} met no room for VMs and ended ${verdict?.result}: ${verdict?.message}`]
}

/** A cancelled job that had its ten seconds left nothing open, and nothing half done. */
function cancelled(story: Story, played: Played): readonly string[] {
  const { verdict, holder, plan, isKilled, left } = played
  if (verdict?.result !== 'cancelled' && !isKilled) return []
  if (!isUncut(plan, 1) || story.played.length > 1 || !isCalm(story.schedule)) return []
  const open = left.ledger.filter(({ outcome }) => outcome === null)
  const own = left.ledger.findLast((entry) => entry.holder === holder)
  const stays = own !== undefined && left.groupIsOn === own.release && own.outcome !== 'verified'
  return [
    ...(open.length > 0 ? [`${holder} was cancelled and left its attempt open`] : []),
    ...(played.left.isLocked ? [`${holder} was cancelled and left its lock`] : []),
    ...(stays && story.schedule.furniture.isReleased
      ? [`${holder} was cancelled and left the group on its release`]
      : []),
  ]
}

/** Whatever cut a job short: where its post step got to its end, nothing is open and nothing locked. */
function finished({ played: all }: Story, { afterPost, holder, plan }: Played): readonly string[] {
  if (afterPost === undefined || all.length > 1) return []
  // A lock that is written after its removal frees itself, and nobody can foresee it.
  const isLocked = afterPost.isLocked && plan.faults.every(({ kind }) => kind !== 'late')
  const open = afterPost.ledger.filter(({ outcome }) => outcome === null)
  return [
    ...(open.length > 0 ? [`the post step of ${holder} left its attempt open`] : []),
    ...(isLocked ? [`the post step of ${holder} left the lock`] : []),
  ]
}

/** Where the group went back to was verified once more. */
export function rolledBackViolations(story: Story, played: Played): readonly string[] {
  // It may have gone on with the attempt of a dead job, so the holder does not tell it.
  const own = played.left.ledger.findLast((entry) => entry.image === imageOf(played.plan.image))
  const back = own?.outcome === 'rolled_back' ? own.rolledBackTo : undefined
  const target = played.left.ledger.find(({ release }) => release === back)
  if (target === undefined) {
    return [`${played.holder} rolled back, and the ledger does not say where to`]
  }
  return greenViolations(story, played, target.image)
}
