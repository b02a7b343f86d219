import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { Blobs } from '../../../../emulator/registry/blobs.ts'
import { releaseTag } from '../../../../src/image/reference.ts'
import { BASE_TEMPLATE_NAME, templateBody } from '../../../simulation/world/furnish.ts'
import { IMAGE_PATH, REPOSITORY } from './world/prune-cloud.ts'
import { HOUR_MS, REGION_PATH } from './world/prune-world.ts'
import { both, type Scene, service as serviceOn } from './world/scene.ts'

const directory = mkdtempSync(join(tmpdir(), 'prune-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** A service with releases 1 … `count`, all verified a while ago, the last of which runs. */
function service(count: number): Promise<Scene> {
  return serviceOn(count, new Blobs(join(directory, 'blobs')))
}

describe('pruneReleases', () => {
  it('takes template and tag from what lies beyond the releases to keep', async () => {
    const scene = await service(5)
    const pruned = await scene.prune(3)
    expect(await scene.standing()).toEqual(both([3, 4, 5]))
    expect(pruned).toEqual({ gone: [scene.id(1), scene.id(2)], left: [] })
    expect(scene.log.of('info')).toEqual([
      `Pruned ${scene.id(1)}, ${scene.id(2)}: the last 3 verified releases stay.`,
    ])
    expect(scene.world.isLocked).toBe(false)
  })

  it.each([
    [1, [4, 5]],
    [2, [4, 5]],
    [5, [1, 2, 3, 4, 5]],
    [1000, [1, 2, 3, 4, 5]],
  ])(
    'with %i to keep leaves %p: never less than what runs and its predecessor',
    async (keep, left) => {
      const scene = await service(5)
      await scene.prune(keep)
      expect(await scene.standing()).toEqual(both(left))
    }
  )

  it('does not even take the lock when there is nothing to do', async () => {
    const scene = await service(3)
    await scene.prune(3)
    const methods = scene.world.jobs.at(-1)?.sent.map(({ method }) => method)
    expect(methods).toEqual(['GET', 'GET', 'GET'])
    expect(scene.log.text).toBe('')
  })

  it('keeps what an open attempt refers to', async () => {
    const scene = await service(6)
    const { world } = scene
    world.addEntry(scene.release(1), {
      outcome: null,
      previous: scene.id(2),
      rolledBackTo: scene.id(3),
    })
    await scene.prune(1)
    expect(await scene.standing()).toEqual(both([1, 2, 3, 5, 6]))
  })

  it('keeps what an interrupted attempt refers to, until verified releases have followed it', async () => {
    const scene = await service(5)
    const { world } = scene
    world.addEntry(scene.release(1), { outcome: 'interrupted', previous: scene.id(2) })
    await scene.prune(2)
    expect(await scene.standing()).toEqual(both([1, 2, 4, 5]))
    world.addEntry(scene.release(4), {})
    world.addEntry(scene.release(5), {})
    await scene.prune(2)
    expect(await scene.standing()).toEqual(both([4, 5]))
  })

  it('keeps what the group is on, whoever put it there', async () => {
    const scene = await service(5)
    await scene.world.rollTo(scene.release(1))
    await scene.prune(2)
    expect(await scene.standing()).toEqual(both([1, 4, 5]))
    // Google would have refused it, too: nothing is asked for that is known to be in use.
    expect(scene.log.of('debug')).toEqual([])
  })

  it('keeps the release that the group came from, verified or not', async () => {
    const scene = await service(4)
    const { world } = scene
    world.addEntry(scene.release(1), { outcome: 'failed' })
    world.addEntry(scene.release(4), { previous: scene.id(1) })
    await world.pass(30 * HOUR_MS)
    await scene.prune(1)
    expect(await scene.standing()).toEqual(both([1, 3, 4]))
  })

  it('keeps a release that somebody pinned', async () => {
    const scene = await service(5)
    const { description } = scene.release(1).template
    const { image } = JSON.parse(description)
    scene.world.tag(`${releaseTag(scene.id(1))}-pinned`, image)
    await scene.prune(2)
    expect(await scene.standing()).toEqual(both([1, 4, 5]))
  })

  it('leaves the image to another release that shares it', async () => {
    const scene = await service(4)
    const { world } = scene
    const image = world.cloud.push(1)
    const twin = world.releaseOf(image, { machineType: 'e2-medium' })
    world.tag(releaseTag(twin.id), image)
    await world.addTemplate(twin.template)
    world.addEntry(twin, {})
    await scene.prune(2)
    expect(await scene.standing()).toEqual(both([4]))
    expect(world.cloud.taggedReleases()).toEqual([scene.id(4), twin.id].sort())
    const tags = [...world.cloud.images.tagsOf(IMAGE_PATH).keys()]
    expect(tags.filter((tag) => tag.startsWith('src-'))).toHaveLength(4)
  })

  it("asks for no tag where the image is another project's", async () => {
    const scene = await service(3)
    const { world } = scene
    const image = `${REPOSITORY.host}/elsewhere/mervis/mervis@sha256:${'e'.repeat(64)}`
    const foreign = world.releaseOf(image)
    await world.addTemplate(foreign.template)
    world.addEntry(foreign, {})
    for (const release of scene.releases) world.addEntry(release, {})
    await scene.prune(3)
    expect(await world.templates()).not.toContain(foreign.template.name)
    expect(scene.job?.sent.filter(({ path }) => path.includes('/tags/'))).toEqual([])
    expect(await scene.standing()).toEqual(both([1, 2, 3]))
  })

  it('removes releases that failed, and those nobody ever tried, a day after they were made', async () => {
    const scene = await service(3)
    const { world } = scene
    const failed = await world.addRelease(11)
    world.addEntry(failed, { outcome: 'failed' })
    const forgotten = await world.addRelease(12)
    await scene.prune(3)
    expect(await world.templates()).toEqual(
      expect.arrayContaining([failed.template.name, forgotten.template.name])
    )
    await world.pass(24 * HOUR_MS)
    await scene.prune(3)
    const left = await world.templates()
    expect(left).not.toContain(failed.template.name)
    expect(left).not.toContain(forgotten.template.name)
    expect(await scene.standing()).toEqual(both([1, 2, 3]))
  })

  it('takes what a lost ledger forgot for releases, as far as there is room', async () => {
    const scene = await service(6)
    const { world } = scene
    const verified = world.ledger.entries.slice(-1)
    world.cloud.store.delete('demo-tfstate', 'mervis/releases.json', {})
    for (const entry of verified) world.addEntry(scene.release(6), { ...entry, attempt: 1 })
    await world.pass(48 * HOUR_MS)
    await scene.prune(4)
    expect(await scene.standing()).toEqual(both([3, 4, 5, 6]))
  })

  it('never touches what is not ours beyond doubt', async () => {
    const scene = await service(3)
    const { world } = scene
    const image = world.cloud.push(21)
    const ours = world.releaseOf(image).template
    const id = 'abcdef012345'
    const theirs = [
      world.releaseOf(image, { name: 'mervis-2' }).template,
      templateBody(`mervis-${id}`, image),
      { ...ours, name: `mervis-${id}` },
      { ...ours, description: 'made by hand' },
      { ...ours, name: 'mervis-base-20261101', description: '' },
      { ...ours, name: `other-${world.releaseOf(image).id}` },
    ]
    const names: string[] = []
    for (const [index, template] of theirs.entries()) {
      // One name cannot be taken twice.
      const name =
        index === 3
          ? ours.name
          : index === 2
            ? 'mervis-0123456789ab'
            : String(Object(template).name)
      names.push(name)
      await world.addTemplate({ ...template, name })
    }
    await world.pass(100 * HOUR_MS)
    await scene.prune(2)
    expect(await scene.standing()).toEqual(both([2, 3]))
    expect(await world.templates()).toEqual(expect.arrayContaining([...names, BASE_TEMPLATE_NAME]))
  })

  it('gives a kept release its tag back', async () => {
    const scene = await service(3)
    scene.world.cloud.images.untag(IMAGE_PATH, releaseTag(scene.id(2)))
    await scene.prune(3)
    expect(await scene.standing()).toEqual(both([1, 2, 3]))
  })

  it('goes on when a kept release has lost its image', async () => {
    const scene = await service(4)
    const { image } = JSON.parse(scene.release(3).template.description)
    scene.world.cloud.images.delete(IMAGE_PATH, image.slice(image.indexOf('@') + 1))
    await scene.prune(2)
    expect(await scene.standing()).toEqual({ templates: [3, 4], tags: [4] })
    expect(scene.log.of('warning')).toEqual([])
  })

  it('finishes what an earlier run began: a tag whose template is gone', async () => {
    const scene = await service(4)
    await scene.world.ask(
      'DELETE',
      `${REGION_PATH}/instanceTemplates/${scene.release(1).template.name}`
    )
    expect(await scene.standing()).toEqual({ templates: [2, 3, 4], tags: [1, 2, 3, 4] })
    await scene.prune(3)
    expect(await scene.standing()).toEqual(both([2, 3, 4]))
  })

  it('takes a tag that no template followed, a day after its image was pushed', async () => {
    const scene = await service(3)
    const { world } = scene
    const image = world.cloud.push(31)
    const { id } = world.releaseOf(image)
    world.tag(releaseTag(id), image)
    await scene.prune(3)
    expect(world.cloud.taggedReleases()).toContain(id)
    await world.pass(25 * HOUR_MS)
    await scene.prune(3)
    expect(world.cloud.taggedReleases()).not.toContain(id)
    expect(await scene.standing()).toEqual(both([1, 2, 3]))
  })

  it('leaves a template to the group that uses it', async () => {
    const scene = await service(4)
    const { world } = scene
    const instanceTemplate = `${REGION_PATH.slice(1)}/instanceTemplates/${scene.release(1).template.name}`
    await world.ask('POST', `${REGION_PATH}/instanceGroupManagers`, {
      name: 'canary',
      targetSize: 0,
      versions: [{ name: 'x', instanceTemplate }],
      updatePolicy: { instanceRedistributionType: 'NONE' },
      distributionPolicy: { targetShape: 'BALANCED' },
    })
    const pruned = await scene.prune(2)
    expect(await scene.standing()).toEqual(both([1, 3, 4]))
    expect(pruned).toEqual({ gone: [scene.id(2)], left: [] })
    expect(scene.log.of('warning')).toEqual([])
    expect(scene.log.of('debug').join('\n')).toContain('is already being used by')
  })

  it('decides by what it reads under the lock: a rollback may have begun just before', async () => {
    const scene = await service(5)
    const { world } = scene
    let isBegun = false
    world.cloud.refuse = ({ method }) => {
      // The first thing that a pruning writes is its lock.
      if (method === 'POST' && !isBegun) {
        isBegun = true
        world.addEntry(scene.release(1), { kind: 'rollback', outcome: null })
      }
      return undefined
    }
    await scene.prune(3)
    expect(isBegun).toBe(true)
    expect(await scene.standing()).toEqual(both([1, 3, 4, 5]))
  })

  it('leaves everything to the run that holds the deploy lock', async () => {
    const scene = await service(4)
    const { world } = scene
    const data = Buffer.from(JSON.stringify({ holder: 'other' }))
    world.cloud.store.put(
      'demo-tfstate',
      'mervis/deploy.lock',
      { data, contentType: '', fields: {} },
      {}
    )
    expect(await scene.prune(2)).toEqual({ gone: [], left: [] })
    expect(await scene.standing()).toEqual(both([1, 2, 3, 4]))
    expect(scene.log.of('warning')).toEqual([])
    expect(world.isLocked).toBe(true)
  })
})
