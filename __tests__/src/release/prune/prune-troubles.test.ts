import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { Blobs } from '../../../../emulator/registry/blobs.ts'
import { releaseTag } from '../../../../src/image/reference.ts'
import type { HttpResponse } from '../../../../src/ports.ts'
import { googleError } from '../../../fakes/scripted-http.ts'
import type { FaultKind } from '../../../simulation/world/faults.ts'
import type { Asked } from '../../../simulation/world/in-process.ts'
import { both, type Scene, service as serviceOn } from './world/scene.ts'

const directory = mkdtempSync(join(tmpdir(), 'prune-troubles-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const AFTER_THE_LOCK_MS = 200_000

/** Five verified releases, the last of which runs. */
function service(count = 5): Promise<Scene> {
  return serviceOn(count, new Blobs(join(directory, 'blobs')))
}

/** How many requests a pruning makes that takes releases 1 and 2 away. */
async function countRequests(): Promise<number> {
  const scene = await service()
  await scene.prune(3)
  return scene.job?.sent.length ?? 0
}

function denied(permission: string, deletion: RegExp): (asked: Asked) => HttpResponse | undefined {
  return ({ method, path }) =>
    method === 'DELETE' && deletion.test(path)
      ? googleError(403, { message: `Permission '${permission}' denied`, reason: 'forbidden' })
      : undefined
}

describe('pruneReleases in trouble', () => {
  it.each<FaultKind>(['death before', 'death after'])(
    'a run that dies (%s) at any request leaves nothing that the next one does not finish',
    async (kind) => {
      const requests = await countRequests()
      expect(requests).toBeGreaterThan(10)
      for (let request = 1; request <= requests; request++) {
        const scene = await service()
        expect(await scene.prune(3, { faults: [{ request, kind }] })).toBeUndefined()
        const { templates, tags } = await scene.standing()
        expect({ request, templates }).toEqual({
          request,
          templates: expect.arrayContaining([3, 4, 5]),
        })
        // Whatever still has its template has its image.
        expect({ request, tags }).toEqual({ request, tags: expect.arrayContaining([...templates]) })
        await scene.world.pass(AFTER_THE_LOCK_MS)
        await scene.prune(3)
        expect({ request, ...(await scene.standing()) }).toEqual({ request, ...both([3, 4, 5]) })
      }
    },
    30_000
  )

  it.each<FaultKind>([
    'status 503',
    'status 429',
    'reset',
    'lost answer',
    'stalled answer',
    'slow',
  ])(
    'gets over %s at any request',
    async (kind) => {
      const requests = await countRequests()
      for (let request = 1; request <= requests; request++) {
        const scene = await service()
        await scene.prune(3, { faults: [{ request, kind }] })
        expect({ request, ...(await scene.standing()) }).toEqual({ request, ...both([3, 4, 5]) })
        expect(scene.log.of('warning')).toEqual([])
      }
    },
    30_000
  )

  it('stops at a cancel, cleanly, and the next deploy goes on', async () => {
    for (let afterMs = 0; afterMs < 3_000; afterMs += 150) {
      const scene = await service(9)
      const { world, log } = scene
      const cancel = new AbortController()
      world.timeline.after(afterMs, () => cancel.abort(new Error('cancelled')))
      const startedAtMs = world.timeline.now()
      await scene.prune(3, { cancel })
      expect(world.timeline.now() - startedAtMs).toBeLessThan(afterMs + 2_000)
      expect(log.of('warning')).toEqual([])
      expect(world.isLocked).toBe(false)
      const { templates, tags } = await scene.standing()
      expect(tags).toEqual(expect.arrayContaining([...templates]))
      await world.pass(1_000)
      await scene.prune(3)
      expect(await scene.standing()).toEqual(both([7, 8, 9]))
    }
  }, 30_000)

  it('warns once when it may not delete templates: role, command, and what is left', async () => {
    const scene = await service(9)
    const permission = 'compute.instanceTemplates.delete'
    scene.world.cloud.refuse = denied(permission, /instanceTemplates/)
    const pruned = await scene.prune(2)
    expect(pruned?.gone).toEqual([])
    expect(pruned?.left).toHaveLength(7)
    const [warning, ...more] = scene.log.of('warning')
    expect(more).toEqual([])
    const five = [1, 2, 3, 4, 5].map((number) => scene.id(number)).join(', ')
    expect(warning).toBe(
      `Old releases are still there (${five} and 2 more); the next deploy tries again. Could not delete the instance template of release ${scene.id(1)}: Compute Engine answered 403 forbidden: Permission '${permission}' denied
gcloud projects add-iam-policy-binding demo --member=serviceAccount:deployer@demo.iam.gserviceaccount.com --role=roles/compute.instanceAdmin.v1 --condition=None`
    )
    // What one release is denied all others are: they are not asked for.
    const deletions = scene.job?.sent.filter(({ path }) => /instanceTemplates\/m/.test(path))
    expect(deletions).toHaveLength(4)
    expect(scene.world.isLocked).toBe(false)
  })

  it('warns when it may not delete tags, and takes them once it may', async () => {
    const scene = await service(4)
    const { cloud } = scene.world
    cloud.refuse = denied('artifactregistry.tags.delete', /\/tags\//)
    await scene.prune(2)
    const [warning] = scene.log.of('warning')
    expect(warning).toMatch(
      /Could not delete the tag of release \w{12}: Artifact Registry answered 403/
    )
    expect(warning).toContain(
      'gcloud artifacts repositories add-iam-policy-binding mervis --location=europe-west3 --project=demo --member=serviceAccount:deployer@demo.iam.gserviceaccount.com --role=roles/artifactregistry.repoAdmin'
    )
    cloud.refuse = () => undefined
    await scene.prune(2)
    expect(await scene.standing()).toEqual(both([3, 4]))
    expect(scene.log.of('warning')).toHaveLength(1)
  })

  it.each([
    ['the releases cannot be listed', /instanceTemplates$/],
    ['the tags cannot be listed, and with them the pinned ones', /\/tags$/],
    ['the VMs cannot be listed', /listManagedInstances$/],
    ['the group cannot be read', /instanceGroupManagers\/mervis$/],
  ])('removes nothing where %s', async (_, path) => {
    const scene = await service()
    scene.world.cloud.refuse = (asked) => (path.test(asked.path) ? googleError(403) : undefined)
    await scene.prune(2)
    scene.world.cloud.refuse = () => undefined
    expect(await scene.standing()).toEqual(both([1, 2, 3, 4, 5]))
    expect(scene.log.of('warning')).toEqual([
      expect.stringMatching(
        /^Old releases were not pruned, which the next deploy tries again\. Could not /
      ),
    ])
    expect(scene.world.isLocked).toBe(false)
  })

  it('removes nothing when the ledger cannot be read', async () => {
    const scene = await service()
    const object = { data: Buffer.from('{'), contentType: '', fields: {} }
    scene.world.cloud.store.put('demo-tfstate', 'mervis/releases.json', object, {})
    await scene.prune(2)
    expect(await scene.standing()).toEqual(both([1, 2, 3, 4, 5]))
    expect(scene.log.of('warning').join()).toContain('The ledger gs://demo-tfstate/mervis/')
  })

  it.each([
    ['while its tag is deleted', /DELETE .*\/tags\/release-/],
    ['between the two', /DELETE .*instanceTemplates\/mervis-/],
  ])('gives a release its tag back that a deploy makes anew %s', async (_, moment) => {
    const scene = await service(3)
    const { world } = scene
    const { id, template } = scene.release(1)
    const { image } = JSON.parse(template.description)
    let isMade = false
    world.cloud.refuse = ({ method, path }) => {
      if (isMade || !moment.test(`${method} ${path}`)) return undefined
      isMade = true
      // Right after this request, as prepareRelease does it: the tag, then the template.
      queueMicrotask(() => {
        world.tag(releaseTag(id), image)
        void world.addTemplate(template)
      })
      return undefined
    }
    await scene.prune(2)
    expect(isMade).toBe(true)
    expect(await scene.standing()).toEqual(both([1, 2, 3]))
  })

  it('does not keep the deploy waiting for a hundred old releases', async () => {
    const scene = await service(100)
    const { timeline } = scene.world
    const startedAtMs = timeline.now()
    const pruned = await scene.prune(2)
    expect(timeline.now() - startedAtMs).toBeLessThan(20_000)
    expect(pruned?.left.length).toBeGreaterThan(0)
    expect(scene.log.of('warning')).toEqual([])
    for (let again = 0; again < 5; again++) await scene.prune(2)
    expect(await scene.standing()).toEqual(both([99, 100]))
  }, 30_000)

  it('takes two or three seconds for the one release that a deploy usually pushes out', async () => {
    const scene = await service(11)
    const startedAtMs = scene.world.timeline.now()
    await scene.prune(10)
    expect(scene.world.timeline.now() - startedAtMs).toBeLessThan(3_000)
    expect(scene.job?.sent.length).toBeLessThan(20)
  })
})
