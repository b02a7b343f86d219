import type { Played, Story } from '../play.ts'
import { imageOf } from '../world/furnish.ts'
import type { GoodTime } from '../world/truth.ts'
import { isCalm, isEmptied, isResized, isUncut } from './weather.ts'

const LOOK_MS = 3_000
const FAULTY_LOOK_MS = 90_000
const LEAVING_MS = 40_000
/** From the moment that nothing but `min_ready` is missing to the verdict. */
const PROMPT_MS = 10_000
/** Where only the VMs' own reports tell, which Google lets nobody read all the time. */
const PROMPT_WITHOUT_PROBES_MS = 16_000

/** Green only if every VM ran the image, well, without a break for `min_ready`, until the last look. */
export function greenViolations(story: Story, played: Played, image: string): readonly string[] {
  const { schedule } = story
  const { endedAtMs = 0, holder, verdict } = played
  if (isEmptied(schedule)) return []
  const lookMs = lastLookMs(played)
  const heldMs = verdict?.result === 'unchanged' ? 0 : schedule.minReadyMs
  const good = goodTimes(story).find((time) => {
    const untilMs = Math.min(time.untilMs ?? endedAtMs, endedAtMs)
    return time.image === image && untilMs >= lookMs && untilMs - time.fromMs >= heldMs
  })
  if (good === undefined) {
    return [
      `${holder} said ${verdict?.result}, but not every VM ran ${tail(image)}, well, for ${heldMs} ms`,
    ]
  }
  return promptnessViolations(story, played, good)
}

/** Nobody waits for a verdict that could have been given. */
function promptnessViolations(
  { schedule, played: all }: Story,
  { plan, startedAtMs, endedAtMs = 0, holder }: Played,
  { fromMs }: GoodTime
): readonly string[] {
  if (!isUncut(plan, 0) || all.length > 1 || !isCalm(schedule, [])) return []
  // A job that waits for the lock of a dead one may find everything good when it gets it.
  if (fromMs < startedAtMs || all.some(({ job: other }) => other.isDead)) return []
  const waitedMs = endedAtMs - fromMs - schedule.minReadyMs
  const patienceMs = schedule.furniture.health ? PROMPT_MS : PROMPT_WITHOUT_PROBES_MS
  if (waitedMs <= patienceMs) return []
  return [`${holder} gave its verdict ${Math.round(waitedMs)} ms later than it could`]
}

function lastLookMs({ job, endedAtMs = 0 }: Played): number {
  const looks = job.sent.filter(({ path }) => path.includes('instanceGroupManagers'))
  const lastMs = looks.findLast(({ atMs }) => atMs <= endedAtMs)?.atMs ?? endedAtMs
  return lastMs - (job.faults.length > 0 ? FAULTY_LOOK_MS : LOOK_MS)
}

function goodTimes({ schedule, world }: Story): readonly GoodTime[] {
  return isResized(schedule) ? joined(world.truth.goodTimes) : world.truth.goodTimes
}

/** When a VM leaves a group that is to be smaller, the others have not been less well for it. */
function joined(times: readonly GoodTime[]): readonly GoodTime[] {
  const all: GoodTime[] = []
  for (const time of times) {
    const last = all.at(-1)
    const gapMs = time.fromMs - (last?.untilMs ?? Number.NEGATIVE_INFINITY)
    if (last?.image === time.image && gapMs < LEAVING_MS) last.untilMs = time.untilMs
    else all.push({ ...time })
  }
  return all
}

/** The ledger's last word on an image's release. */
export function wordViolations(played: Played, image: string, outcome: string): readonly string[] {
  // A job that changes nothing writes nothing: an attempt that was cancelled before it is no word.
  const silent = played.verdict?.result === 'unchanged' ? [null, 'interrupted'] : [null]
  const last = played.left.ledger.findLast(
    (entry) => entry.image === image && !silent.includes(entry.outcome)
  )
  if (last?.outcome === outcome) return []
  return [`${played.holder} ended ${outcome}, and the ledger says ${last?.outcome ?? 'nothing'}`]
}

/** One more undisturbed job: group, ledger and lock agree, and nothing is stuck. */
export function lastViolations(story: Story): readonly string[] {
  const { last, schedule, world, isLocked } = story
  const image = imageOf(schedule.lastImage)
  if (last.endedAtMs === undefined) return ['the last job never ended']
  const { result = 'died', message = '' } = last.verdict ?? {}
  if (result !== 'verified' && result !== 'unchanged') {
    return [`the last job, undisturbed, ended ${result}: ${message}`]
  }
  const entry = last.left.ledger.find((one) => one.image === image)
  const groupIsOn = world.cloud.record.runner.group.spec.versions.map(({ name }) => name).join()
  const open = last.left.ledger.filter(({ outcome }) => outcome === null)
  return [
    ...greenViolations(story, last, image),
    ...wordViolations(last, image, 'verified'),
    ...(groupIsOn === entry?.release ? [] : [`the group ended on ${groupIsOn}`]),
    ...(open.length === 0 ? [] : [`${open.length} attempts of the ledger stayed open`]),
    ...(isLocked ? ['the deploy lock stayed behind'] : []),
  ]
}

/** The image as people call it here. */
export function tail(image: string): string {
  return `image ${Number(image.slice(-4))}`
}
