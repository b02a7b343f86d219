import { existsSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { renderDestroyOutputs } from '../../src/commands/destroy/result.ts'
import { renderDoctorOutputs } from '../../src/commands/doctor/outputs.ts'
import { renderSecretsOutputs } from '../../src/commands/secrets/outputs.ts'
import { renderStatusOutputs } from '../../src/commands/status/outputs.ts'
import { type ParsedInputs, parseInputs } from '../../src/inputs.ts'
import { asText } from '../../src/lib/json.ts'
import {
  renderFailure,
  renderOutputs,
  renderPlanOutputs,
  renderRolloutOutputs,
} from '../../src/outputs.ts'
import { REQUIRED } from '../fakes/deploy-inputs.ts'
import { aReport } from '../src/report/status/reports.ts'
import { actionDescription, actionInputs, actionOutputs, actionRuns } from './action-file.ts'

/** What comes of these inputs, and which inputs were asked for. */
function read(given: Readonly<Record<string, string>>): {
  readonly parsed: ParsedInputs
  readonly asked: readonly string[]
} {
  const asked = new Set<string>()
  const values = new Map(Object.entries(given))
  const parsed = parseInputs(
    (input) => {
      asked.add(input)
      return values.get(input) ?? ''
    },
    { repository: 'mervis/mervis' }
  )
  return { parsed, asked: [...asked] }
}

const names = actionInputs.map(({ name }) => name)
const described = [...actionInputs, ...actionOutputs].map(
  ({ name, description }) => [name, description] as const
)

describe('the inputs of action.yml', () => {
  it('are exactly those that are read', () => {
    expect([...read(REQUIRED).asked].sort()).toEqual([...names].sort())
  })

  it('are required exactly where nothing can be assumed', () => {
    const required = actionInputs.filter(({ isRequired }) => isRequired).map(({ name }) => name)
    const missed = read({}).parsed.problems?.map(({ input }) => input) ?? []
    expect([...required].sort()).toEqual([...missed].sort())
  })

  it('have the defaults that are assumed when they are empty', () => {
    const defaults = actionInputs.flatMap(({ name, default: value }) =>
      // The runner evaluates an expression before the action sees it.
      value === undefined || value.startsWith('${{') ? [] : [[name, value]]
    )
    const { parsed } = read({ ...Object.fromEntries(defaults), ...REQUIRED })
    expect(parsed.problems).toBeUndefined()
    expect(parsed).toEqual(read(REQUIRED).parsed)
  })

  it.each(actionInputs.filter((input) => input.default !== undefined))(
    'take the default of $name for an input',
    ({ name, default: value = '' }) => {
      expect(read({ ...REQUIRED, [name]: value }).parsed.problems).toBeUndefined()
    }
  )

  it('never have both a default and a must', () => {
    expect(actionInputs.filter((input) => input.isRequired && input.default !== undefined)).toEqual(
      []
    )
  })

  it('are called in snake_case, and named in the messages as they are here', () => {
    expect(names.filter((name) => !/^[a-z]+(_[a-z]+)*$/.test(name))).toEqual([])
  })
})

describe('the outputs of action.yml', () => {
  it('are exactly those that are set', () => {
    const success = renderOutputs({
      outcome: 'unchanged',
      release: '',
      previousRelease: '',
      image: '',
      changes: { add: 0, change: 0, destroy: 0 },
      vms: [],
      url: '',
      steps: [],
      durationMs: 0,
    })
    const failure = { message: '', code: '', outcome: 'failed' } as const
    const plan = renderPlanOutputs({
      hasChanges: false,
      hasDestructiveChanges: false,
      changes: { add: 0, change: 0, destroy: 0 },
      planHash: '',
      monthlyCostUsd: undefined,
      commentUrl: '',
      hasDrift: undefined,
      paths: { plan: '', json: '', markdown: '' },
    })
    const rolled = { previousRelease: '', image: '', vms: [], url: '' }
    const none = { outcome: 'unchanged', release: '', steps: [], durationMs: 0 } as const
    const others = [
      renderRolloutOutputs({ ...rolled, ...none }),
      renderStatusOutputs(aReport()),
      renderDoctorOutputs([]),
      renderSecretsOutputs({ ...none, secrets: [], behind: [], rolled }),
      renderDestroyOutputs({ service: '', gone: [], stays: [], resources: 0, durationMs: 0 }),
    ]
    const maps = [success, plan, ...others, renderFailure(failure)]
    const set = new Set(maps.flatMap((outputs) => [...outputs.keys()]))
    expect([...set].sort()).toEqual(actionOutputs.map(({ name }) => name).sort())
  })
})

describe('the descriptions of action.yml', () => {
  it.each([...described, ['(the action)', actionDescription] as const])(
    'are whole sentences: %s',
    (_, description) => {
      expect(description).toMatch(/^[A-Z].*\.$/s)
      expect(description.split(/\s+/).length).toBeGreaterThanOrEqual(4)
    }
  )

  it.each(described)('stay on one line: %s', (_, description) => {
    expect(description).not.toContain('\n')
  })
})

describe('the entries of action.yml', () => {
  it('are there, and run on Node 24', () => {
    expect(actionRuns['using']).toBe('node24')
    for (const entry of ['main', 'post']) {
      expect(existsSync(new URL(`../../${asText(actionRuns[entry])}`, import.meta.url))).toBe(true)
    }
  })
})
