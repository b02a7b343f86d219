import { anError, aVm, BEFORE, RELEASE, type Situation } from './situations.ts'

const VM = 'mervis-x7k2'
const vm = (more: Parameters<typeof aVm>[0]): Situation => ({ vms: [aVm(more)] })

/** Everything is as it should be but for one thing: what people are told then. */
export const HELD_BACK: readonly (readonly [
  what: string,
  situation: Situation,
  obstacle: string,
])[] = [
  [
    'the group is on another version',
    { group: { versions: [{ name: BEFORE, instanceTemplate: 't' }] } },
    `the group is on version ${BEFORE}`,
  ],
  [
    'the group has two versions',
    {
      group: {
        versions: [
          { name: RELEASE, instanceTemplate: 't' },
          { name: BEFORE, instanceTemplate: 't' },
        ],
      },
    },
    `the group is on version ${RELEASE}, ${BEFORE}`,
  ],
  ['the group has no version', { group: { versions: [] } }, 'the group is on version (none)'],
  ['the group is still changing', { group: { isStable: false } }, 'the group is still changing'],
  [
    'the target version is not reached',
    { group: { isVersionTargetReached: false } },
    'not every VM has its target version',
  ],
  ['a VM is missing', { group: { targetSize: 2 } }, 'there are 1 VMs where 2 are wanted'],
  ['there is a VM too many', { group: { targetSize: 0 } }, 'there are 1 VMs where 0 are wanted'],
  ['a VM is on the version before', vm({ versionName: BEFORE }), `${VM} is on version ${BEFORE}`],
  ['a VM is on no version', vm({ versionName: '' }), `${VM} is on version (none)`],
  ...[
    'CREATING',
    'VERIFYING',
    'RECREATING',
    'RESTARTING',
    'DELETING',
    'ABANDONING',
    'REFRESHING',
    '',
  ].map(
    (currentAction) =>
      [`a VM is ${currentAction}`, vm({ currentAction }), `${VM} is ${currentAction}`] as const
  ),
  ...['PROVISIONING', 'STAGING', 'STOPPING', 'STOPPED', 'TERMINATED', 'SUSPENDED', 'REPAIRING'].map(
    (instanceStatus) =>
      [`a VM is ${instanceStatus}`, vm({ instanceStatus }), `${VM} is ${instanceStatus}`] as const
  ),
  ['a VM is not there', vm({ instanceStatus: '' }), `${VM} is not there yet`],
  ...['UNHEALTHY', 'TIMEOUT', 'DRAINING', 'UNKNOWN', ''].map(
    (state) =>
      [
        `a VM is "${state}"`,
        vm({ healthStates: [state] }),
        `${VM} is ${state || 'not probed yet'}`,
      ] as const
  ),
  [
    'one of two health checks fails',
    vm({ healthStates: ['HEALTHY', 'UNHEALTHY'] }),
    `${VM} is HEALTHY, UNHEALTHY`,
  ],
  ['a VM was never probed', vm({ healthStates: [] }), `${VM} is not probed yet`],
  ['a VM has not reported', { reports: { [VM]: null } }, `${VM} has not reported yet`],
  [
    'a VM is pulling',
    { reports: { [VM]: { phase: 'pulling', detail: '12 s' } } },
    `${VM} reports "pulling": 12 s`,
  ],
  ['a VM is starting', { reports: { [VM]: { phase: 'starting' } } }, `${VM} reports "starting"`],
  ['a VM is stopping', { reports: { [VM]: { phase: 'stopping' } } }, `${VM} reports "stopping"`],
  ['a VM runs another image', { reports: { [VM]: { image: 'other@sha256:0' } } }, 'other@sha256:0'],
  [
    'a VM runs no image',
    { reports: { [VM]: { image: '', release: '', detail: 'no release yet' } } },
    'no image',
  ],
  [
    'a VM reports another release of the same image',
    { reports: { [VM]: { release: BEFORE } } },
    BEFORE,
  ],
  [
    'no VM could be had',
    vm({
      instanceStatus: '',
      currentAction: 'CREATING',
      lastErrors: [anError('ZONE_RESOURCE_POOL_EXHAUSTED', 'no Spot VMs left')],
    }),
    `${VM} ZONE_RESOURCE_POOL_EXHAUSTED: no Spot VMs left`,
  ],
]
