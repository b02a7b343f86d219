import { ActionError } from '../errors.ts'
import { grantOnSecret } from '../google/diagnosis/remedies.ts'
import { placeOf, type SecretManager } from '../google/secret-manager.ts'
import type { Log } from '../ports.ts'
import { formsOf } from './forms.ts'
import type { SecretConfig, WantedSecret } from './wanted.ts'

export interface SurveyPorts {
  readonly secretManager: SecretManager
  readonly log: Log
}

/** Whether a secret has the wanted value; `isThere`: the secret itself exists. */
export type Surveyed =
  | { readonly kind: 'same'; readonly number: string }
  | { readonly kind: 'other'; readonly isThere: boolean }

/**
 * Compares the newest version that can be read with what is wanted; mostly one request. What it
 * reads is masked before anything else happens.
 *
 * @throws ActionError GCP_REQUEST_FAILED when the value may not be read, with the role that is missing
 */
export async function surveySecret(
  ports: SurveyPorts,
  { secret, bytes }: WantedSecret,
  config: Pick<SecretConfig, 'projectId' | 'serviceAccount'>
): Promise<Surveyed> {
  const { secretManager } = ports
  let found = await read(ports, secret, 'latest')
  if (found.kind !== 'value') {
    // The newest one of all is disabled, there is none, or nobody says which of these it is.
    const enabled = await secretManager.listEnabled(secret)
    const [newest] = enabled ?? []
    if (newest === undefined) return { kind: 'other', isThere: enabled !== undefined }
    found = await read(ports, secret, newest.number)
    if (found.kind === 'denied') throw denied(secret, found.message, config)
  }
  return found.kind === 'value' && Buffer.from(found.bytes).equals(bytes)
    ? { kind: 'same', number: found.number }
    : { kind: 'other', isThere: true }
}

async function read({ secretManager, log }: SurveyPorts, secret: string, version: string) {
  const found = await secretManager.accessVersion(secret, version)
  if (found.kind === 'value') for (const form of formsOf(found.bytes)) log.mask(form)
  return found
}

function denied(
  name: string,
  message: string,
  { projectId, serviceAccount }: Pick<SecretConfig, 'projectId' | 'serviceAccount'>
): ActionError {
  const { secret, project } = placeOf(name, projectId)
  const member = serviceAccount === undefined ? 'MEMBER' : `serviceAccount:${serviceAccount}`
  const grant = grantOnSecret('roles/secretmanager.secretAccessor', { secret, project, member })
  return new ActionError(
    'GCP_REQUEST_FAILED',
    `Could not compare the value of secret ${name} with what it has: Secret Manager answered 403: ${message}`,
    {
      hint: `Run: ${grant}\nWithout reading it nobody could tell whether it changed. (Set up by terraform/bootstrap? Name the secret in managed_secrets there.)`,
    }
  )
}
