import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { asList, asRecord, asText, type JsonRecord } from '../../src/lib/json.ts'
import { actionInputs, actionOutputs } from './action-file.ts'

const NAMES = ['plan', 'deploy', 'rollback', 'drift'] as const
type Name = (typeof NAMES)[number]

interface Workflow {
  readonly text: string
  readonly call: JsonRecord
  readonly job: JsonRecord
  /** What its step gives to the action. */
  readonly given: JsonRecord
}

function read(name: Name): Workflow {
  const path = new URL(`../../.github/workflows/${name}.yml`, import.meta.url)
  const text = readFileSync(path, 'utf8')
  const file = asRecord(parse(text))
  const job = asRecord(asRecord(file['jobs'])[name])
  const step = asRecord(asList(job['steps']).at(-1))
  return {
    text,
    call: asRecord(asRecord(file['on'])['workflow_call']),
    job,
    given: asRecord(step['with']),
  }
}

/** What a service is like, as far as terraform is told: the same for all three, or plans would lie. */
const SHAPE = Object.keys(asRecord(read('plan').call['inputs']))

describe.each(NAMES)('%s.yml', (name) => {
  const { call, given, text, job } = read(name)

  it('gives the action nothing but inputs that it has', () => {
    const known = new Set(actionInputs.map((input) => input.name))
    expect(Object.keys(given).filter((input) => !known.has(input))).toEqual([])
  })

  it('passes on every input that it takes, under its own name', () => {
    for (const input of Object.keys(asRecord(call['inputs'])))
      expect(`${input}: ${asText(given[input])}`).toContain(`${input}: \${{ inputs.${input}`)
  })

  it('passes on every secret that it takes', () => {
    for (const secret of Object.keys(asRecord(call['secrets'])))
      expect(given[secret]).toBe(`\${{ secrets.${secret} }}`)
  })

  it('lets a variable of the repository stand for each input of the service', () => {
    for (const input of Object.keys(given).filter((key) => SHAPE.includes(key)))
      expect(given[input]).toBe(`\${{ inputs.${input} || vars.DEPLOY_${input.toUpperCase()} }}`)
  })

  it('tells its caller only what the action tells', () => {
    const known = new Set(actionOutputs.map((output) => output.name))
    for (const output of Object.keys(asRecord(call['outputs']))) {
      expect(known).toContain(output)
      expect(asRecord(job['outputs'])[output]).toBe(`\${{ steps.${name}.outputs.${output} }}`)
    }
  })

  it('is short', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(95)
  })
})

it.each(['deploy', 'drift'] as const)('%s is told of the service what the plan is told', (name) => {
  const { given } = read(name)
  expect(SHAPE.filter((input) => !(input in given))).toEqual([])
})
