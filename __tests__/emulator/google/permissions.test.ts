import { describe, expect, it } from '@jest/globals'
import { demandOf } from '../../../emulator/google/iam/permissions.ts'

const SECRETS = 'secretmanager.googleapis.com'
const COMPUTE = 'compute.googleapis.com'
const INSTANCE = 'projects/p/zones/z/instances/vm'

describe('demandOf', () => {
  it.each([
    [SECRETS, 'GET', 'projects/p/secrets/s/versions/1:access', 'secretmanager.versions.access'],
    [SECRETS, 'GET', 'projects/p/secrets/s/versions/1%3Aaccess', 'secretmanager.versions.access'],
    [SECRETS, 'GET', 'projects/p/secrets/s/versions/1%3aaccess', 'secretmanager.versions.access'],
    [SECRETS, 'GET', 'projects/p/secrets/s/versions/1', 'secretmanager.versions.get'],
    [COMPUTE, 'GET', `${INSTANCE}/serialPort`, 'compute.instances.getSerialPortOutput'],
    [COMPUTE, 'GET', `${INSTANCE}/getSerialPortOutput`, 'compute.instances.getSerialPortOutput'],
    [COMPUTE, 'GET', `${INSTANCE}/getGuestAttributes`, 'compute.instances.getGuestAttributes'],
    [COMPUTE, 'GET', INSTANCE, 'compute.instances.get'],
  ])('%s %s %s wants %s', (api, method, path, permission) => {
    expect(demandOf(api, method, path)?.permission).toBe(permission)
  })
})
