import { type Blow, FOR_EVER_MS } from '../schedule.ts'
import { GROUP, PROJECT, REGION } from './cloud.ts'
import { imageOf, placeOf, templateBody } from './furnish.ts'
import type { World } from './world.ts'

const TEMPLATES_PATH = `/projects/${PROJECT.id}/regions/${REGION}/instanceTemplates`

/** Makes an appointment for everything that is to happen in the cloud; the result ends it all. */
export function schedule(world: World, blows: readonly Blow[]): () => void {
  const cancels = blows.map((blow) => world.timeline.after(blow.atMs, () => strike(world, blow)))
  return () => {
    for (const cancel of cancels) cancel()
    endShortages(world, blows)
  }
}

function endShortages({ cloud }: World, blows: readonly Blow[]): void {
  const { control } = cloud.compute
  for (const blow of blows) {
    if (blow.kind === 'stockout') for (const zone of blow.zones) control.stockout(zone, false)
    if (blow.kind === 'quota') control.quotaExceeded(false)
  }
}

function strike(world: World, blow: Blow): void {
  const { cloud, timeline } = world
  const { control } = cloud.compute
  switch (blow.kind) {
    case 'preempt': {
      const victim = nth(world, blow.nth)
      if (victim) control.preempt(victim.name)
      break
    }
    case 'flap': {
      const victim = nth(world, blow.nth)
      if (victim) cloud.flap(victim.id, blow.forMs)
      break
    }
    case 'stockout':
      for (const zone of blow.zones) control.stockout(zone, true)
      if (blow.forMs < FOR_EVER_MS) timeline.after(blow.forMs, () => endShortages(world, [blow]))
      break
    case 'load':
      control.load(GROUP, blow.cpu)
      break
    case 'quota':
      control.quotaExceeded(true)
      if (blow.forMs < FOR_EVER_MS) timeline.after(blow.forMs, () => endShortages(world, [blow]))
      break
    default:
      world.aside(change(world, blow))
  }
}

function nth({ cloud }: World, number: number) {
  const hosted = cloud.record.runner.hosted()
  return hosted[number % Math.max(hosted.length, 1)]
}

type Change = Extract<Blow, { kind: 'resize' | 'limits' | 'stranger' | 'touch' }>

/** What others do through the same API. */
async function change(world: World, blow: Change): Promise<void> {
  const place = placeOf(world.furniture)
  const group = `${place}/instanceGroupManagers/${GROUP}`
  switch (blow.kind) {
    case 'resize':
      await ask(world, 'POST', `${group}/resize`, { size: String(blow.size) })
      break
    case 'limits': {
      const autoscalingPolicy = { minNumReplicas: blow.min, maxNumReplicas: blow.max }
      const query = { autoscaler: GROUP }
      await ask(world, 'PATCH', `${place}/autoscalers`, query, { autoscalingPolicy })
      break
    }
    case 'touch':
      await ask(world, 'PATCH', group, {}, { description: `touched ${blow.atMs}` })
      break
    case 'stranger': {
      const name = `stranger-${blow.image}`
      const body = templateBody(name, imageOf(blow.image))
      await ask(world, 'POST', TEMPLATES_PATH, {}, body)
      const instanceTemplate = `projects/${PROJECT.id}/regions/${REGION}/instanceTemplates/${name}`
      await ask(world, 'PATCH', group, {}, { versions: [{ name, instanceTemplate }] })
    }
  }
}

async function ask(
  { cloud }: World,
  method: string,
  path: string,
  query: Readonly<Record<string, string>>,
  body?: unknown
): Promise<void> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const asked = { method, path, query: new URLSearchParams(query), headers: {}, body: text }
  await cloud.ask('compute', asked)
}
