import { describe, expect, it } from '@jest/globals'
import {
  changedFilesOf,
  hasGroup,
  type PreviewFacts,
  previewRollout,
  readRunning,
} from '../../../src/release/preview.ts'

function planWith(group: Readonly<Record<string, unknown>>): unknown {
  const resource = {
    type: 'google_compute_region_instance_group_manager',
    values: { name: 'web', ...group },
  }
  const compute = { address: 'module.compute', resources: [resource] }
  return { planned_values: { root_module: { child_modules: [compute] } } }
}

const surging = (surge: number, size: number | null = 3): unknown =>
  planWith({
    target_size: size,
    update_policy: [{ max_surge_fixed: surge, max_unavailable_fixed: 0 }],
  })

const FACTS: PreviewFacts = {
  plan: surging(3),
  groupName: 'web',
  baseTemplateName: 'web-base-1',
  running: { id: 'aaa', baseTemplateName: 'web-base-1', vms: 3 },
  changedFiles: 0,
}

describe('previewRollout', () => {
  it.each<[string, Partial<PreviewFacts>, boolean, string[]]>([
    ['nothing differs', {}, false, ['the image and the base template stay the same']],
    ['one file differs', { changedFiles: 1 }, true, ['new image (1 file of the build context)']],
    ['the base changes', { baseTemplateName: undefined }, true, ['new base template']],
    [
      'an earlier change of the base has not been released yet',
      { baseTemplateName: 'web-base-2' },
      true,
      ['new base template'],
    ],
    [
      'image and base change',
      { changedFiles: 2, baseTemplateName: undefined },
      true,
      ['new image (2 files of the build context)', 'new base template'],
    ],
    ['nobody knows the files', { changedFiles: undefined }, true, ['perhaps a new image']],
    ['nothing runs yet', { running: undefined }, true, ['the first release']],
  ])('says whether VMs roll, and why, where %s', (_, facts, willRoll, because) => {
    expect(previewRollout({ ...FACTS, ...facts })).toMatchObject({ willRoll, because })
  })

  it.each<[string, unknown, { vms: number; strategy: string; steps: number }]>([
    ['as many at once as there are', surging(3, 3), { vms: 3, strategy: 'surge', steps: 1 }],
    ['three at a time', surging(3, 10), { vms: 10, strategy: 'surge', steps: 4 }],
    [
      'old ones first',
      planWith({
        target_size: 4,
        update_policy: [{ max_surge_fixed: 0, max_unavailable_fixed: 2 }],
      }),
      { vms: 4, strategy: 'recreate', steps: 2 },
    ],
    [
      'as many as run, under an autoscaler',
      surging(1, null),
      { vms: 3, strategy: 'surge', steps: 3 },
    ],
    ['no VM at all', surging(1, 0), { vms: 0, strategy: 'surge', steps: 0 }],
  ])('counts the steps: %s', (_, plan, expected) => {
    expect(previewRollout({ ...FACTS, plan })).toMatchObject(expected)
  })

  it('takes a zonal group of another configuration, and a plan without any', () => {
    const zonal = { type: 'google_compute_instance_group_manager', values: { target_size: 2 } }
    const plan = { planned_values: { root_module: { resources: [zonal] } } }
    expect(previewRollout({ ...FACTS, plan })).toMatchObject({ vms: 2, steps: 2 })
    expect(previewRollout({ ...FACTS, plan: {} })).toMatchObject({ vms: 3, strategy: 'recreate' })
  })
})

describe('hasGroup', () => {
  it('tells a plan for something that stands from the first one', () => {
    const { planned_values: values } = Object(surging(1))
    expect(hasGroup({ prior_state: { values } })).toBe(true)
    expect(hasGroup(surging(1))).toBe(false)
    expect(hasGroup({ prior_state: { values: { root_module: {} } } })).toBe(false)
  })
})

describe('changedFilesOf', () => {
  const FILES = ['app/main.py', 'apple/x', 'docker/Dockerfile', 'services/web/Dockerfile']

  it.each<[string, string | undefined, number | undefined]>([
    ['.', undefined, 4],
    ['./', undefined, 4],
    ['app', undefined, 1],
    ['./app/', './docker/Dockerfile', 2],
    ['services/web', undefined, 1],
    ['services/api', undefined, 0],
    ['../other', undefined, undefined],
    ['/home/runner/work/app', undefined, undefined],
  ])(
    'counts what belongs to the context %s and the Dockerfile %s',
    (context, dockerfile, count) => {
      expect(changedFilesOf({ context, dockerfile }, FILES)).toBe(count)
    }
  )

  it('cannot tell where a workflow alone was changed', () => {
    const image = { context: 'app', dockerfile: undefined }
    expect(changedFilesOf(image, ['.github/workflows/deploy.yml'])).toBeUndefined()
    expect(changedFilesOf(image, ['.github/workflows/deploy.yml', 'app/x'])).toBe(1)
  })
})

describe('readRunning', () => {
  it("reads the base from the release's own description", () => {
    const description = JSON.stringify({ commit: 'abc', base: 'web-base-1' })
    expect(readRunning('aaa', { description }, 2)).toEqual({
      id: 'aaa',
      baseTemplateName: 'web-base-1',
      vms: 2,
    })
  })

  it.each(['', 'made by hand'])(
    'takes the description %j of somebody else for no base of ours',
    (description) => {
      expect(readRunning('aaa', { description }, 2).baseTemplateName).toBe('')
    }
  )
})
