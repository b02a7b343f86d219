import type { Config } from '../inputs.ts'
import { Stopwatch } from '../lib/stopwatch.ts'
import { type PublishedSecret, publishSecretValues } from '../secrets/publish.ts'
import { refuseBinary } from '../secrets/wanted.ts'
import { urlOf } from './deploy/result.ts'
import { describeVms } from './deploy/vms.ts'
import {
  type RolledVms,
  type SecretsResult,
  sayBehind,
  sayPublished,
  sayResult,
} from './secrets/result.ts'
import { type Rolled, rollSecrets } from './secrets/roll.ts'
import { findService, type Service } from './secrets/service.ts'
import type { SecretsContext, SecretsPorts, Story } from './secrets/story.ts'

/** Writes the values that changed to Secret Manager, says which VMs have old ones, and rolls them if asked. */
export async function secrets(
  config: Config,
  ports: SecretsPorts,
  context: SecretsContext
): Promise<SecretsResult> {
  const { clock, log } = ports
  const startedAt = clock.now()
  const steps = new Stopwatch(clock)
  const story = { config, ports, context, steps }
  if (config.roll) refuseBinary(config)

  const published = await log.group('Writing what changed to Secret Manager', () =>
    steps.time('publish', () => publish(story))
  )
  const service = await log.group('Looking at what the VMs have', () =>
    steps.time('look', () => look(story, published))
  )
  const isBehind = service !== undefined && (service.isBehind || service.behind.length > 0)
  const rolled = config.roll && isBehind ? await rollSecrets(story, service) : undefined
  const after = rolled && (await describeRolled(story, service, rolled))
  ports.handover.end()
  const result = {
    outcome: outcomeOf(published, rolled),
    secrets: published,
    behind: rolled ? [] : (service?.behind ?? []),
    release: rolled?.release ?? service?.release ?? '',
    rolled: after,
    steps: steps.laps,
    durationMs: clock.now() - startedAt,
  }
  sayResult(log, service, result)
  return result
}

async function publish({ config, ports, context }: Story): Promise<readonly PublishedSecret[]> {
  const { holder, runUrl, actor, signal } = context
  const owner = { holder, runUrl, actor }
  // A run that is killed leaves the lock under which values are written.
  if (config.secretValues.size > 0) ports.handover.begin('')
  const published = await publishSecretValues(ports, config, { owner, isThorough: true, signal })
  sayPublished(ports.log, published)
  return published
}

async function look(
  story: Story,
  published: readonly PublishedSecret[]
): Promise<Service | undefined> {
  const service = await findService(story, published)
  sayBehind(story.ports.log, service, story.config.roll)
  return service
}

async function describeRolled(
  { ports }: Story,
  service: Service | undefined,
  { observation, previousRelease, image }: Rolled
): Promise<RolledVms> {
  const vms = await describeVms(ports.compute, observation)
  const { url, port } = service?.infrastructure ?? {}
  return { previousRelease, image, vms, url: url ?? urlOf(vms, port) }
}

function outcomeOf(
  published: readonly PublishedSecret[],
  rolled: Rolled | undefined
): SecretsResult['outcome'] {
  if (rolled?.wasRolled) return 'deployed'
  return published.some(({ wasAdded }) => wasAdded) ? 'written' : 'unchanged'
}
