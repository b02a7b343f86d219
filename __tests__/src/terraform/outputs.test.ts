import { describe, expect, it } from '@jest/globals'
import { readInfrastructure } from '../../../src/terraform/outputs.ts'

const OUTPUTS = {
  group_name: 'mervis',
  base_template_name: 'mervis-base-1',
  repository_id: 'mervis',
  vm_service_account: 'vm@mervis-demo.iam.gserviceaccount.com',
  port: 8080,
}

describe('readInfrastructure', () => {
  it('reads what the action needs', () => {
    expect(readInfrastructure({ ...OUTPUTS, zones: ['x'], other: {} })).toEqual({
      groupName: 'mervis',
      baseTemplateName: 'mervis-base-1',
      repositoryId: 'mervis',
      vmServiceAccount: 'vm@mervis-demo.iam.gserviceaccount.com',
      port: 8080,
      url: undefined,
      loadBalancerAddress: undefined,
    })
  })

  it('reads where a load balancer serves', () => {
    const outputs = { url: 'https://mervis.example.com', load_balancer_address: '203.0.113.10' }
    expect(readInfrastructure({ ...OUTPUTS, ...outputs })).toMatchObject({
      url: 'https://mervis.example.com',
      loadBalancerAddress: '203.0.113.10',
    })
    expect(
      readInfrastructure({ ...OUTPUTS, url: null, load_balancer_address: null })
    ).toMatchObject({ url: undefined, loadBalancerAddress: undefined })
  })

  it.each([null, undefined])('reads port %s as a worker that serves nothing', (port) => {
    expect(readInfrastructure({ ...OUTPUTS, port }).port).toBeUndefined()
  })

  it('names everything that is missing at once, and what to add', () => {
    expect(() => readInfrastructure({ ...OUTPUTS, group_name: '', repository_id: 7 })).toThrow(
      expect.objectContaining({
        code: 'TERRAFORM_OUTPUTS',
        message: 'The Terraform configuration does not say group_name, repository_id.',
        hint: expect.stringContaining('Add an output'),
      })
    )
  })
})
