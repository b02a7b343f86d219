import type { Played, Story } from '../play.ts'
import { FOR_EVER_MS } from '../schedule.ts'
import { isCalm, isSurelyGood } from './weather.ts'

/** From the first refusal to the end: some looks that go on being refused, and the way out. */
const PATIENCE_MS = 45_000
/** What was asked and not granted, in whatever words. */
const HONEST = /\b40[13]\b|AUTH_FAILED|DEPLOY_LOCK_LOST/

/** A job that is not let in any more ends soon, and says that this is why. */
export function denialViolations(story: Story, played: Played): readonly string[] {
  const { plan, job, verdict, holder, endedAtMs = 0 } = played
  const { deniedAtMs } = job
  if (plan.denial === undefined || deniedAtMs === undefined || verdict === undefined) return []
  if (plan.faults.length > 0 || verdict.result === 'cancelled') return []
  const isForEver = plan.denial.forMs === FOR_EVER_MS
  const waitedMs = endedAtMs - deniedAtMs
  return [
    ...(isForEver && waitedMs > PATIENCE_MS
      ? [`${holder} was not let in any more, and went on for ${Math.round(waitedMs)} ms`]
      : []),
    ...dishonesty(story, played),
  ]
}

/** Where nothing else was wrong, nothing else may be said. */
function dishonesty({ schedule, played: all }: Story, played: Played): readonly string[] {
  const { plan, verdict, holder } = played
  const image = schedule.images[plan.image]
  if (all.length > 1 || !isCalm(schedule) || image === undefined) return []
  if (!isSurelyGood(image, schedule) || verdict?.result !== 'failed') return []
  if (HONEST.test(verdict.message)) return []
  return [`${holder} was not let in, and said: ${verdict.message}`]
}
