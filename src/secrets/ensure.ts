import { secretLabels } from '../google/removal/secrets.ts'
import type { SecretManager } from '../google/secret-manager.ts'
import type { Log } from '../ports.ts'
import { type SecretConfig, secretsOfTerraform, wantedSecrets } from './wanted.ts'

export interface EnsurePorts {
  readonly secretManager: SecretManager
  readonly log: Log
}

/**
 * Makes the secrets that get a value and are not there, before terraform lets the VMs read them.
 * What terraform makes is left to it, and with a configuration of one's own everything is.
 *
 * @throws ActionError GCP_*
 */
export async function ensureSecrets(
  { secretManager, log }: EnsurePorts,
  config: SecretConfig
): Promise<void> {
  if (config.terraformDirectory !== undefined) return
  const ofTerraform = secretsOfTerraform(config)
  const ours = wantedSecrets(config).filter(({ secret }) => !ofTerraform.has(secret))
  await Promise.all(
    ours.map(async ({ secret }) => {
      if ((await secretManager.findSecret(secret)) !== undefined) return
      await makeSecret({ secretManager, log }, secret, config.name)
    })
  )
}

/** Makes a secret without a version, labelled as ours. @throws ActionError GCP_* */
export async function makeSecret(
  { secretManager, log }: EnsurePorts,
  secret: string,
  service: string
): Promise<void> {
  const made = await secretManager.ensureSecret(secret, secretLabels(service))
  if (made === 'created') log.info(`Created secret ${secret}.`)
}
