import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { gaxiosHttp } from '../../../src/adapters/network/http.ts'
import { GoogleClient } from '../../../src/google/client.ts'
import { resolveEndpoints } from '../../../src/google/endpoints.ts'
import { ObjectStore } from '../../../src/google/object-store.ts'
import { type Harness, PROJECT, startHarness } from '../../emulator/harness.ts'
import { FakeBucket, type Fault } from '../../fakes/fake-bucket.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { answer, googleError, ScriptedHttp } from '../../fakes/scripted-http.ts'

const BUCKET = `${PROJECT}-tfstate`
const NAME = 'mervis/releases.json'

function setUp(options: { readonly aheadMs?: number } = {}) {
  const clock = new FakeClock()
  const bucket = new FakeBucket(clock, options)
  return { clock, bucket, store: new ObjectStore(googleClientOn(bucket, { clock }), BUCKET) }
}

let harness: Harness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness.stop())

/** The store as it ships, down to the sockets, on the emulator. */
function storeOnEmulator(bucket = BUCKET, member?: string): ObjectStore {
  const { emulator } = harness
  const google = new GoogleClient(
    {
      http: gaxiosHttp(),
      tokens: { accessToken: async () => emulator.accessToken(member) },
      clock: new FakeClock(),
      log: new RecordingLog(),
    },
    {
      endpoints: resolveEndpoints('europe-west1', emulator.environment),
      projectId: PROJECT,
      signal: new AbortController().signal,
    }
  )
  return new ObjectStore(google, bucket)
}

describe.each([
  ['the fake bucket', () => setUp().store],
  ['the emulator', () => storeOnEmulator()],
])('ObjectStore on %s', (_, makeStore) => {
  let count = 0
  /** A name that no other test uses, with everything in it that a path must escape. */
  const freshName = (): string => `mervis?#%&+ ü/${++count}/releases.json`

  it('finds nothing where nothing was written', async () => {
    expect(await makeStore().read(freshName())).toBeUndefined()
  })

  it.each(['{"a": 1}\n', '', 'Grüße\r\n\r\n--x\r\n', ' leading and trailing '])(
    'gives back %j as it was written, with its generation',
    async (text) => {
      const [store, name] = [makeStore(), freshName()]
      const written = await store.write(name, text, { ifGeneration: '0' })
      expect(written).toEqual({ generation: expect.stringMatching(/^\d+$/) })
      const read = await store.read(name)
      expect(read).toMatchObject({ text, ...Object(written) })
      const ageMs = (read?.serverNowMs ?? 0) - (read?.updatedAtMs ?? 0)
      expect(Math.abs(ageMs)).toBeLessThan(5_000)
    }
  )

  it('creates only what is not there, and replaces only what was meant', async () => {
    const [store, name] = [makeStore(), freshName()]
    const first = Object(await store.write(name, '1', { ifGeneration: '0' }))
    expect(await store.write(name, '2', { ifGeneration: '0' })).toBe('conflict')
    const second = Object(await store.write(name, '2', { ifGeneration: first.generation }))
    expect(second.generation).not.toBe(first.generation)
    expect(await store.write(name, '3', { ifGeneration: first.generation })).toBe('conflict')
    expect(await store.read(name)).toMatchObject({ text: '2', generation: second.generation })
  })

  it('does not bring back what is gone', async () => {
    const [store, name] = [makeStore(), freshName()]
    expect(await store.write(name, 'x', { ifGeneration: '123' })).toBe('conflict')
    expect(await store.read(name)).toBeUndefined()
  })

  it('removes that generation and no other', async () => {
    const [store, name] = [makeStore(), freshName()]
    const { generation } = Object(await store.write(name, 'x', { ifGeneration: '0' }))
    expect(await store.remove(name, { ifGeneration: '1' })).toBe('conflict')
    expect(await store.remove(name, { ifGeneration: generation })).toBe('done')
    expect(await store.remove(name, { ifGeneration: generation })).toBe('gone')
  })

  it('lets one of several writers win', async () => {
    const [store, name] = [makeStore(), freshName()]
    const outcomes = await Promise.all(
      ['a', 'b', 'c'].map((text) => store.write(name, text, { ifGeneration: '0' }))
    )
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(2)
  })
})

describe('ObjectStore.read', () => {
  it('takes one request, and none of it is kept by a cache', async () => {
    const { bucket, store } = setUp()
    await store.write(NAME, 'x', { ifGeneration: '0' })
    await store.read(NAME)
    expect(bucket.lines).toEqual(['POST (bucket)', `GET ${NAME}`])
    expect(bucket.cacheControl(NAME)).toBe('no-store')
  })

  it("measures ages by Google's clock, however wrong the runner's is", async () => {
    const { bucket, clock, store } = setUp({ aheadMs: 7 * 3_600_000 })
    bucket.put(NAME, 'x')
    clock.advance(200_000)
    const read = await store.read(NAME)
    expect((read?.serverNowMs ?? 0) - (read?.updatedAtMs ?? 0)).toBe(200_000)
  })

  it.each([
    ['no generation', { date: 'x', 'last-modified': 'Mon, 23 Nov 2026 09:00:00 GMT' }],
    ['no times', { 'x-goog-generation': '1' }],
    [
      'no time of its own',
      { 'x-goog-generation': '1', 'last-modified': 'Mon, 23 Nov 2026 09:00:00 GMT' },
    ],
  ])('takes no answer that says %s', async (_, headers) => {
    const http = new ScriptedHttp([answer(200, 'x', headers)])
    await expect(new ObjectStore(googleClientOn(http), BUCKET).read(NAME)).rejects.toMatchObject({
      code: 'GCP_UNEXPECTED_ANSWER',
      message: expect.stringContaining(`gs://${BUCKET}/${NAME}`),
    })
  })
})

describe('ObjectStore.write', () => {
  it.each<[string, Fault]>([
    ['happened, but was not answered', 'answer lost'],
    ['did not arrive at first', 'request lost'],
    ['was put off', 'unavailable'],
  ])('sees no conflict in a write that %s', async (_, fault) => {
    const { bucket, store } = setUp()
    const faults: Fault[] = [fault]
    bucket.fault = () => faults.shift()
    const written = await store.write(NAME, 'ours', { ifGeneration: '0' })
    expect(written).toEqual({ generation: bucket.generation(NAME) })
    expect(bucket.text(NAME)).toBe('ours')
  })

  it('sees the conflict when somebody wrote on top of a write whose answer was lost', async () => {
    const { bucket, store } = setUp()
    const faults: (Fault | undefined)[] = ['answer lost']
    bucket.fault = () => {
      if (bucket.text(NAME) === 'ours') bucket.put(NAME, 'theirs')
      return faults.shift()
    }
    expect(await store.write(NAME, 'ours', { ifGeneration: '0' })).toBe('conflict')
    expect(bucket.text(NAME)).toBe('theirs')
  })

  it('takes no answer without a generation', async () => {
    const store = new ObjectStore(googleClientOn(new ScriptedHttp([answer(200, {})])), BUCKET)
    await expect(store.write(NAME, 'x', { ifGeneration: '0' })).rejects.toMatchObject({
      code: 'GCP_UNEXPECTED_ANSWER',
    })
  })
})

describe('ObjectStore.remove', () => {
  it('is done although its answer was lost', async () => {
    const { bucket, store } = setUp()
    bucket.put(NAME, 'x')
    const faults: Fault[] = ['answer lost']
    bucket.fault = () => faults.shift()
    expect(await store.remove(NAME, { ifGeneration: bucket.generation(NAME) })).toBe('gone')
    expect(bucket.text(NAME)).toBeUndefined()
  })
})

describe('the errors of an ObjectStore', () => {
  const actions: readonly [string, (store: ObjectStore) => Promise<unknown>][] = [
    ['read', (store) => store.read(NAME)],
    ['write', (store) => store.write(NAME, 'x', { ifGeneration: '0' })],
  ]

  it.each(actions)('tell a missing bucket from a missing object: %s', async (verb, act) => {
    for (const store of [
      storeOnEmulator('nowhere-at-all'),
      new ObjectStore(googleClientOn(new FakeBucket(new FakeClock())), 'nowhere-at-all'),
    ]) {
      await expect(act(store)).rejects.toMatchObject({
        code: 'GCP_REQUEST_FAILED',
        message: expect.stringMatching(
          new RegExp(`^Could not ${verb} gs://nowhere-at-all/${NAME}: .*404`)
        ),
      })
    }
  })

  it.each([
    ...actions,
    ['remove', (store: ObjectStore) => store.remove(NAME, { ifGeneration: '1' })] as const,
  ])('name bucket, object and the missing role: %s', async (verb, act) => {
    const store = storeOnEmulator(BUCKET, 'user:stranger@example.com')
    await expect(act(store)).rejects.toMatchObject({
      message: expect.stringContaining(`Could not ${verb} gs://${BUCKET}/${NAME}: Cloud Storage`),
      hint: expect.stringContaining('roles/storage.objectUser'),
    })
  })

  it('are told of any other refusal', async () => {
    const http = new ScriptedHttp([googleError(400, { message: 'Invalid argument.' })])
    const store = new ObjectStore(googleClientOn(http), BUCKET)
    await expect(store.remove(NAME, { ifGeneration: '1' })).rejects.toMatchObject({
      message: `Could not remove gs://${BUCKET}/${NAME}: Cloud Storage answered 400: Invalid argument.`,
    })
  })
})
