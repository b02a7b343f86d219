import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { asRecord, asText } from '../../src/lib/json.ts'

export interface ActionInput {
  readonly name: string
  readonly description: string
  readonly isRequired: boolean
  /** Undefined: there is none. */
  readonly default: string | undefined
}

export interface ActionOutput {
  readonly name: string
  readonly description: string
}

const file = asRecord(parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')))

export const actionInputs: readonly ActionInput[] = Object.entries(asRecord(file['inputs'])).map(
  ([name, value]) => {
    const input = asRecord(value)
    return {
      name,
      description: asText(input['description']),
      isRequired: input['required'] === true,
      default: input['default'] === undefined ? undefined : String(input['default']),
    }
  }
)

export const actionOutputs: readonly ActionOutput[] = Object.entries(asRecord(file['outputs'])).map(
  ([name, value]) => ({ name, description: asText(asRecord(value)['description']) })
)

export const actionRuns = asRecord(file['runs'])
export const actionDescription = asText(file['description'])
