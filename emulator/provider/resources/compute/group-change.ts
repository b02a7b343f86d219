import { setTimeout as sleep } from 'node:timers/promises'
import { relativeName } from '../../plan/sameness.ts'
import { perform, timeoutOf } from '../../rest/calls.ts'
import type { SpecialChange } from '../../rest/rest-resource.ts'
import type { Session } from '../../session/session.ts'
import { ProviderError } from '../../wire/diagnostics.ts'
import { type Fields, isFields, isList, type Value } from '../../wire/values.ts'

/** Size and named ports have calls of their own; gives the API's names of both. */
export async function updateGroup(special: SpecialChange): Promise<readonly string[]> {
  const { planned, prior, session, path, change } = special
  if (differs(planned['named_port'], prior['named_port'])) await setNamedPorts(special)
  if (differs(planned['target_size'], prior['target_size'])) {
    const resize = `${path}/resize?size=${String(planned['target_size'] ?? 0)}`
    await perform(session, { api: 'compute', method: 'POST', path: resize }, change)
  }
  return ['targetSize', 'namedPorts']
}

async function setNamedPorts({ planned, session, path, change }: SpecialChange): Promise<void> {
  const manager = await session.client.request({ api: 'compute', method: 'GET', path })
  const group = relativeName(String(manager['instanceGroup']))
  const ports = planned['named_port']
  const body = { namedPorts: isList(ports) ? ports : [] }
  const request = { api: 'compute', method: 'POST', path: `${group}/setNamedPorts`, body } as const
  await perform(session, request, change)
}

const FIRST_LOOK_MS = 500
const SLOWEST_LOOK_MS = 5000

/**
 * Honours `wait_for_instances`: returns once the group says of itself that it is stable, or has
 * reached its target version too. The real provider looks at nothing else, so neither does this.
 */
export async function waitForGroup(fields: Fields, path: string, session: Session): Promise<void> {
  if (fields['wait_for_instances'] !== true) return
  // The time limit of creation holds for updates as well, as in the real provider.
  const timeoutMs = timeoutOf(fields, 'create', 15 * 60_000)
  const deadline = Date.now() + timeoutMs
  for (let delayMs = FIRST_LOOK_MS; ; delayMs = Math.min(delayMs * 1.5, SLOWEST_LOOK_MS)) {
    const group = await session.client.request({ api: 'compute', method: 'GET', path })
    if (hasSettled(group, fields['wait_for_instances_status'] ?? 'STABLE')) return
    if (Date.now() + delayMs > deadline) throw stillMoving(timeoutMs)
    await sleep(delayMs)
  }
}

function hasSettled(group: Fields, goal: Value): boolean {
  const status = isFields(group['status']) ? group['status'] : {}
  if (status['isStable'] !== true) return false
  if (goal === 'STABLE') return true
  const reached = (name: string, flag: string): boolean => {
    const part = status[name]
    return isFields(part) && part[flag] === true
  }
  return reached('versionTarget', 'isReached') && reached('allInstancesConfig', 'effective')
}

function stillMoving(timeoutMs: number): ProviderError {
  const limit = `${Math.floor(timeoutMs / 60_000)}m${Math.round((timeoutMs % 60_000) / 1000)}s`
  return new ProviderError(
    `timeout while waiting for state to become 'created' (last state: 'creating', timeout: ${limit})`
  )
}

function differs(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(a ?? null) !== JSON.stringify(b ?? null)
}
