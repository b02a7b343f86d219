import { describe, expect, it } from '@jest/globals'
import { answer, googleError } from '../../../fakes/scripted-http.ts'
import { computeOn, LINK, REGION, ZONE } from './on-script.ts'

describe('a group that is told by its id', () => {
  const OF_ZONE = `${ZONE}/instanceGroupManagers/mervis`
  const OF_REGION = `${REGION}/instanceGroupManagers/mervis`

  it.each([
    ['a plain name', 'mervis', OF_REGION],
    [
      'the id of a zonal group',
      'projects/mervis-demo/zones/europe-west1-b/instanceGroupManagers/mervis',
      OF_ZONE,
    ],
    [
      'the id of a regional group',
      'projects/mervis-demo/regions/europe-west1/instanceGroupManagers/mervis',
      OF_REGION,
    ],
    ['an id without the project', 'zones/europe-west1-b/instanceGroupManagers/mervis', OF_ZONE],
    ['a URL', `${LINK}/zones/europe-west1-b/instanceGroupManagers/mervis`, OF_ZONE],
    [
      'another region than that of the job',
      'projects/mervis-demo/regions/us-east1/instanceGroupManagers/mervis',
      '/compute/v1/projects/mervis-demo/regions/us-east1/instanceGroupManagers/mervis',
    ],
  ])('reads and rolls it there: %s', async (_, reference, path) => {
    const done = answer(200, { status: 'DONE' })
    const { compute, http } = computeOn(answer(200, {}), answer(200, {}), answer(200, {}), done)
    await compute.fetchGroup(reference)
    await compute.listManagedInstances(reference)
    await compute.listErrors(reference)
    await compute.patchVersion(reference, { name: 'a', instanceTemplate: 't' }, 'f')
    expect(http.lines).toEqual([
      `GET ${path}`,
      `POST ${path}/listManagedInstances`,
      `GET ${path}/listErrors`,
      `PATCH ${path}`,
    ])
  })

  it.each([
    ['nothing', ''],
    ['an instance group instead of its manager', 'projects/p/zones/z-1a/instanceGroups/mervis'],
    ['an id with more behind it', 'zones/europe-west1-b/instanceGroupManagers/mervis/listErrors'],
    ['a name that no group can have', 'Mervis'],
    ['a path upwards', 'zones/europe-west1-b/instanceGroupManagers/..'],
  ])('asks nothing when it is %s', async (_, reference) => {
    const { compute, http } = computeOn()
    await expect(compute.fetchGroup(reference)).rejects.toMatchObject({
      code: 'TERRAFORM_OUTPUTS',
      message: expect.stringContaining(`"${reference}"`),
      hint: expect.stringContaining('group_name'),
    })
    expect(http.lines).toEqual([])
  })

  it('is spoken of by its name', async () => {
    const { compute } = computeOn(googleError(404))
    await expect(
      compute.fetchGroup('projects/p/zones/europe-west1-b/instanceGroupManagers/mervis')
    ).rejects.toThrow('Could not read the instance group mervis: ')
  })
})
