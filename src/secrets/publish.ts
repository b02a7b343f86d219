import { ActionError } from '../errors.ts'
import type { Compute } from '../google/compute.ts'
import type { ObjectStore } from '../google/object-store.ts'
import type { SecretManager } from '../google/secret-manager.ts'
import type { Clock, Log } from '../ports.ts'
import { withDeployLock } from '../release/ledger/deploy-lock.ts'
import { makeSecret } from './ensure.ts'
import { type Outcome, publishFailure } from './failure.ts'
import { hasSurplus, retireVersions } from './retire.ts'
import { type Surveyed, surveySecret } from './survey.ts'
import {
  binaryNames,
  type SecretConfig,
  secretsOfTerraform,
  type WantedSecret,
  wantedSecrets,
} from './wanted.ts'

export interface PublishPorts {
  readonly secretManager: SecretManager
  readonly compute: Compute
  readonly clock: Clock
  readonly log: Log
  /** For the deploy lock, which must be freed after a cancel as well. */
  readonly lasting: { readonly store: ObjectStore }
}

export interface PublishOptions {
  /** This run, for the deploy lock. */
  readonly owner: { readonly holder: string; readonly runUrl: string; readonly actor: string }
  /** Whether old versions are looked for even where nothing is written. */
  readonly isThorough: boolean
  readonly signal: AbortSignal
  /** Decides the jitter of pauses. */
  readonly random?: () => number
}

/** A secret that has its wanted value. */
export interface PublishedSecret {
  readonly secret: string
  /** Number of the version with that value. */
  readonly version: string
  /** Whether this run added it. */
  readonly wasAdded: boolean
}

/**
 * Gives each secret its value: a new version where the newest that can be read has another one, and
 * nothing where it has it already. Writes under the deploy lock, so that of two runs the second finds
 * the value there; then disables old versions. A run that fails in the middle is run again.
 *
 * @throws ActionError SECRET_VALUES that says what was written and what not, DEPLOY_LOCKED, GCP_*
 */
export async function publishSecretValues(
  ports: PublishPorts,
  config: SecretConfig,
  options: PublishOptions
): Promise<readonly PublishedSecret[]> {
  const wanted = wantedSecrets(config)
  if (wanted.length === 0) return []
  warnOfBinary(ports.log, config)
  // Most runs have nothing to write, and find that out without the lock.
  const found = await each(wanted, (one) => lookAt(ports, one, config))
  const settled = found.filter((published) => published !== undefined)
  const isCrowded = options.isThorough && (await anySurplus(ports, wanted, config))
  if (settled.length === wanted.length && !isCrowded) return settled
  const { owner, signal, random = Math.random } = options
  const lockPorts = { store: ports.lasting.store, clock: ports.clock, log: ports.log }
  const lock = { prefix: config.name, owner, signal, random }
  return withDeployLock(lockPorts, lock, async (either) => {
    const published = await each(wanted, (one) => publish(ports, one, { config, signal: either }))
    const changed = published.filter(({ wasAdded }) => wasAdded || options.isThorough)
    const secrets = changed.map(({ secret }) => secret)
    await retireVersions(ports, secrets, config)
    return published
  })
}

function warnOfBinary(log: Log, { secretValues }: SecretConfig): void {
  const binary = binaryNames(secretValues)
  if (binary.length === 0) return
  log.warning(
    `The value of ${binary.join(', ')} is binary: a VM whose release names it does not start, since no variable of a container can hold it.`
  )
}

/** Side by side, each to its end whatever becomes of the others. @throws what `publishFailure` makes of it */
async function each<T extends PublishedSecret | undefined>(
  wanted: readonly WantedSecret[],
  work: (one: WantedSecret) => Promise<T>
): Promise<readonly T[]> {
  const results = await Promise.allSettled(wanted.map(work))
  const outcomes = results.map((result, index): Outcome => {
    const secret = wanted[index]?.secret ?? ''
    return result.status === 'rejected'
      ? { secret, failure: { error: result.reason } }
      : { secret, published: result.value }
  })
  const failure = publishFailure(outcomes)
  if (failure !== undefined) throw failure
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}

async function anySurplus(
  ports: PublishPorts,
  wanted: readonly WantedSecret[],
  { keepSecretVersions }: SecretConfig
): Promise<boolean> {
  const looks = wanted.map(({ secret }) => hasSurplus(ports, secret, keepSecretVersions))
  return (await Promise.all(looks)).includes(true)
}

async function lookAt(
  ports: PublishPorts,
  wanted: WantedSecret,
  config: SecretConfig
): Promise<PublishedSecret | undefined> {
  const found = await surveySecret(ports, wanted, config)
  refuseMissing(found, wanted, config)
  if (found.kind === 'other') return undefined
  return { secret: wanted.secret, version: found.number, wasAdded: false }
}

/** Looks once more, since another run may have had the lock before. */
async function publish(
  ports: PublishPorts,
  wanted: WantedSecret,
  { config, signal }: { readonly config: SecretConfig; readonly signal: AbortSignal }
): Promise<PublishedSecret> {
  const { secretManager, log } = ports
  const { secret, bytes } = wanted
  const found = await surveySecret(ports, wanted, config)
  if (found.kind === 'same') return { secret, version: found.number, wasAdded: false }
  refuseMissing(found, wanted, config)
  signal.throwIfAborted()
  if (!found.isThere) await makeSecret(ports, secret, config.name)
  const version = await secretManager.addVersion(secret, bytes)
  log.info(`${secret}: version ${version} is new.`)
  return { secret, version, wasAdded: true }
}

/** @throws ActionError SECRET_VALUES where terraform is to make a secret and has not done so yet */
function refuseMissing(found: Surveyed, { secret }: WantedSecret, config: SecretConfig): void {
  const isMissing = found.kind === 'other' && !found.isThere
  if (!isMissing || !secretsOfTerraform(config).has(secret)) return
  throw new ActionError(
    'SECRET_VALUES',
    `Secret ${secret} is not there yet: Terraform makes it ("create_secrets"), and has not been applied since it was named there.`,
    { hint: 'Run `command: deploy` with the same inputs: it writes the value after the apply.' }
  )
}
