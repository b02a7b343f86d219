import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { buildMasker } from '../../../../src/report/masking/masker.ts'
import { aPlan, aResource } from '../report.ts'

const SECRET = 'canary <ä&"\\> 1'
const KNOWN = { secrets: [SECRET], sensitiveVariables: [] }
const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('Masker.mask', () => {
  const { mask } = buildMasker({}, KNOWN)

  it.each<readonly [form: string, text: string]>([
    ['plain', SECRET],
    ['JSON', JSON.stringify(SECRET)],
    [
      'JSON as Go writes it',
      JSON.stringify(SECRET)
        .replace('<', '\\u003c')
        .replace('>', '\\u003e')
        .replace('&', '\\u0026'),
    ],
    ['JSON in JSON', JSON.stringify(JSON.stringify(SECRET))],
    ['URL', encodeURIComponent(SECRET)],
    [
      'URL with small digits',
      encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ['a form', encodeURIComponent(SECRET).replaceAll('%20', '+')],
    ['base64', base64(SECRET)],
    ['base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['hexadecimal', Buffer.from(SECRET).toString('hex')],
    ['MD5', createHash('md5').update(SECRET).digest('hex')],
    ['SHA-256 in base64', createHash('sha256').update(SECRET).digest('base64')],
  ])('hides it as %s', (_, text) => {
    expect(mask(`a ${text} b`)).toMatch(/^a "?(\\")?\*\*\*=*(\\")?"? b$/)
  })

  it.each(['', 'u', 'us', 'use', 'user:'])('hides it in base64 behind %j', (before) => {
    const text = mask(base64(`${before}${SECRET} and more`))
    expect(text).toContain('***')
    // What is left of it is less than its first and its last character.
    expect(text.replace('***', '').length).toBeLessThanOrEqual(
      base64(`${before} and more`).length + 8
    )
  })

  it('hides each line of a secret of many lines', () => {
    expect(
      buildMasker({}, { secrets: ['first line\nsecond line'], sensitiveVariables: [] }).mask(
        'the second line is here'
      )
    ).toBe('the *** is here')
  })

  it('hides a secret of any length whole', () => {
    const long = Array.from({ length: 5000 }, (_, index) => index.toString(36)).join('.')
    const masker = buildMasker({}, { secrets: [long], sensitiveVariables: [] })
    expect(masker.mask(`a ${long} b`)).toBe('a *** b')
    expect(masker.mask(base64(long))).toMatch(/^\*\*\*=*$/)
  })
})

describe('what a plan calls secret', () => {
  const canary = 'canary-123'
  const mark = { before_sensitive: { a: true } }
  it.each<readonly [what: string, plan: object]>([
    [
      'an attribute before',
      aPlan(aResource({ before: { a: canary }, after: { a: 'x' }, ...mark })),
    ],
    [
      'an attribute after',
      aPlan(aResource({ after: { a: { b: [canary] } }, after_sensitive: { a: { b: [true] } } })),
    ],
    [
      'what follows a value that was secret',
      aPlan(aResource({ before: { a: 'x' }, after: { a: canary }, ...mark })),
    ],
    ['a whole resource', aPlan(aResource({ after: { a: { b: canary } }, after_sensitive: true }))],
    [
      'JSON inside of it',
      aPlan(
        aResource({ after: { a: JSON.stringify({ b: [canary] }) }, after_sensitive: { a: true } })
      ),
    ],
    [
      'a line inside of it',
      aPlan(aResource({ after: { a: `x\n  ${canary}\ny` }, after_sensitive: { a: true } })),
    ],
    [
      'drift',
      { resource_drift: [aResource({ before: { a: canary }, after: { a: 'x' }, ...mark })] },
    ],
    [
      'an output',
      {
        output_changes: { a: { actions: ['create'], after: { b: canary }, after_sensitive: true } },
      },
    ],
    [
      'an output before',
      { output_changes: { a: { actions: ['delete'], before: canary, before_sensitive: true } } },
    ],
    [
      'a deferred change',
      {
        deferred_changes: [
          { resource_change: aResource({ after: { a: canary }, after_sensitive: { a: true } }) },
        ],
      },
    ],
    [
      'an action',
      { action_invocations: [{ config_values: { a: canary }, config_sensitive: { a: true } }] },
    ],
    [
      'a data source that was read',
      {
        prior_state: {
          values: {
            root_module: {
              child_modules: [
                { resources: [{ values: { a: canary }, sensitive_values: { a: true } }] },
              ],
            },
          },
        },
      },
    ],
    [
      'an output of the state',
      { prior_state: { values: { outputs: { a: { sensitive: true, value: canary } } } } },
    ],
    [
      'a variable',
      {
        variables: { a: { value: canary } },
        configuration: { root_module: { variables: { a: { sensitive: true } } } },
      },
    ],
    [
      'a default',
      {
        configuration: { root_module: { variables: { a: { sensitive: true, default: canary } } } },
      },
    ],
    ['a variable that the caller names', { variables: { named: { value: { b: canary } } } }],
  ])('is hidden everywhere: %s', (_, plan) => {
    expect(
      buildMasker(plan, { secrets: [], sensitiveVariables: ['named'] }).mask(`a ${canary} b`)
    ).toBe('a *** b')
  })

  it.each([true, null, 8080, 'info', '8080', 'prod'])(
    'hides %j where it is marked only',
    (value) => {
      const plan = aPlan(aResource({ after: { a: value }, after_sensitive: { a: true } }))
      expect(buildMasker(plan, { secrets: [], sensitiveVariables: [] }).mask(`a ${value} b`)).toBe(
        `a ${value} b`
      )
    }
  )
})

describe('Masker.maskAddress', () => {
  it.each([
    ['module.canary-1.a.b', 'module.canary-1.a.b'],
    ['a.b["canary-1"]', 'a.b["***"]'],
    ['module.m["x canary-1"].a.b["c\\"d"]', 'module.m["x ***"].a.b["c\\"d"]'],
  ])('turns %s into %s', (address, masked) => {
    expect(
      buildMasker({}, { secrets: ['canary-1'], sensitiveVariables: [] }).maskAddress(address)
    ).toBe(masked)
  })
})
