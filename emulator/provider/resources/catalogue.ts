import * as compute from '../overlay/compute.ts'
import { buildBasis, type OverlayEntry } from '../overlay/entry.ts'
import * as balancer from '../overlay/load-balancer.ts'
import * as network from '../overlay/network.ts'
import * as platform from '../overlay/platform.ts'
import type { ResourceType } from '../resource-type.ts'
import { type ResourceBasis, type RestMapping, RestResource } from '../rest/rest-resource.ts'
import type { ProviderSchema, ResourceTypeName } from '../schema.ts'
import { REGION_AUTOSCALER, ZONAL_AUTOSCALER } from './compute/autoscaler.ts'
import { REGIONAL_GROUP, ZONAL_GROUP } from './compute/group.ts'
import * as balancers from './compute/load-balancer.ts'
import * as networks from './compute/network.ts'
import { RouterNat } from './compute/router-nat.ts'
import { INSTANCE_TEMPLATE, REGION_INSTANCE_TEMPLATE } from './compute/template.ts'
import { BUCKET } from './platform/bucket.ts'
import { CustomRole } from './platform/custom-role.ts'
import { IamMember } from './platform/iam-member.ts'
import * as policies from './platform/iam-targets.ts'
import * as pools from './platform/identity-pool.ts'
import { ProjectService } from './platform/project-service.ts'
import * as repositories from './platform/repository.ts'
import { ServiceAccount } from './platform/service-account.ts'

interface Entry {
  readonly overlay: OverlayEntry
  readonly build: (basis: ResourceBasis) => ResourceType
}

const CATALOGUE: Readonly<Record<ResourceTypeName, Entry>> = {
  google_artifact_registry_repository: rest(
    platform.ARTIFACT_REPOSITORY,
    repositories.ARTIFACT_REPOSITORY
  ),
  google_artifact_registry_repository_iam_member: member(policies.REPOSITORY_POLICY),
  google_compute_autoscaler: rest(compute.ZONAL_AUTOSCALER, ZONAL_AUTOSCALER),
  google_compute_backend_service: rest(balancer.BACKEND_SERVICE, balancers.BACKEND_SERVICE),
  google_compute_firewall: rest(network.FIREWALL, networks.FIREWALL),
  google_compute_global_address: rest(balancer.GLOBAL_ADDRESS, balancers.GLOBAL_ADDRESS),
  google_compute_global_forwarding_rule: rest(
    balancer.GLOBAL_FORWARDING_RULE,
    balancers.GLOBAL_FORWARDING_RULE
  ),
  google_compute_health_check: rest(network.HEALTH_CHECK, networks.HEALTH_CHECK),
  google_compute_instance_group_manager: rest(compute.ZONAL_GROUP, ZONAL_GROUP),
  google_compute_instance_template: rest(compute.INSTANCE_TEMPLATE, INSTANCE_TEMPLATE),
  google_compute_managed_ssl_certificate: rest(
    balancer.MANAGED_CERTIFICATE,
    balancers.MANAGED_CERTIFICATE
  ),
  google_compute_network: rest(network.NETWORK, networks.NETWORK),
  google_compute_region_autoscaler: rest(compute.REGION_AUTOSCALER, REGION_AUTOSCALER),
  google_compute_region_instance_group_manager: rest(compute.REGIONAL_GROUP, REGIONAL_GROUP),
  google_compute_region_instance_template: rest(
    compute.REGION_INSTANCE_TEMPLATE,
    REGION_INSTANCE_TEMPLATE
  ),
  google_compute_router: rest(network.ROUTER, networks.ROUTER),
  google_compute_router_nat: own(network.ROUTER_NAT, (basis) => new RouterNat(basis)),
  google_compute_ssl_policy: rest(balancer.SSL_POLICY, balancers.SSL_POLICY),
  google_compute_subnetwork: rest(network.SUBNETWORK, networks.SUBNETWORK),
  google_compute_target_http_proxy: rest(balancer.HTTP_PROXY, balancers.HTTP_PROXY),
  google_compute_target_https_proxy: rest(balancer.HTTPS_PROXY, balancers.HTTPS_PROXY),
  google_compute_url_map: rest(balancer.URL_MAP, balancers.URL_MAP),
  google_iam_workload_identity_pool: rest(platform.IDENTITY_POOL, pools.IDENTITY_POOL),
  google_iam_workload_identity_pool_provider: rest(
    platform.IDENTITY_PROVIDER,
    pools.IDENTITY_PROVIDER
  ),
  google_project_iam_custom_role: own(
    platform.PROJECT_CUSTOM_ROLE,
    (basis) => new CustomRole(basis, pools.CUSTOM_ROLE)
  ),
  google_project_iam_member: member(policies.PROJECT_POLICY),
  google_project_service: own(platform.PROJECT_SERVICE, (basis) => new ProjectService(basis)),
  google_secret_manager_secret: rest(platform.SECRET, repositories.SECRET),
  google_secret_manager_secret_iam_member: member(policies.SECRET_POLICY),
  google_service_account: own(platform.SERVICE_ACCOUNT, (basis) => new ServiceAccount(basis)),
  google_service_account_iam_member: member(policies.SERVICE_ACCOUNT_POLICY),
  google_storage_bucket: rest(platform.BUCKET, BUCKET),
  google_storage_bucket_iam_member: member(policies.BUCKET_POLICY),
}

/** Every resource type that the provider serves, by name. */
export function buildResources(schema: ProviderSchema): ReadonlyMap<string, ResourceType> {
  return new Map(
    Object.entries(CATALOGUE).map(([type, { overlay, build }]) => {
      const block = schema.resources[type]
      if (!block) throw new Error(`schema.json has no ${type}.`)
      return [type, build(buildBasis(block, overlay))]
    })
  )
}

function rest(overlay: OverlayEntry, mapping: RestMapping): Entry {
  return { overlay, build: (basis) => new RestResource(basis, mapping) }
}

function own(overlay: OverlayEntry, build: Entry['build']): Entry {
  return { overlay, build }
}

function member(target: policies.PolicyTarget): Entry {
  return { overlay: platform.IAM_MEMBER, build: (basis) => new IamMember(basis, target) }
}
