import { ActionError } from '../errors.ts'
import { asList, parseJson } from '../lib/json.ts'
import { textOf } from './forms.ts'
import { shortName } from './short-name.ts'

/** A secret and the value that it is to have. */
export interface WantedSecret {
  /** Short id, or `projects/P/secrets/S` where it is another project's. */
  readonly secret: string
  /** What the container knows it by. */
  readonly names: readonly string[]
  readonly bytes: Uint8Array
}

/** What is asked for; fields are named as the inputs are. */
export interface SecretConfig {
  readonly name: string
  readonly projectId: string
  readonly secrets: ReadonlyMap<string, { readonly secret: string; readonly version: string }>
  /** By the name that the container has for it. */
  readonly secretValues: ReadonlyMap<string, Uint8Array>
  readonly keepSecretVersions: number
  readonly terraformVariables: ReadonlyMap<string, string>
  /** Undefined: the bundled configuration. */
  readonly terraformDirectory: string | undefined
  readonly serviceAccount: string | undefined
}

/** Each secret once, however many names it has. */
export function wantedSecrets(config: SecretConfig): readonly WantedSecret[] {
  const wanted = new Map<string, WantedSecret>()
  for (const [name, bytes] of config.secretValues) {
    const secret = shortName(config.secrets.get(name)?.secret ?? '', config.projectId)
    const names = [...(wanted.get(secret)?.names ?? []), name]
    wanted.set(secret, { secret, names, bytes })
  }
  return [...wanted.values()]
}

/** Secrets that the bundled Terraform makes: one that is there before would stop its apply. */
export function secretsOfTerraform({
  terraformVariables,
}: Pick<SecretConfig, 'terraformVariables'>): ReadonlySet<string> {
  const listed = asList(parseJson(terraformVariables.get('create_secrets') ?? ''))
  return new Set(listed.filter((entry) => typeof entry === 'string'))
}

/** Whether a value has to wait for the apply, which makes its secret; one's own configuration may, too. */
export function waitsForApply(config: SecretConfig): boolean {
  const made = secretsOfTerraform(config)
  const isMade = wantedSecrets(config).some(({ secret }) => made.has(secret))
  return isMade || config.terraformDirectory !== undefined
}

/**
 * Refuses values that no VM could start with, before a release is made of them: what a container
 * reads from its environment is text.
 *
 * @throws ActionError SECRET_VALUES
 */
export function refuseBinary({ secretValues }: Pick<SecretConfig, 'secretValues'>): void {
  const binary = binaryNames(secretValues)
  if (binary.length === 0) return
  throw new ActionError(
    'SECRET_VALUES',
    `The value of ${binary.join(', ')} is binary, which no variable of a container can hold: a VM that reads it does not start.`,
    {
      hint: 'Write NAME=VALUE with the base64 text itself, and decode it in the app. To only store it, use `command: secrets` without `roll`.',
    }
  )
}

/** Names whose values are no text, or hold a NUL. */
export function binaryNames(values: ReadonlyMap<string, Uint8Array>): readonly string[] {
  return [...values].flatMap(([name, bytes]) => (textOf(bytes) === undefined ? [name] : []))
}
