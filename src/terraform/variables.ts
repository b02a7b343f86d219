import { ActionError } from '../errors.ts'
import { parseJson } from '../lib/json.ts'

/** What the bundled configuration is told; `env` and `secrets` never hold a secret's value. */
export interface Variables {
  readonly projectId: string
  readonly region: string
  readonly zones: readonly string[]
  readonly name: string
  readonly machineType: string
  readonly size: number
  readonly port: number | undefined
  readonly healthPath: string | undefined
  readonly strategy: string
  readonly provisioning: string
  readonly env: ReadonlyMap<string, string>
  readonly secrets: ReadonlyMap<string, { readonly secret: string; readonly version: string }>
  /** Further variables of the configuration, as NAME -> JSON or plain text. */
  readonly more: ReadonlyMap<string, string>
}

/**
 * The content of a `.tfvars.json` file: a file, because values on a command line are readable by
 * every process of the machine.
 *
 * @throws ActionError INPUT_INVALID when `terraform_variables` sets what an input of its own sets
 */
export function renderVariables(variables: Variables): string {
  const own = {
    project_id: variables.projectId,
    region: variables.region,
    zones: variables.zones,
    name: variables.name,
    machine_type: variables.machineType,
    size: variables.size,
    port: variables.port ?? null,
    health_path: variables.healthPath ?? null,
    strategy: variables.strategy,
    provisioning: variables.provisioning,
    env: Object.fromEntries(variables.env),
    secrets: Object.fromEntries(
      [...variables.secrets].map(([name, { secret, version }]) => [name, `${secret}:${version}`])
    ),
  }
  const taken = [...variables.more.keys()].filter((name) => Object.hasOwn(own, name))
  if (taken.length > 0) {
    throw new ActionError(
      'INPUT_INVALID',
      `Input "terraform_variables" sets ${taken.join(', ')}: write the input of the same name instead.`
    )
  }
  const more = [...variables.more].map(([name, text]) => [name, readValue(text)])
  return `${JSON.stringify({ ...own, ...Object.fromEntries(more) }, null, 2)}\n`
}

// Terraform turns the text "1.10" into a number where one is wanted; JSON would make it 1.1 before.
function readValue(text: string): unknown {
  if (text.trim() === 'null') return null
  const value = parseJson(text)
  return value === undefined || typeof value === 'number' ? text : value
}
