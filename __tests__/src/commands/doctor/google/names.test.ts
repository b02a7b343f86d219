import { readFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { namesOf } from '../../../../../src/commands/doctor/google/readings/names.ts'

const service = (name: string, terraformDirectory?: string) => ({
  name,
  projectId: 'mervis-demo',
  terraformDirectory,
})

const OUTPUTS = {
  group_name: 'projects/mervis-demo/zones/europe-west1-b/instanceGroupManagers/mine',
  repository_id: 'images',
  vm_service_account: 'runner@mervis-demo.iam.gserviceaccount.com',
}

describe('namesOf', () => {
  it('takes what the last apply said', () => {
    expect(namesOf(service('mervis'), OUTPUTS)).toEqual({
      group: OUTPUTS.group_name,
      repository: 'images',
      vmServiceAccount: OUTPUTS.vm_service_account,
    })
  })

  it.each([
    ['mervis', 'mervis-machine'],
    ['a', 'a-machine'],
    // 22 letters are the most that leave room for the suffix.
    ['abcdefghijklmnopqrstuv', 'abcdefghijklmnopqrstuv-machine'],
    // printf %s abcdefghijklmnopqrstuvw | sha256sum
    ['abcdefghijklmnopqrstuvw', 'abcdefghijklmno-7f0781-machine'],
    ['abcdefghijklmn-opqrstuvw', 'abcdefghijklmn-a329c8-machine'],
  ])('knows how the bundled configuration names the account of %s', (name, account) => {
    expect(namesOf(service(name), {})).toEqual({
      group: name,
      repository: name,
      vmServiceAccount: `${account}@mervis-demo.iam.gserviceaccount.com`,
    })
  })

  it('follows the rule as it stands in Terraform', async () => {
    const text = await readFile('terraform/modules/compute/identity.tf', 'utf8')
    expect(text).toContain('_account_suffix = "-machine"')
    expect(text).toContain('length("${var.name}${local._account_suffix}") <= 30')
    expect(text).toContain(
      '"${trimsuffix(substr(var.name, 0, 15), "-")}-${substr(sha256(var.name), 0, 6)}"'
    )
  })

  it('does not guess for a configuration of one’s own that was never applied', () => {
    expect(namesOf(service('mervis', 'infra'), {})).toBeUndefined()
    expect(namesOf(service('mervis', 'infra'), OUTPUTS)?.repository).toBe('images')
  })
})
