import { createHash } from 'node:crypto'
import type { JsonRecord } from '../../../../lib/json.ts'
import { asText } from '../../../../lib/json.ts'

/** What the infrastructure is called, whether it is there yet or not. */
export interface Names {
  readonly group: string
  readonly repository: string
  /** E-mail address. */
  readonly vmServiceAccount: string
}

interface Service {
  readonly name: string
  readonly projectId: string
  readonly terraformDirectory: string | undefined
}

/**
 * As the last apply said, else as the bundled configuration is going to call them. Undefined for a
 * configuration of one's own that was never applied: nobody can know.
 */
export function namesOf(service: Service, outputs: JsonRecord): Names | undefined {
  const said = {
    group: asText(outputs['group_name']),
    repository: asText(outputs['repository_id']),
    vmServiceAccount: asText(outputs['vm_service_account']),
  }
  if (said.group !== '' && said.repository !== '' && said.vmServiceAccount !== '') return said
  if (service.terraformDirectory !== undefined) return undefined
  const { name, projectId } = service
  return {
    group: name,
    repository: name,
    vmServiceAccount: `${accountId(name)}@${projectId}.iam.gserviceaccount.com`,
  }
}

const SUFFIX = '-machine'
/** The longest that Google takes. */
const MAX_ACCOUNT_ID = 30

/** The rule of terraform/modules/compute/identity.tf, which a test compares with it. */
function accountId(name: string): string {
  if (name.length + SUFFIX.length <= MAX_ACCOUNT_ID) return `${name}${SUFFIX}`
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 6)
  return `${name.slice(0, 15).replace(/-$/, '')}-${hash}${SUFFIX}`
}
