import { describe, expect, it } from '@jest/globals'
import { estimateCost } from '../../../src/cost/report.ts'
import { aGroup, aPlan, type PlannedResource, refersTo } from './plans.ts'
import { PRICES } from './price-list.ts'

// How the VMs of a foreign configuration are found: which template, how many.

const [TEMPLATE, GROUP] = aGroup() as [PlannedResource, PlannedResource]
const partsOf = (plan: unknown) => estimateCost(plan, PRICES)

function keyed(resource: PlannedResource, key: string, values: object): PlannedResource {
  return { ...resource, key, values: { ...resource.values, ...values } }
}

describe('the VMs of several groups that one address declares', () => {
  const autoscaler = (key: string, most: number, more: object = {}): PlannedResource => ({
    address: 'google_compute_region_autoscaler.vms',
    key,
    values: { autoscaling_policy: [{ min_replicas: 1, max_replicas: most }], ...more },
    expressions: { target: refersTo('google_compute_region_instance_group_manager.vms') },
  })
  const templates = [
    keyed(TEMPLATE, '["a"]', { machine_type: 'e2-micro' }),
    keyed(TEMPLATE, '["b"]', { machine_type: 'e2-medium' }),
  ]

  it('are told apart by key before they exist', () => {
    const groups = [keyed(GROUP, '["a"]', {}), keyed(GROUP, '["b"]', { target_size: 2 })]
    const { parts, isPartial } = partsOf(aPlan([...templates, ...groups, autoscaler('["b"]', 9)]))
    expect(parts.map(({ name }) => name)).toEqual([
      '1 VM e2-micro (Spot)',
      '1 to 9 VMs e2-medium (Spot)',
    ])
    expect(isPartial).toBe(false)
  })

  it('are told apart by name once they do', () => {
    const id = 'projects/p/regions/r/instanceGroupManagers'
    const link = `https://www.googleapis.com/compute/v1/${id}`
    const groups = [
      keyed(GROUP, '[0]', { id: `${id}/x`, version: [{ instance_template: `${link}/t-b` }] }),
      keyed(GROUP, '[1]', { id: `${id}/xx`, version: [{ instance_template: 'p/t-a' }] }),
    ]
    const named = [
      keyed(TEMPLATE, '["a"]', { machine_type: 'e2-micro', name: 't-a' }),
      keyed(TEMPLATE, '["b"]', { machine_type: 'e2-medium', name: 't-b' }),
    ]
    const targeting = autoscaler('', 7, { target: `${link}/x` })
    const { parts } = partsOf(aPlan([...named, ...groups, targeting]))
    expect(parts.map(({ name }) => name)).toEqual([
      '1 to 7 VMs e2-medium (Spot)',
      '1 VM e2-micro (Spot)',
    ])
  })

  it('are unknown when nothing tells them apart', () => {
    const { unknown, monthlyUsd } = partsOf(aPlan([...templates, keyed(GROUP, '[0]', {})]))
    expect(unknown).toEqual(['the VMs of google_compute_region_instance_group_manager.vms[0]'])
    expect(monthlyUsd).toBeUndefined()
  })
})

describe('a group whose VMs differ', () => {
  it.each([
    ['a canary', { version: [{}, {}] }],
    ['a choice of machine types', { instance_flexibility_policy: [{}] }],
  ])('is unknown: %s', (_, values) => {
    const { unknown } = partsOf(aPlan([TEMPLATE, keyed(GROUP, '', values)]))
    expect(unknown).toEqual(['the VMs of google_compute_region_instance_group_manager.vms'])
  })
})

describe('a template of another module', () => {
  /** templates -> output -> root -> variable -> group, as configurations are written. */
  function nested(reference: string): object {
    const flat = aPlan([]) as { planned_values: object; prior_state: object }
    const resource = ({ address, values }: PlannedResource, module: string) => ({
      address: `${module}.${address}`,
      mode: 'managed',
      type: address.split('.')[0],
      provider_name: 'registry.terraform.io/hashicorp/google',
      values,
    })
    return {
      ...flat,
      planned_values: {
        root_module: {
          child_modules: [
            { resources: [resource(TEMPLATE, 'module.templates["a.b"]')] },
            { resources: [resource(GROUP, 'module.group')] },
          ],
        },
      },
      configuration: {
        root_module: {
          module_calls: {
            templates: {
              module: {
                outputs: { vm: { expression: { references: [`${TEMPLATE.address}.id`] } } },
                resources: [{ address: TEMPLATE.address, expressions: {} }],
              },
            },
            group: {
              expressions: { template: { references: [reference, 'module.templates'] } },
              module: {
                resources: [
                  {
                    address: GROUP.address,
                    expressions: {
                      version: [{ instance_template: { references: ['var.template'] } }],
                    },
                  },
                ],
              },
            },
          },
        },
      },
    }
  }

  it('is found through output and variable', () => {
    expect(partsOf(nested('module.templates["a.b"].vm'))).toMatchObject({
      monthlyUsd: 5.65,
      unknown: ['network traffic'],
    })
  })

  it.each(['module.templates.other', 'module.nowhere.vm', 'local.template', 'var.template'])(
    'is unknown behind %s',
    (reference) => {
      expect(partsOf(nested(reference)).unknown).toEqual([
        'the VMs of module.group.google_compute_region_instance_group_manager.vms',
      ])
    }
  )
})
