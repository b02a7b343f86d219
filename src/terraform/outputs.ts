import { ActionError } from '../errors.ts'
import { asNumber, asText, type JsonRecord } from '../lib/json.ts'
import type { Plan } from './plan.ts'

/** What a configuration must tell the action; the bundled one does, and one's own has to. */
export interface Infrastructure {
  readonly groupName: string
  readonly baseTemplateName: string
  readonly repositoryId: string
  readonly vmServiceAccount: string
  readonly port: number | undefined
  /** Where a load balancer serves; undefined when the VMs are reached one by one. */
  readonly url: string | undefined
  /** What the A records of that URL's domain must point at. */
  readonly loadBalancerAddress: string | undefined
}

const REQUIRED = [
  'group_name',
  'base_template_name',
  'repository_id',
  'vm_service_account',
] as const

/** @throws ActionError TERRAFORM_OUTPUTS that names every missing output at once */
export function readInfrastructure(outputs: JsonRecord): Infrastructure {
  const missing = REQUIRED.filter((name) => asText(outputs[name]) === '')
  if (missing.length > 0) {
    throw new ActionError(
      'TERRAFORM_OUTPUTS',
      `The Terraform configuration does not say ${missing.join(', ')}.`,
      {
        hint: `Add an output of type string for each of them; terraform/outputs.tf of deploy-spot-mig shows how.`,
      }
    )
  }
  return {
    groupName: asText(outputs['group_name']),
    baseTemplateName: asText(outputs['base_template_name']),
    repositoryId: asText(outputs['repository_id']),
    vmServiceAccount: asText(outputs['vm_service_account']),
    port: asNumber(outputs['port']),
    url: asText(outputs['url']) || undefined,
    loadBalancerAddress: asText(outputs['load_balancer_address']) || undefined,
  }
}

/**
 * The repository that a plan leaves as it is, so that a push need not wait for the apply. Undefined
 * when this very plan creates it, or cannot tell.
 */
export function knownRepositoryId({ createdTypes, outputs }: Plan): string | undefined {
  if (createdTypes.has('google_artifact_registry_repository')) return undefined
  return asText(outputs['repository_id']) || undefined
}
