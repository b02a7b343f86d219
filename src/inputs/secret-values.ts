import { SHORTEST_VALUE } from '../secrets/forms.ts'
import { shortName } from '../secrets/short-name.ts'
import { parseValueEntries, type ValueEntry } from '../secrets/value-entries.ts'
import { InputReader } from './reader.ts'

export interface SecretValuesContext {
  readonly projectId: string
  readonly secrets: ReadonlyMap<string, { readonly secret: string; readonly version: string }>
}

const INPUT = 'secret_values'
/** https://cloud.google.com/secret-manager/quotas#content-limits */
const MOST_BYTES = 65_536

/**
 * Reads the values of secrets, by the name under which the container knows them. No problem shows
 * a value, nor a name that is none of `secrets`: it may be a piece of one. A command that writes no
 * values has them for the mask alone, and minds nothing: forks plan without any secret.
 */
export function readSecretValues(
  all: InputReader,
  context: SecretValuesContext & { readonly command: string }
): ReadonlyMap<string, Uint8Array> {
  const isWriting = context.command === 'deploy' || context.command === 'secrets'
  const reader = isWriting ? all : new InputReader((input) => all.raw(input))
  const { entries, problems } = parseValueEntries(reader.raw(INPUT))
  for (const problem of problems) reader.object(INPUT, problem)
  const values = new Map<string, Uint8Array>()
  for (const entry of entries) {
    const problem = nameProblem(entry, context, values)
    const read = problem === undefined ? readValue(entry) : { problem }
    if (read.bytes === undefined) reader.object(INPUT, read.problem)
    else values.set(entry.name, read.bytes)
  }
  for (const problem of contradictions(values, context)) reader.object(INPUT, problem)
  return values
}

function nameProblem(
  { name, line }: ValueEntry,
  { secrets }: SecretValuesContext,
  seen: ReadonlyMap<string, unknown>
): string | undefined {
  const reference = secrets.get(name)
  if (reference === undefined) {
    return `sets a name in line ${line} that "secrets" does not have: add NAME=secret to "secrets". (A value of several lines is NAME<<END, its lines, and END.)`
  }
  if (reference.version !== 'latest') {
    return `sets ${name}, of which "secrets" wants version ${reference.version} and no other: take the ":${reference.version}" away there, or ${name} away here.`
  }
  if (seen.has(name)) return `sets ${name} again in line ${line}: keep one of the two.`
  return undefined
}

type Read =
  | { readonly bytes: Uint8Array; readonly problem?: never }
  | { readonly problem: string; readonly bytes?: never }

function readValue({ name, text, isBase64, line }: ValueEntry): Read {
  if (text.trim() === '') {
    return {
      problem: `gives ${name} nothing in line ${line}: the GitHub secret that is meant there is not set, or not for this job (look for it under the repository's, the environment's and the organisation's secrets; pull requests of forks get none).`,
    }
  }
  const bytes = isBase64 ? decoded(text) : Buffer.from(text)
  if (bytes === undefined)
    return { problem: `gives ${name} a value in line ${line} that is not base64.` }
  if ((isBase64 ? bytes.length : text.trim().length) < SHORTEST_VALUE) {
    return {
      problem: `gives ${name} a value that is too short to be hidden in the log: use ${SHORTEST_VALUE} characters or more, and "env" for what is no secret.`,
    }
  }
  if (bytes.length > MOST_BYTES) {
    return {
      problem: `gives ${name} ${bytes.length} bytes: Secret Manager takes ${MOST_BYTES} at most.`,
    }
  }
  return { bytes }
}

/** Undefined for what is no base64: Buffer would pass over every wrong sign. */
function decoded(text: string): Uint8Array | undefined {
  const plain = text.replace(/\s+/g, '').replace(/={1,2}$/, '')
  const bytes = Buffer.from(plain, 'base64')
  return bytes.toString('base64').replace(/=+$/, '') === plain ? bytes : undefined
}

/** Two names may stand for one secret, which has one value. */
function contradictions(
  values: ReadonlyMap<string, Uint8Array>,
  { projectId, secrets }: SecretValuesContext
): readonly string[] {
  const first = new Map<string, string>()
  const problems: string[] = []
  for (const [name, bytes] of values) {
    const secret = shortName(secrets.get(name)?.secret ?? '', projectId)
    const other = first.get(secret)
    if (other === undefined) first.set(secret, name)
    else if (!Buffer.from(bytes).equals(values.get(other) ?? Buffer.alloc(0))) {
      problems.push(
        `gives ${other} and ${name} different values, and both are secret ${secret}: give them one value, or a secret each.`
      )
    }
  }
  return problems
}
