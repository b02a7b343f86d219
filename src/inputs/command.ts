import type { InputReader, Pattern } from './reader.ts'
import { readSecretValues, type SecretValuesContext } from './secret-values.ts'

export const COMMANDS = [
  'deploy',
  'plan',
  'rollback',
  'status',
  'doctor',
  'destroy',
  'secrets',
] as const
export type Command = (typeof COMMANDS)[number]

/** What to do, and what only some commands ask for; fields are named as the inputs are. */
export interface CommandInputs {
  readonly command: Command
  /** Which release a rollback brings back, as the person wrote it; undefined: the one before. */
  readonly release: string | undefined
  /** Whether a deploy may bring back a commit that was rolled back. */
  readonly force: boolean
  /** Whether a destroy removes ledger and state, too. */
  readonly deleteHistory: boolean
  /** Name of the GitHub environment that deployments are shown under; undefined: none. */
  readonly environment: string | undefined
  /** Values are secrets, by the name under which the container knows them. */
  readonly secretValues: ReadonlyMap<string, Uint8Array>
  /** How many versions of a secret stay enabled. */
  readonly keepSecretVersions: number
  /** Whether "secrets" rolls the group onto the new values. */
  readonly roll: boolean
}

export interface CommandContext extends SecretValuesContext {
  /** Name of the service. */
  readonly name: string
}

const ENVIRONMENT: Pattern = {
  pattern: /^[^\s].{0,253}[^\s]$|^[^\s]$/,
  instead: 'the name of an environment of the repository, such as "production"',
}
const RELEASE: Pattern = {
  pattern: /^[A-Za-z0-9_.:/@-]{1,512}$/,
  instead:
    'a release id, "-2" for the one before the one before, a commit, an image digest or a tag, or nothing for the last one before',
}

/** Reads the inputs that say what to do. */
export function readCommandInputs(reader: InputReader, context: CommandContext): CommandInputs {
  const command = reader.choice('command', COMMANDS, 'deploy')
  const confirmed = reader.text('confirm')
  if (command === 'destroy') demandConfirmation(reader, confirmed, context.name)
  return {
    command,
    release: reader.optional('release', RELEASE),
    force: reader.flag('force', false),
    deleteHistory: reader.flag('delete_history', false),
    environment: reader.optional('environment', ENVIRONMENT),
    secretValues: readSecretValues(reader, { ...context, command }),
    keepSecretVersions: reader.wholeNumber('keep_secret_versions', {
      from: 1,
      to: 1000,
      fallback: 10,
    }),
    roll: reader.flag('roll', false),
  }
}

/** Everything of the service goes: whoever wants that writes its name. */
function demandConfirmation(reader: InputReader, given: string, name: string): void {
  if (given === name) return
  const instead = `"${name}", the name of the service, to destroy everything of it`
  if (given === '') reader.object('confirm', `is required: write ${instead}.`)
  else reader.refuse('confirm', given, instead)
}
