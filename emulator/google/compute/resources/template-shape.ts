import type { Shape } from '../../fields.ts'

/** What VMs are made of, by its top-level fields and those below that clients select. */
const PROPERTIES: Shape = {
  advancedMachineFeatures: {},
  canIpForward: {},
  confidentialInstanceConfig: {},
  description: {},
  disks: {},
  guestAccelerators: {},
  keyRevocationActionType: {},
  labels: {},
  machineType: {},
  metadata: { fingerprint: {}, items: { key: {}, value: {} }, kind: {} },
  minCpuPlatform: {},
  networkInterfaces: {},
  networkPerformanceConfig: {},
  privateIpv6GoogleAccess: {},
  reservationAffinity: {},
  resourceManagerTags: {},
  resourcePolicies: {},
  scheduling: {},
  serviceAccounts: {},
  shieldedInstanceConfig: {},
  tags: { fingerprint: {}, items: {} },
}

/** What an answer of instanceTemplates.list may hold. */
export const TEMPLATE_LIST: Shape = {
  id: {},
  items: {
    creationTimestamp: {},
    description: {},
    id: {},
    kind: {},
    name: {},
    properties: PROPERTIES,
    region: {},
    selfLink: {},
    sourceInstance: {},
    sourceInstanceParams: {},
  },
  kind: {},
  nextPageToken: {},
  selfLink: {},
}
