import { describe, expect, it } from '@jest/globals'
import { demandOf } from '../../../emulator/google/iam/permissions.ts'

const SECRETS = 'secretmanager.googleapis.com'
const COMPUTE = 'compute.googleapis.com'
const GLOBAL = 'projects/p/global'
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
    [COMPUTE, 'POST', `${GLOBAL}/addresses`, 'compute.globalAddresses.create'],
    [COMPUTE, 'POST', `${GLOBAL}/addresses/a/setLabels`, 'compute.globalAddresses.setLabels'],
    [COMPUTE, 'GET', 'projects/p/regions/r/addresses/a', 'compute.addresses.get'],
    [COMPUTE, 'POST', `${GLOBAL}/sslCertificates`, 'compute.sslCertificates.create'],
    [COMPUTE, 'PUT', `${GLOBAL}/backendServices/b`, 'compute.backendServices.update'],
    [COMPUTE, 'POST', `${GLOBAL}/backendServices/b/getHealth`, 'compute.backendServices.get'],
    [COMPUTE, 'DELETE', `${GLOBAL}/urlMaps/m`, 'compute.urlMaps.delete'],
    [
      COMPUTE,
      'POST',
      'projects/p/targetHttpsProxies/t/setSslCertificates',
      'compute.targetHttpsProxies.setSslCertificates',
    ],
    [
      COMPUTE,
      'POST',
      'projects/p/targetHttpProxies/t/setUrlMap',
      'compute.targetHttpProxies.setUrlMap',
    ],
    [COMPUTE, 'PATCH', `${GLOBAL}/forwardingRules/f`, 'compute.globalForwardingRules.update'],
    [
      COMPUTE,
      'POST',
      `${GLOBAL}/forwardingRules/f/setTarget`,
      'compute.globalForwardingRules.setTarget',
    ],
    [COMPUTE, 'PATCH', 'projects/p/regions/r/autoscalers', 'compute.autoscalers.update'],
    [
      COMPUTE,
      'POST',
      'projects/p/zones/z/instanceGroups/g/setNamedPorts',
      'compute.instanceGroups.update',
    ],
  ])('%s %s %s wants %s', (api, method, path, permission) => {
    expect(demandOf(api, method, path)?.permission).toBe(permission)
  })
})
