import type { Played, Story } from './play.ts'
import type { Blow, Schedule } from './schedule.ts'
import { imageOf } from './world/furnish.ts'
import type { ImagePlan } from './world/guest.ts'
import type { GoodTime } from './world/truth.ts'

/** What is wrong with a run, in words; empty when nothing is. */
export function violations(story: Story): readonly string[] {
  return [
    ...story.breaches,
    ...story.played.flatMap((played) => [
      ...jobViolations(story, played),
      ...requestViolations(story.schedule, played),
    ]),
    ...serviceViolations(story),
    ...lastViolations(story),
    ...requestViolations(story.schedule, story.last),
  ]
}

function jobViolations(story: Story, played: Played): readonly string[] {
  const { job, verdict, endedAtMs, holder } = played
  if (endedAtMs === undefined) return [`${holder} never ended`]
  if (verdict === undefined || job.isDead) return []
  switch (verdict.result) {
    case 'bug':
      return [`${holder} met a bug: ${verdict.message}`]
    case 'verified':
    case 'unchanged':
      return [
        ...truthViolations(story, played, imageOf(played.plan.image)),
        ...wordViolations(played, imageOf(played.plan.image), 'verified'),
      ]
    case 'rolled_back': {
      // It may have gone on with the attempt of a dead job, so the holder does not tell it.
      const own = played.ledger.findLast((entry) => entry.image === imageOf(played.plan.image))
      const back = own?.outcome === 'rolled_back' ? own.rolledBackTo : undefined
      const image = played.ledger.find(({ release }) => release === back)?.image
      if (image === undefined)
        return [`${holder} rolled back, and the ledger does not say where to`]
      return truthViolations(story, played, image)
    }
    default:
      return expectationViolations(story, played)
  }
}

/** The ledger's last word on an image's release. */
function wordViolations(played: Played, image: string, outcome: string): readonly string[] {
  const last = played.ledger.findLast((entry) => entry.image === image && entry.outcome !== null)
  if (last?.outcome === outcome) return []
  return [`${played.holder} ended ${outcome}, and the ledger says ${last?.outcome ?? 'nothing'}`]
}

const LOOK_MS = 3_000
const FAULTY_LOOK_MS = 90_000

/** Green only if every VM ran the image, well, without a break for `min_ready`, until the last look. */
function truthViolations(
  { schedule, world }: Story,
  { job, endedAtMs = 0, holder, verdict }: Played,
  image: string
): readonly string[] {
  if (isEmptied(schedule)) return []
  const looks = job.sent.filter(
    ({ path, atMs }) => path.includes('instanceGroupManagers') && atMs <= endedAtMs
  )
  const lookMs =
    (looks.at(-1)?.atMs ?? endedAtMs) - (hasFaults(job.faults) ? FAULTY_LOOK_MS : LOOK_MS)
  const heldMs = verdict?.result === 'unchanged' ? 0 : schedule.minReadyMs
  const isGood = (time: GoodTime): boolean => {
    const untilMs = Math.min(time.untilMs ?? endedAtMs, endedAtMs)
    return time.image === image && untilMs >= lookMs && untilMs - time.fromMs >= heldMs
  }
  const isResized = schedule.blows.some(({ kind }) => kind === 'resize')
  const times = isResized ? joined(world.truth.goodTimes) : world.truth.goodTimes
  if (times.some(isGood)) return []
  return [
    `${holder} said ${verdict?.result}, but not every VM ran ${tail(image)}, well, for ${heldMs} ms`,
  ]
}

const LEAVING_MS = 40_000

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

/** A group of no VMs is where it should be at once, and no truth shows. */
function isEmptied({ furniture, blows }: Schedule): boolean {
  return furniture.size === 0 || blows.some((blow) => blow.kind === 'resize' && blow.size === 0)
}

function hasFaults(faults: readonly unknown[]): boolean {
  return faults.length > 0
}

function tail(image: string): string {
  return `image ${Number(image.slice(-4))}`
}

/** What must come out where nothing but the release itself decides. */
function expectationViolations(story: Story, played: Played): readonly string[] {
  const { verdict, holder, plan } = played
  if (verdict?.result !== 'failed' || !isUndisturbed(story, played)) return []
  const image = story.schedule.images[plan.image]
  if (image && isSurelyGood(image, story.schedule)) {
    return [`${holder} failed with a good release: ${verdict.message}`]
  }
  if (story.schedule.furniture.isReleased) {
    return [`${holder} did not roll back: ${verdict.message}`]
  }
  return []
}

const PASSING = ['status 503', 'status 429', 'rate limit', 'reset', 'lost answer']

/** One job alone, in good weather, with faults that pass. */
function isUndisturbed({ schedule, played }: Story, { job }: Played): boolean {
  if (played.length > 1 || schedule.blows.some(({ kind }) => kind !== 'touch')) return false
  return job.faults.length <= 2 && job.faults.every(({ kind }) => PASSING.includes(kind))
}

/** Whether every VM is up with the image long before health check and deadline lose patience. */
function isSurelyGood(image: ImagePlan, { furniture, progressDeadlineMs }: Schedule): boolean {
  if (image.end !== 'serves' || image.exitsAfterMs !== undefined) return false
  const bootMs = 1.2 * (12_000 + image.pullMs + image.startMs)
  const { health } = furniture
  const probesMs = health ? (health.healthyThreshold + 2) * health.intervalSec * 1_000 : 0
  const delayMs = health ? health.initialDelaySec * 1_000 : Number.POSITIVE_INFINITY
  return bootMs + probesMs < Math.min(delayMs, progressDeadlineMs - 30_000)
}

const HARMLESS: readonly Blow['kind'][] = ['touch']

/** Nobody is left without service because of us, and nothing ever runs twice that must not. */
function serviceViolations({ schedule, world }: Story): readonly string[] {
  const { furniture, images, blows } = schedule
  if (!furniture.isReleased || blows.some(({ kind }) => !HARMLESS.includes(kind))) return []
  const { shortage, mixture } = world.truth
  const isStrict =
    furniture.health && images.every(({ exitsAfterMs }) => exitsAfterMs === undefined)
  if (furniture.strategy === 'surge') {
    return isStrict && shortage
      ? [`only ${shortage.serving} of ${shortage.wanted} VMs served `]
      : []
  }
  return mixture && furniture.size <= furniture.zones
    ? [`${mixture.images.map(tail).join(' and ')} served at once`]
    : []
}

/** One more undisturbed job: group, ledger and lock agree, and nothing is stuck. */
function lastViolations(story: Story): readonly string[] {
  const { last, schedule, world, isLocked } = story
  const image = imageOf(schedule.lastImage)
  if (last.endedAtMs === undefined) return ['the last job never ended']
  const { result = 'died', message = '' } = last.verdict ?? {}
  if (result !== 'verified' && result !== 'unchanged') {
    return [`the last job, undisturbed, ended ${result}: ${message}`]
  }
  const entry = last.ledger.find((one) => one.image === image)
  const groupIsOn = world.cloud.record.runner.group.spec.versions.map(({ name }) => name).join()
  const open = last.ledger.filter(({ outcome }) => outcome === null)
  return [
    ...truthViolations(story, last, image),
    ...wordViolations(last, image, 'verified'),
    ...(groupIsOn === entry?.release ? [] : [`the group ended on ${groupIsOn}`]),
    ...(open.length === 0 ? [] : [`${open.length} attempts of the ledger stayed open`]),
    // A job that finds nothing to do takes no lock, and leaves that of a dead one to grow stale.
    ...(isLocked && result === 'verified' ? ['the deploy lock stayed behind'] : []),
  ]
}

const WINDOW_MS = 60_000
/** Three a second, sustained; in a large group every VM is asked how far it is. */
const MOST_IN_WINDOW = 180
const MORE_PER_VM = 6

/** Google's quota is shared with everybody else in the project. */
function requestViolations({ furniture }: Schedule, { job, holder }: Played): readonly string[] {
  const most = MOST_IN_WINDOW + MORE_PER_VM * furniture.size
  let from = 0
  for (const [index, { atMs }] of job.sent.entries()) {
    while ((job.sent[from]?.atMs ?? 0) < atMs - WINDOW_MS) from++
    const count = index - from + 1
    if (count > most) return [`${holder} sent ${count} requests in a minute`]
  }
  return []
}
