import { evaluateToken, type Scope } from '../expressions/evaluate.ts'
import { type Mapping, toText, type Value } from '../expressions/values.ts'
import type { InputDefinition } from './model.ts'

/** What somebody gave to a run that can be given something. */
export interface GivenInputs {
  readonly definitions: readonly InputDefinition[]
  readonly given: Mapping
  /** For defaults, which may be expressions in a called workflow. */
  readonly scope: Scope
  /** Names that an input of type environment may have. */
  readonly environments?: readonly string[]
}

/** Inputs of a run, and what is wrong with them. */
export interface CheckedInputs {
  readonly inputs: Mapping
  /** In GitHub's words; `inputs` is of no use unless there are none. */
  readonly problems: readonly string[]
}

/** Values in the types of their inputs, defaults filled in. */
export function checkInputs({
  definitions,
  given,
  scope,
  environments,
}: GivenInputs): CheckedInputs {
  const names = new Map(definitions.map((one) => [one.name.toLowerCase(), one]))
  const unexpected = Object.keys(given).filter((name) => !names.has(name.toLowerCase()))
  const problems: string[] = unexpected.length
    ? [`Unexpected inputs provided: ${JSON.stringify(unexpected)}`]
    : []
  const inputs = definitions.map((definition) => {
    const value = givenValue(definition, given)
    if (value === undefined) {
      if (definition.isRequired && definition.default === undefined)
        problems.push(`Required input '${definition.name}' not provided`)
      return [definition.name, defaultOf(definition, scope)] as const
    }
    const problem = problemOf(definition, value, environments)
    if (problem !== undefined) problems.push(problem)
    return [definition.name, convert(definition, value)] as const
  })
  return { inputs: Object.fromEntries(inputs), problems }
}

function givenValue({ name, isRequired }: InputDefinition, given: Mapping): Value | undefined {
  const found = Object.entries(given).find(([key]) => key.toLowerCase() === name.toLowerCase())
  // An empty field of the form is no value for an input that is required.
  return isRequired && found?.[1] === '' ? undefined : found?.[1]
}

function defaultOf(definition: InputDefinition, scope: Scope): Value {
  if (definition.default !== undefined)
    return convert(definition, evaluateToken(definition.default, scope))
  if (definition.type === 'boolean') return false
  if (definition.type === 'number') return 0
  return definition.type === 'choice' ? (definition.options[0] ?? '') : ''
}

function problemOf(
  { name, type, options }: InputDefinition,
  value: Value,
  environments: readonly string[] | undefined
): string | undefined {
  const text = toText(value)
  const wrongType = `Provided value '${text}' for input '${name}' not in the list of allowed values`
  if (type === 'boolean' && !['true', 'false'].includes(text)) return wrongType
  if (type === 'choice' && !options.includes(text)) return wrongType
  if (type === 'number' && (text.trim() === '' || Number.isNaN(Number(text))))
    return `Provided value '${text}' for input '${name}' is not a number`
  if (type === 'environment' && environments !== undefined && !environments.includes(text))
    return `Provided value '${text}' for input '${name}' is not an environment of the repository`
  return undefined
}

function convert({ type }: InputDefinition, value: Value): Value {
  if (type === 'boolean') return toText(value) === 'true'
  return type === 'number' ? Number(toText(value)) : toText(value)
}
