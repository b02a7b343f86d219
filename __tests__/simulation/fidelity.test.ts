import { expect, it } from '@jest/globals'
import { GoogleError } from '../../emulator/google/errors.ts'
import { Cloud, PROJECT, REGION } from './world/cloud.ts'
import { furnish } from './world/furnish.ts'
import { Timeline } from './world/timeline.ts'

const REGION_PATH = `/projects/${PROJECT.id}/regions/${REGION}`
const GROUP_PATH = `${REGION_PATH}/instanceGroupManagers/mervis`

interface Row {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

const REQUESTS: readonly Row[] = [
  { method: 'GET', path: GROUP_PATH },
  { method: 'POST', path: `${GROUP_PATH}/listManagedInstances` },
  { method: 'GET', path: `${GROUP_PATH}/listErrors?maxResults=5` },
  { method: 'GET', path: `${REGION_PATH}/instanceTemplates/mervis-base` },
  { method: 'GET', path: `${REGION_PATH}/instanceTemplates/none` },
  { method: 'PATCH', path: GROUP_PATH, body: { fingerprint: 'c3RhbGU=', versions: [] } },
  { method: 'PATCH', path: GROUP_PATH, body: { description: 'the same on both ways' } },
  { method: 'GET', path: `/projects/foreign/regions/${REGION}/instanceTemplates/mervis-base` },
]

/** A cloud at rest; two of them are alike to the letter. */
async function cloudAtRest(): Promise<Cloud> {
  const timeline = new Timeline()
  const planOf = () => ({ pullMs: 1_000, startMs: 1_000, end: 'serves' }) as const
  const cloud = new Cloud({ timeline, seed: 5, planOf, changed: () => {} })
  const health = { intervalSec: 5, healthyThreshold: 1, unhealthyThreshold: 2 }
  await furnish(cloud, {
    size: 2,
    zones: 3,
    groupAs: 'name',
    earlier: [],
    strategy: 'surge',
    health: { ...health, initialDelaySec: 60 },
    isRepaired: true,
    isReleased: true,
  })
  while (timeline.step(timeline.now() + 10_000)) if (timeline.now() > TIME_TO_BOOT_MS) break
  cloud.compute.routes.onError((error) => {
    if (!(error instanceof GoogleError)) throw error
    return Response.json(error.toBody(), { status: error.httpStatus })
  })
  return cloud
}

const TIME_TO_BOOT_MS = Date.UTC(2026, 10, 23, 0, 2)
/** Operations have names that nobody can foresee. */
const CHANCE = /operation-[\w-]+|"id":"\d+"/g

it.each(REQUESTS)(
  '$method $path: the short way gives what the whole emulator answers',
  async ({ method, path, body }) => {
    const [short, whole] = await Promise.all([cloudAtRest(), cloudAtRest()])
    const text = body === undefined ? '' : JSON.stringify(body)
    const [bare = '', query] = path.split('?')
    const asked = { method, path: bare, query: new URLSearchParams(query), headers: {}, body: text }
    const answer = await short.ask('compute', asked)
    const response = await whole.compute.routes.request(path, {
      method,
      ...(text !== '' && { body: text }),
    })
    // The short way has always the same member, the whole one none without the server around it.
    const wanted = (await response.text()).replace(
      '"user":""',
      '"user":"deployer@demo.iam.gserviceaccount.com"'
    )
    expect({ status: answer.status, body: answer.body.replace(CHANCE, '') }).toEqual({
      status: response.status,
      body: wanted.replace(CHANCE, ''),
    })
  }
)
