import { estimateCost } from '../../cost/report.ts'
import type { Prices } from '../../cost/sku.ts'
import { describeError } from '../../errors.ts'
import { renderDuration } from '../../lib/duration.ts'
import { counted } from '../../report/markdown.ts'
import type { RolloutEnd, RolloutStory } from '../../report/summary/rollout-story.ts'
import { type Ending, endedBadly, endedWell, publishEnd } from './ending.ts'
import type { Deployed } from './result.ts'
import type { Story } from './story.ts'

/**
 * Brings it about, and tells how that ended where people look for it: on the page of the run, and
 * as a deployment of GitHub. Telling changes nothing about the end.
 */
export async function told(story: Story, work: () => Promise<Deployed>): Promise<Deployed> {
  const { ports, context, chronicle } = story
  const { trail } = chronicle
  const prices = readBeside(story)
  const tell = (ending: Ending): Promise<void> => {
    const told = compose(story, prices.latest(), ending)
    return publishEnd(ports, told, announceEnd(story, told))
  }
  try {
    const deployed = await work()
    await tell(endedWell(deployed, trail))
    return deployed
  } catch (error) {
    const isCancelled = context.signal.aborted
    await tell(endedBadly({ error, isCancelled, nowMs: ports.clock.now() }, trail))
    throw error
  } finally {
    prices.stop()
  }
}

function compose(
  { config, ports, context, steps, chronicle }: Story,
  prices: Prices | undefined,
  ending: Ending
): RolloutStory {
  const { plan, isApplied = false, infrastructure, imageOrigin, image, release } = chronicle.known
  const { provenance, sourceUrl } = context
  return {
    ...ending,
    kind: 'deploy',
    name: config.name,
    projectId: config.projectId,
    region: config.region,
    environment: config.environment,
    group: infrastructure?.groupName,
    release,
    image,
    imageOrigin: imageOrigin === 'existing' ? 'given' : imageOrigin,
    infrastructure: plan?.counts,
    isApplied,
    cost: plan && prices && estimateCost(plan.json, prices),
    spans: steps.spans,
    startedAtMs: chronicle.startedAtMs,
    endedAtMs: ports.clock.now(),
    commit: provenance.commit,
    ref: provenance.ref,
    actor: provenance.actor,
    repositoryUrl: sourceUrl,
    runUrl: provenance.runUrl,
  }
}

const VERBS: Readonly<Record<RolloutEnd, string>> = {
  deployed: 'Release',
  unchanged: 'Unchanged: release',
  rolled_back: 'Taken back',
  failed: 'Failed',
  refused: 'Refused',
  cancelled: 'Cancelled',
}

function announceEnd({ ports }: Story, told: RolloutStory): Promise<void> {
  const { end, release = '', runs, vms, failure, url, startedAtMs, endedAtMs } = told
  const verb = VERBS[end]
  if (failure === undefined) {
    const took = renderDuration(endedAtMs - startedAtMs)
    const description = `${verb} ${release} on ${counted(vms.length, 'VM')} in ${took}`
    return ports.announcement.succeeded({ description, url })
  }
  const isCancelled = end === 'cancelled'
  const to = runs === undefined ? '' : ` to release ${runs}`
  const why = isCancelled ? failure.ending || failure.reason : failure.reason
  return ports.announcement.failed({ description: `${verb}${to}: ${why}`, isCancelled })
}

interface PricesBeside {
  /** Undefined as long as they are not there, and when they cannot be read. */
  latest(): Prices | undefined
  stop(): void
}

/** The price list, read while everything else goes on: nothing ever waits for it. */
function readBeside({ ports, context }: Story): PricesBeside {
  const enough = new AbortController()
  let read: Prices | undefined
  ports.prices(AbortSignal.any([context.signal, enough.signal])).then(
    (prices) => {
      read = 'unreadable' in prices ? undefined : prices
    },
    // A page without the cost is no failure of a deploy.
    (error: unknown) => ports.log.debug(`No prices: ${describeError(error)}`)
  )
  return { latest: () => read, stop: () => enough.abort(new Error('the deploy is over')) }
}
