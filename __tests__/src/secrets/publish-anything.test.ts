import { describe, expect, it } from '@jest/globals'
import { randomFrom, seedOfRun } from '../release/random.ts'
import { SecretsWorld } from './secrets-world.ts'

const ROUNDS = 30
const STEPS = 12

/** Any bytes, of a length that is often at an edge. */
function anyBytes(random: () => number): Buffer {
  const lengths = [4, 4, 5, 6, 7, 15, 16, 64, 64, 100, 1_000, 65_536]
  const length = lengths[Math.floor(random() * lengths.length)] ?? 4
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))
}

/** One service with two secrets, and releases that name versions of them. */
class Service {
  readonly world = new SecretsWorld()
  readonly named = new Map<string, string>()
  readonly #random: () => number

  constructor(random: () => number) {
    this.#random = random
  }

  pick(most: number): number {
    return Math.floor(this.#random() * most)
  }

  /** Somebody makes a release of what is newest, changes a version, or lets a release go. */
  disturb(): void {
    const [secret] = this.world.secrets.list()
    const newest = secret?.versions.at(-1)
    if (secret === undefined || newest === undefined) return
    const kind = this.pick(4)
    const release = `mervis-${String(this.pick(5)).padStart(12, '0')}`
    if (kind === 0 && newest.state === 'ENABLED') {
      this.world.release(release, `A=${secret.id}/${newest.number}`)
      this.named.set(release, `${secret.id}/${newest.number}`)
    }
    if (kind === 1) {
      this.world.cloud.templates.delete(release)
      this.named.delete(release)
    }
    // Nobody sane disables what a release names.
    const isNamed = [...this.named.values()].includes(`${secret.id}/${newest.number}`)
    if (kind === 2 && !isNamed && newest.state !== 'DESTROYED')
      this.world.setState(secret.id, newest.number, this.pick(2) === 0 ? 'DISABLED' : 'DESTROYED')
  }

  stateOf(named: string): string {
    const [id = '', number] = named.split('/')
    return this.world.versionsOf(id).find((one) => String(one.number) === number)?.state ?? 'none'
  }
}

const seed = seedOfRun()

describe(`publishSecretValues, whatever comes (SEED=${seed})`, () => {
  it('has the value after it, writes nothing the second time, and takes nothing from a release', async () => {
    const random = randomFrom(seed)
    let disabled = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const service = new Service(random)
      const { world } = service
      let value = anyBytes(random)
      for (let step = 0; step < STEPS; step += 1) {
        service.disturb()
        if (service.pick(3) > 0) value = anyBytes(random)
        const keep = 1 + service.pick(4)
        const inputs = {
          secrets: 'A=one\nB=projects/mervis-demo/secrets/one',
          secret_values: `${service.pick(2) === 0 ? 'A' : 'B'}:base64=${value.toString('base64')}`,
          keep_secret_versions: String(keep),
        }
        const before = world.secrets.list()[0]?.versions ?? []
        const [published] = await world.publish(inputs)
        const { versions } = world.secrets.get('one')
        const newest = versions.findLast(({ state }) => state === 'ENABLED')
        expect(newest?.data.equals(value)).toBe(true)
        expect(published?.version).toBe(String(newest?.number))
        expect(versions.length - before.length).toBe(published?.wasAdded ? 1 : 0)
        for (const named of service.named.values()) expect(service.stateOf(named)).toBe('ENABLED')
        // What it does away with can be had back, and is the oldest.
        const gone = versions.filter(
          ({ number, state }) => state !== before.find((one) => one.number === number)?.state
        )
        const lost = gone.filter(({ number }) => number !== newest?.number)
        expect(lost.every(({ state }) => state === 'DISABLED')).toBe(true)
        const enabled = versions.filter(({ state }) => state === 'ENABLED').length
        if (lost.length > 0) expect(enabled).toBeGreaterThanOrEqual(keep)
        disabled += lost.length

        const asked = world.asked.length
        const again = await world.publish(inputs)
        expect(again).toEqual([{ ...published, wasAdded: false }])
        expect(world.asked.slice(asked).every((line) => line.startsWith('GET'))).toBe(true)
      }
    }
    // Or it would have looked at nothing.
    expect(disabled).toBeGreaterThan(ROUNDS / 2)
  }, 60_000)
})
