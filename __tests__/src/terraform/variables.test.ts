import { describe, expect, it } from '@jest/globals'
import { asRecord, parseJson } from '../../../src/lib/json.ts'
import { renderVariables } from '../../../src/terraform/variables.ts'
import { aConfig } from '../../fakes/deploy-inputs.ts'

/** The file's content for these inputs, read back. */
function variablesFor(inputs: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const config = aConfig(inputs)
  return asRecord(parseJson(renderVariables({ ...config, more: config.terraformVariables })))
}

describe('renderVariables', () => {
  it('tells the configuration everything it must know', () => {
    expect(
      variablesFor({
        zones: 'europe-west1-b',
        env: 'B=2\nA=1',
        secrets: 'K=api-key\nL=projects/p/secrets/s:3',
      })
    ).toEqual({
      project_id: 'mervis-demo',
      region: 'europe-west1',
      zones: ['europe-west1-b'],
      name: 'mervis',
      machine_type: 'e2-small',
      size: 1,
      port: 8080,
      health_path: '/healthz',
      strategy: 'surge',
      provisioning: 'spot',
      env: { A: '1', B: '2' },
      secrets: { K: 'api-key:latest', L: 'projects/p/secrets/s:3' },
    })
  })

  it('tells of a worker by a port that is null', () => {
    expect(variablesFor({ port: 'none' })['port']).toBeNull()
  })

  it.each([
    ['text', 'asia', 'asia'],
    ['an empty text', '', ''],
    ['true', 'true', true],
    ['null', 'null', null],
    ['a list', '["a", 1]', ['a', 1]],
    ['an object', '{"a": {"b": null}}', { a: { b: null } }],
    ['a text in quotes', '"7"', '7'],
    ['something like JSON', '{a: 1}', '{a: 1}'],
  ])('passes %s on as what it is', (_, given, value) => {
    expect(variablesFor({ terraform_variables: `extra=${given}` })['extra']).toEqual(value)
  })

  // Terraform converts the text "1.10" itself where a number is wanted; a number cannot become "1.10" again.
  it.each(['1.10', '12345678901234567890', '1e400', '007', '-0', '42'])(
    'keeps every digit of %s',
    (given) => {
      const config = aConfig({ terraform_variables: `extra=${given}` })
      const text = renderVariables({ ...config, more: config.terraformVariables })
      expect(text).toMatch(new RegExp(`"extra": "?${given.replace('.', '\\.')}"?\n`))
    }
  )

  it('keeps names that objects have already', () => {
    const config = aConfig({ env: '__proto__=1\nconstructor=2' })
    const text = renderVariables({ ...config, more: new Map() })
    expect(text).toContain('"__proto__": "1"')
    expect(text).toContain('"constructor": "2"')
  })

  it('refuses further variables that an input of their own sets, all at once', () => {
    const config = aConfig({ terraform_variables: 'size=3\nlabels={}\nport=1' })
    expect(() => renderVariables({ ...config, more: config.terraformVariables })).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message:
          'Input "terraform_variables" sets size, port: write the input of the same name instead.',
      })
    )
  })

  it('never shows a value in that refusal', () => {
    const config = aConfig({ terraform_variables: 'env=hunter2' })
    expect(() => renderVariables({ ...config, more: config.terraformVariables })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') })
    )
  })
})
