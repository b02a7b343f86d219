import { command, disableConstraint } from '../../../../google/diagnosis/remedies.ts'
import type { Config } from '../../../../inputs.ts'
import type { JsonRecord } from '../../../../lib/json.ts'
import { broken, type Finding, ok, unknown } from '../../check.ts'
import { hasExternalAddresses, variableOf } from '../context.ts'
import { isEnforced, isRestricted, permits } from './judge.ts'

/** One constraint, and what it does to a deploy. */
export interface ConstraintLook {
  readonly id: string
  readonly title: string
  readonly constraint: string
  readonly judge: (policy: JsonRecord, config: Config) => Finding
}

/** Those that have stopped a deploy of this kind somewhere, or that people fear would. */
export const CONSTRAINTS: readonly ConstraintLook[] = [
  {
    id: 'policy-external-addresses',
    title: 'VMs may have external addresses',
    constraint: 'compute.vmExternalIpAccess',
    judge: judgeExternalAddresses,
  },
  {
    id: 'policy-guest-attributes',
    title: 'VMs may report their boot',
    constraint: 'compute.disableGuestAttributesAccess',
    judge: (policy, { projectId }) =>
      isEnforced(policy)
        ? broken(
            'Guest attributes are off: no VM can say how its boot goes, and every rollout times out.',
            disableConstraint('compute.disableGuestAttributesAccess', projectId)
          )
        : ok('Guest attributes are on.'),
  },
  {
    id: 'policy-os-login',
    title: 'SSH keys of the project',
    constraint: 'compute.requireOsLogin',
    judge: (policy, config) =>
      judgeTemplate(policy, config, 'OS Login is required, and on in each VM.'),
  },
  {
    id: 'policy-shielded-vm',
    title: 'Shielded VMs',
    constraint: 'compute.requireShieldedVm',
    judge: (policy, config) =>
      judgeTemplate(policy, config, 'Shielded VMs are required, and each VM is one.'),
  },
  {
    id: 'policy-locations',
    title: 'Resources may lie in the region',
    constraint: 'gcp.resourceLocations',
    judge: judgeLocations,
  },
  {
    id: 'policy-image-projects',
    title: 'VMs may start from cos-cloud',
    constraint: 'compute.trustedImageProjects',
    judge: judgeImages,
  },
  {
    id: 'policy-members',
    title: 'Roles may be granted to the accounts',
    constraint: 'iam.allowedPolicyMemberDomains',
    // Service accounts of a project belong to its own organisation, which is always allowed.
    judge: (policy) =>
      ok(
        isRestricted(policy)
          ? "To members of certain organisations; the project's accounts are."
          : 'To anybody.'
      ),
  },
  {
    id: 'policy-service-accounts',
    title: 'Service accounts may be made',
    constraint: 'iam.disableServiceAccountCreation',
    judge: (policy, { projectId }) =>
      isEnforced(policy)
        ? broken(
            "Nobody may make service accounts: the first deploy cannot make the VMs'.",
            disableConstraint('iam.disableServiceAccountCreation', projectId)
          )
        : ok('Nothing forbids it.'),
  },
  {
    id: 'policy-load-balancers',
    title: 'The load balancer is of an allowed type',
    constraint: 'compute.restrictLoadBalancerCreationForTypes',
    judge: judgeBalancers,
  },
]

/** Names of VMs are not known before they are, so a list of VMs cannot allow them. */
function judgeExternalAddresses(policy: JsonRecord, config: Config): Finding {
  if (!hasExternalAddresses(config)) return ok('The VMs have none.')
  if (permits(policy, { spellings: [] }) === 'yes') return ok('Nothing forbids it.')
  if (config.terraformDirectory !== undefined)
    return unknown('VMs may not have external addresses; your own Terraform has to see to it.')
  return broken(
    'VMs may not have external addresses here, or only some that are named: no VM of the group is made.',
    'terraform_variables: |\n  external_ip=false'
  )
}

function judgeTemplate(policy: JsonRecord, { terraformDirectory }: Config, said: string): Finding {
  if (!isEnforced(policy)) return ok('Not required.')
  return terraformDirectory === undefined
    ? ok(said)
    : unknown('Required; your own Terraform has to see to it.')
}

function judgeLocations(policy: JsonRecord, { region, projectId }: Config): Finding {
  const own = `in:${region}-locations`
  // Zones need not be named: who is allowed a region is allowed its zones.
  const spellings = [region, own, continentOf(region)]
  const permitted = permits(policy, { spellings, group: /^in:/ })
  if (permitted === 'yes') return ok(region)
  if (permitted === 'unclear')
    return unknown(
      `The policy allows groups of regions: whether ${region} is in one, only Google knows.`
    )
  const fix = command(
    ['gcloud resource-manager org-policies allow', 'gcp.resourceLocations', own],
    {
      project: projectId,
    }
  )
  return broken(`Nothing may be made in ${region}.`, fix)
}

/** Google's own group of all regions there, such as `in:europe-locations`. */
function continentOf(region: string): string {
  const [continent = ''] = region.split('-')
  return `in:${continent}-locations`
}

function judgeImages(policy: JsonRecord, { projectId, terraformDirectory }: Config): Finding {
  const permitted = permits(policy, { spellings: ['projects/cos-cloud'], group: /^(under|in):/ })
  if (permitted === 'yes') return ok('cos-cloud is trusted.')
  if (permitted === 'unclear')
    return unknown('The policy names folders: whether cos-cloud is in one, only Google knows.')
  if (terraformDirectory !== undefined)
    return unknown('cos-cloud is not trusted; your own Terraform names the image.')
  const words = [
    'gcloud resource-manager org-policies allow',
    'compute.trustedImageProjects',
    'projects/cos-cloud',
  ]
  return broken(
    'Images of cos-cloud are not trusted: no VM can start.',
    command(words, { project: projectId })
  )
}

function judgeBalancers(policy: JsonRecord, config: Config): Finding {
  const wanted = variableOf(config, 'load_balancer')
  if (wanted === undefined || wanted === null) return ok('There is none.')
  const type = 'GLOBAL_EXTERNAL_MANAGED_HTTP_HTTPS'
  const permitted = permits(policy, { spellings: [type, 'in:EXTERNAL'], group: /^in:/ })
  if (permitted === 'yes') return ok(type)
  if (permitted === 'unclear')
    return unknown(`The policy names groups: whether ${type} is in one, only Google knows.`)
  const words = [
    'gcloud resource-manager org-policies allow',
    'compute.restrictLoadBalancerCreationForTypes',
    type,
  ]
  return broken(`${type} is not allowed.`, command(words, { project: config.projectId }))
}
