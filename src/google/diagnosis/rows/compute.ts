import type { GoogleFailure } from '../failure.ts'
import { command, grantServiceAgent, quotaPage } from '../remedies.ts'
import type { Advice, Row } from '../row.ts'
import type { Surroundings } from '../surroundings.ts'

/** Deploys of one service that wait for each other. */
export const ONE_AT_A_TIME = 'concurrency:\n  group: deploy\n  cancel-in-progress: false'

const SHORTAGE = /RESOURCE_POOL_EXHAUSTED|STOCKOUT|INSUFFICIENT_?CAPACITY/i
const SHORTAGE_IN_WORDS =
  /does not have enough resources available|state:\s*STOCKOUT|VM instance is currently unavailable/

/** Failures of Compute Engine that are nobody's permission. */
export const COMPUTE_ROWS: readonly Row[] = [
  { id: 'rate-quota', explain: explainRate },
  {
    id: 'stale-fingerprint',
    explain: ({ status, reason }) =>
      status === 412 || reason === 'conditionNotMet'
        ? {
            means:
              'Somebody else changed it at the same moment: run the job again. Deploys of one service must wait for each other; in the workflow:',
            fix: ONE_AT_A_TIME,
          }
        : undefined,
  },
  { id: 'surge-rule', explain: explainSurge },
  { id: 'template-in-use', explain: explainInUse },
  {
    id: 'stockout',
    explain: ({ reason, message }) =>
      SHORTAGE.test(reason) || SHORTAGE.test(message) || SHORTAGE_IN_WORDS.test(message)
        ? {
            means:
              'Google has no such VM to give at the moment: nothing is wrong with the release. Push again later, or let Google choose from more, in the step of this action: further `zones`, another `machine_type`, or',
            fix: 'with:\n  provisioning: standard',
          }
        : undefined,
  },
  { id: 'external-address', explain: explainExternalAddress },
  { id: 'address-space', explain: explainAddressSpace },
  { id: 'quota', explain: explainQuota },
  { id: 'service-agent', explain: explainServiceAgent },
]

/** Whoever makes a group's VMs, for Google. */
function explainServiceAgent(
  { reason, message }: GoogleFailure,
  { projectId }: Surroundings
): Advice | undefined {
  const isActAs = /access to service account/.test(message)
  if (isActAs || !/PERMISSIONS_ERROR/.test(`${reason} ${message}`)) return undefined
  return {
    means:
      "VMs of a group are made by the project's Google APIs service agent, which lacks its role:",
    fix: grantServiceAgent(projectId),
  }
}

const RATE_REASONS: ReadonlySet<string> = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_OPERATION_RATE_EXCEEDED',
])

/** Whether this is a limit per minute, which Compute Engine answers with 403. */
export function isRateLimit({ status, reason }: Pick<GoogleFailure, 'status' | 'reason'>): boolean {
  return RATE_REASONS.has(reason) || (status === 429 && reason === 'RESOURCE_EXHAUSTED')
}

function explainRate(failure: GoogleFailure, { projectId }: Surroundings): Advice | undefined {
  if (!isRateLimit(failure)) return undefined
  return {
    means:
      'The project has used up its requests for this minute; it was waited for in vain. Run the job again, and see who asks so much:',
    fix: quotaPage(projectId),
  }
}

function explainSurge({ message }: GoogleFailure): Advice | undefined {
  const [, which] =
    /Fixed updatePolicy\.max(Unavailable|Surge) for regional managed instance group has to be either 0 or at least equal to the number of zones/.exec(
      message
    ) ?? []
  if (which === undefined) return undefined
  const field = which === 'Surge' ? 'max_surge_fixed' : 'max_unavailable_fixed'
  return {
    means:
      'A regional group replaces VMs in all of its zones at once, or in none. In its update_policy:',
    fix: `${field} = length(google_compute_region_instance_group_manager.main.distribution_policy_zones)`,
  }
}

function explainInUse(
  { reason, message }: GoogleFailure,
  { projectId }: Surroundings
): Advice | undefined {
  const isInUse = /^RESOURCE_?IN_?USE/i.test(reason) || /already being used by/.test(message)
  if (!isInUse) return undefined
  const [, place, location, group] =
    /used by '[^']*\/(zones|regions)\/([^/']+)\/instanceGroupManagers\/([^/']+)'/.exec(message) ??
    []
  return {
    means:
      'A resource that is used cannot be deleted: let the rollout that uses it end, or keep it.',
    fix:
      group === undefined || location === undefined
        ? command(['gcloud compute instance-groups managed list'], { project: projectId })
        : command(
            [
              'gcloud compute instance-groups managed wait-until',
              group,
              '--version-target-reached',
            ],
            {
              [place === 'zones' ? 'zone' : 'region']: location,
              project: projectId,
            }
          ),
  }
}

function explainExternalAddress({ message }: GoogleFailure): Advice | undefined {
  if (!/constraints\/compute\.vmExternalIpAccess/.test(message)) return undefined
  return {
    means:
      "The organisation's policy compute.vmExternalIpAccess forbids external addresses of VMs: let them go out through Cloud NAT, in the step of this action:",
    fix: 'with:\n  terraform_variables: |\n    external_ip=false',
  }
}

function explainAddressSpace(
  { reason, message }: GoogleFailure,
  { projectId, region = 'REGION' }: Surroundings
): Advice | undefined {
  if (!/IP_SPACE_EXHAUSTED/.test(`${reason} ${message}`)) return undefined
  const [, there = region, subnet = 'SUBNET'] =
    /regions\/([^/'"]+)\/subnetworks\/([^/'"\s]+)/.exec(message) ?? []
  return {
    means: 'The subnet has no address left for another VM. It can be made larger while it is used:',
    fix: command(
      ['gcloud compute networks subnets expand-ip-range', subnet, '--prefix-length=20'],
      {
        region: there,
        project: projectId,
      }
    ),
  }
}

function explainQuota(
  { reason, message }: GoogleFailure,
  { projectId, region = 'REGION' }: Surroundings
): Advice | undefined {
  if (!/QUOTA_EXCEEDED|quotaExceeded/.test(reason) && !/Quota '[^']+' exceeded/.test(message))
    return undefined
  const quota = /Quota '([^']+)'/.exec(message)?.[1]
  const there = /in region ([a-z0-9-]+)/.exec(message)?.[1] ?? region
  const show = /exceeded\.[^.]*globally|Limit: \S+ globally/i.test(message)
    ? command(['gcloud compute project-info describe', '--format="yaml(quotas)"'], {
        project: projectId,
      })
    : command(['gcloud compute regions describe', there, '--format="yaml(quotas)"'], {
        project: projectId,
      })
  return {
    means: `The quota${quota === undefined ? '' : ` ${quota}`} is used up; with strategy "surge" it must do for the group and its new VMs together. Ask for more at ${quotaPage(projectId)}. What is used shows:`,
    fix: show,
  }
}
