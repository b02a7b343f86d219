import { describe, expect, it } from '@jest/globals'
import { CONSTRAINTS } from '../../../../../src/commands/doctor/google/policy/constraints.ts'
import { aConfig } from '../../../../fakes/deploy-inputs.ts'

const ENFORCED = { booleanPolicy: { enforced: true } }
const OWN = { terraform_directory: 'infra' }
const BALANCED = { terraform_variables: 'load_balancer={"domains":["a.example.com"]}' }
const allowed = (...allowedValues: readonly string[]) => ({ listPolicy: { allowedValues } })

describe('CONSTRAINTS', () => {
  it.each([
    ['os-login', 'required, which the bundled VMs fulfil', ENFORCED, {}, 'ok'],
    ['os-login', 'required of VMs that we do not know', ENFORCED, OWN, 'unknown'],
    ['os-login', 'not required', { booleanPolicy: {} }, OWN, 'ok'],
    ['shielded-vm', 'required, which the bundled VMs fulfil', ENFORCED, {}, 'ok'],
    ['shielded-vm', 'required of VMs that we do not know', ENFORCED, OWN, 'unknown'],
    ['members', 'restricted to one customer', allowed('C03xgje4y'), {}, 'ok'],
    ['guest-attributes', 'off', ENFORCED, {}, 'fix'],
    ['service-accounts', 'forbidden', ENFORCED, {}, 'fix'],
    ['locations', 'the region', allowed('europe-west1'), {}, 'ok'],
    ['locations', 'its continent', allowed('in:europe-locations'), {}, 'ok'],
    [
      'locations',
      'a group that only Google can resolve',
      allowed('in:eu-locations'),
      {},
      'unknown',
    ],
    ['locations', 'another region', allowed('us-east1'), {}, 'fix'],
    ['image-projects', 'cos-cloud', allowed('projects/cos-cloud'), {}, 'ok'],
    ['image-projects', 'a folder', allowed('under:folders/1'), {}, 'unknown'],
    [
      'image-projects',
      'others, for VMs that we do not know',
      allowed('projects/x'),
      OWN,
      'unknown',
    ],
    ['image-projects', 'others', allowed('projects/x'), {}, 'fix'],
    ['external-addresses', 'some named VMs', allowed('projects/p/zones/z/instances/i'), {}, 'fix'],
    [
      'external-addresses',
      'all but some named VMs',
      { listPolicy: { deniedValues: ['x'] } },
      {},
      'ok',
    ],
    ['external-addresses', 'none, for VMs that we do not know', allowed('x'), OWN, 'unknown'],
    [
      'external-addresses',
      'none, and none are wanted',
      { listPolicy: { allValues: 'DENY' } },
      { terraform_variables: 'external_ip=false' },
      'ok',
    ],
    ['load-balancers', 'internal ones, and there is none', allowed('in:INTERNAL'), {}, 'ok'],
    ['load-balancers', 'external ones', allowed('in:EXTERNAL'), BALANCED, 'ok'],
    ['load-balancers', 'internal ones', allowed('INTERNAL_TCP_UDP'), BALANCED, 'fix'],
    ['load-balancers', 'a group of them', allowed('in:INTERNAL'), BALANCED, 'unknown'],
  ])('policy-%s: %s', (id, _, policy, inputs, kind) => {
    const constraint = CONSTRAINTS.find((one) => one.id === `policy-${id}`)
    expect(constraint?.judge(policy, aConfig({ ...inputs })).kind).toBe(kind)
  })

  it('asks each constraint once', () => {
    const names = CONSTRAINTS.map(({ constraint }) => constraint)
    expect(new Set(names).size).toBe(names.length)
  })
})
