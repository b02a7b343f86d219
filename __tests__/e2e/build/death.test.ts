import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { type PrivateEngine, startPrivateEngine } from '../../../scripts/setup/private-engine.ts'
import { Rig } from './rig.ts'

const setUp = { workDirectory: join(import.meta.dirname, '../../../.work/setup'), log: () => {} }
const START = 'FROM scratch\nCOPY busybox /bin/busybox\n'

// Only root may start an engine.
const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip

describeAsRoot.each([
  ['an engine with a store of its own', 'death-own', false],
  ['an engine with the containerd store', 'death-ctr', true],
])('%s', (_, name, hasContainerdStore) => {
  let engine: PrivateEngine
  let rig: Rig

  beforeAll(async () => {
    engine = await startPrivateEngine({ ...setUp, name, hasContainerdStore })
    rig = await Rig.open({ ...process.env, ...engine.environment })
  }, 120_000)

  afterAll(async () => {
    await rig?.close()
    await engine?.stop()
  }, 60_000)

  afterEach(async () => {
    await rig.clearFaults()
    await engine.restart()
  })

  /** A step that makes a layer no cache has, of random bytes. */
  function plant(megabytes: number): Promise<string> {
    const script = `echo begun ${randomUUID()}; dd if=/dev/urandom of=/blob bs=1M count=${megabytes} 2>/dev/null`
    const step = `RUN ["/bin/busybox", "sh", "-c", "${script}"]\n`
    return rig.plant('image', { Dockerfile: `${START}${step}ENTRYPOINT ["/bin/busybox"]\n` })
  }

  it('killed in the middle of a build: one clear error, and the next build is fine', async () => {
    const context = await rig.plant('endless', {
      Dockerfile: `${START}RUN ["/bin/busybox", "sh", "-c", "echo begun; sleep 21"]\n`,
    })
    rig.log.entries.length = 0
    const building = rig.build(context).catch((error: unknown) => error)
    await rig.saying('begun')
    const killedAt = performance.now()
    await engine.kill()
    const error = await building
    expect(performance.now() - killedAt).toBeLessThan(20_000)
    expect(error).toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      message: expect.stringMatching(
        /^Building the image from .*Dockerfile failed \(exit code 1\) in the step .*RUN.*\n.*\nIts last lines:\nbegun$/
      ),
      hint: expect.stringContaining('run the job again'),
    })
    await expect(rig.builder()).rejects.toMatchObject({ code: 'IMAGE_NO_ENGINE' })
    // The step itself may outlive its engine.
    await rig.ended('sleep\u000021')
    await engine.restart()
    const { wasPushed } = await rig.push(await rig.build(await plant(1)), ['src-1'])
    expect(wasPushed).toBe(true)
  }, 120_000)

  it('killed in the middle of a push: one clear error or a success, and the next run is fine', async () => {
    const image = await rig.build(await plant(200))
    const { requests } = rig.harness.emulator
    const from = requests.length
    const pushing = rig.push(image, ['src-2']).catch((error: unknown) => error)
    const uploads = (): boolean =>
      requests.slice(from).some(({ path }) => path.includes('/blobs/uploads/'))
    while (!uploads()) await new Promise((resolve) => setTimeout(resolve, 5))
    await engine.kill()
    const outcome = await pushing
    // A layout is in a file: it needs no engine any more.
    if (hasContainerdStore) expect(outcome).toMatchObject({ wasPushed: true })
    else {
      expect(outcome).toMatchObject({
        code: 'IMAGE_PUSH_FAILED',
        hint: expect.stringContaining('run the job again'),
      })
      const { images } = rig.harness.emulator.cloud
      expect(images.find(rig.repository.path, 'src-2')).toBeUndefined()
    }
    await engine.restart()
    expect(await rig.push(image, ['src-2'])).toMatchObject({ wasPushed: !hasContainerdStore })
  }, 180_000)

  it.each([
    ['503', { status: 503, count: 1 }],
    ['a reset', { connection: 'reset', count: 1 }],
  ])(
    'pushes through %s at the manifest',
    async (_, fault) => {
      const image = await rig.build(await plant(1))
      await rig.fault({ method: 'PUT', path: '/manifests/', ...fault })
      expect(await rig.push(image, ['src-3'])).toMatchObject({ wasPushed: true })
    },
    120_000
  )

  it('says which role is missing', async () => {
    const image = await rig.build(await plant(1))
    rig.harness.emulator.cloud.access.deny({
      permission: 'artifactregistry.repositories.uploadArtifacts',
    })
    await expect(rig.push(image, ['src-4'])).rejects.toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      hint: expect.stringMatching(
        /add-iam-policy-binding mervis .*roles\/artifactregistry\.writer$/m
      ),
    })
    rig.harness.emulator.cloud.access.undeny('artifactregistry.repositories.uploadArtifacts')
  }, 120_000)
})
