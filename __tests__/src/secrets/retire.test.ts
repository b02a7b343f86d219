import { describe, expect, it } from '@jest/globals'
import { googleError } from '../../fakes/scripted-http.ts'
import { drawn } from './drawn-values.ts'
import { SecretsWorld } from './secrets-world.ts'

/** `api-key` with five versions, about to get a sixth. */
function crowded(): SecretsWorld {
  const world = new SecretsWorld()
  world.given('api-key', drawn(), drawn(), drawn(), drawn(), drawn())
  return world
}
const inputs = (keep: number, more: Readonly<Record<string, string>> = {}) => ({
  secrets: 'API_KEY=api-key',
  secret_values: `API_KEY=${drawn()}`,
  keep_secret_versions: String(keep),
  ...more,
})

describe('publishSecretValues, with more versions than are to be kept', () => {
  it.each([
    [10, '1 2 3 4 5 6'],
    [6, '1 2 3 4 5 6'],
    [5, '-1 2 3 4 5 6'],
    [2, '-1 -2 -3 -4 5 6'],
    [1, '-1 -2 -3 -4 -5 6'],
  ])('keeps the newest %i enabled, and destroys none', async (keep, states) => {
    const world = crowded()
    await world.publish(inputs(keep))
    expect(world.states('api-key')).toBe(states)
  })

  it('counts what can be read only', async () => {
    const world = crowded()
    world.setState('api-key', 4, 'DESTROYED')
    world.setState('api-key', 5, 'DISABLED')
    await world.publish(inputs(3))
    expect(world.states('api-key')).toBe('-1 2 3 x4 -5 6')
  })

  it.each([
    ['a release of the service names', 'mervis-0123456789ab', 'API_KEY=api-key/1'],
    [
      'a release names by its whole name',
      'mervis-0123456789ab',
      'K=projects/mervis-demo/secrets/api-key/1',
    ],
    ['a release of another service in the region names', 'other-0123456789ab', 'X=api-key/1'],
  ])('spares the version that %s', async (_, template, line) => {
    const world = crowded()
    world.release(template, 'OTHER=other/2', line)
    await world.publish(inputs(1))
    expect(world.states('api-key')).toBe('1 -2 -3 -4 -5 6')
  })

  it('spares the version that "secrets" pins', async () => {
    const world = crowded()
    await world.publish(inputs(1, { secrets: 'API_KEY=api-key\nOLD=api-key:2' }))
    expect(world.states('api-key')).toBe('-1 2 -3 -4 -5 6')
  })

  it('spares a version that has an alias', async () => {
    const world = crowded()
    world.secrets.update(world.secrets.get('api-key'), { versionAliases: { stable: '3' } })
    await world.publish(inputs(1))
    expect(world.states('api-key')).toBe('-1 -2 3 -4 -5 6')
  })

  it('leaves a version alone that somebody touched meanwhile', async () => {
    const world = crowded()
    world.fault = (line) => {
      if (line === 'POST secrets/api-key/versions/1:disable')
        world.setState('api-key', 1, 'ENABLED')
      return undefined
    }
    await world.publish(inputs(4))
    expect(world.states('api-key')).toBe('1 -2 3 4 5 6')
    expect(world.log.of('warning')).toEqual([])
  })

  it('warns where it may not disable any, for the value is written', async () => {
    const world = crowded()
    world.fault = (line) => (line.endsWith(':disable') ? googleError(403) : undefined)
    const [published] = await world.publish(inputs(1))
    expect(published).toMatchObject({ version: '6', wasAdded: true })
    expect(world.log.of('warning')).toEqual([
      expect.stringContaining('Old versions of secrets were not all disabled'),
    ])
  })

  it('asks for releases only where there is something to disable', async () => {
    const world = crowded()
    await world.publish(inputs(10))
    expect(world.cloud.http.lines).toEqual([])
  })

  it('looks for old versions without a change only where it is told to be thorough', async () => {
    const world = crowded()
    const value = world.versionsOf('api-key').at(-1)?.text
    const same = { ...inputs(2), secret_values: `API_KEY=${value}` }
    await world.publish(same)
    expect(world.states('api-key')).toBe('1 2 3 4 5')
    await world.publish(same, { isThorough: true })
    expect(world.states('api-key')).toBe('-1 -2 -3 4 5')
  })
})
