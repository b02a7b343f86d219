import { describe, expect, it } from '@jest/globals'
import { type Diagnostic, readUiLine, renderDiagnostic } from '../../../src/terraform/ui-stream.ts'
import { recorded } from './recordings.ts'

/** What people see of a recorded stream. */
function shown(name: string): readonly string[] {
  return recorded(name)
    .split('\n')
    .flatMap((text) => {
      const event = readUiLine(text)
      if (!event) return []
      return 'line' in event
        ? event.line
        : `${event.diagnostic.severity}: ${renderDiagnostic(event.diagnostic)}`
    })
}

describe('readUiLine', () => {
  it('says what a plan would do, and its warnings', () => {
    // Terraform keeps no order between resources.
    expect([...shown('plan.jsonl')].sort()).toEqual([
      'terraform_data.changed: to be changed',
      'terraform_data.created: to be created',
      'terraform_data.gone: to be destroyed',
      'terraform_data.replaced: to be replaced',
      expect.stringMatching(
        /^warning: Check block assertion failed \(main\.tf:\d+\)\nOnly to see a warning\.$/
      ),
    ])
  })

  it('says what an apply does and how long it took', () => {
    const lines = shown('apply.jsonl')
    expect(lines).toContain('terraform_data.gone: destroying')
    expect(lines).toContain('terraform_data.gone: destroyed')
    expect(lines).toContain('terraform_data.changed: changing')
    expect(lines).toContain('terraform_data.created: creating')
    expect(lines).toContain('terraform_data.created: created after 1 s')
    expect(lines.length).toBeGreaterThanOrEqual(10)
  })

  it('gives the error of a plan with its place', () => {
    expect(shown('plan-failed.jsonl').at(-1)).toBe(
      'error: Resource precondition failed (main.tf:7)\nThe region has only 2 zones.'
    )
  })

  it('gives the error of an apply with resource and place', () => {
    expect(shown('apply-failed.jsonl').at(-1)).toMatch(
      /^error: local-exec provisioner error \(terraform_data\.broken at main\.tf:2\)\nError running command 'false'/
    )
  })

  it.each([
    ['an empty line', ''],
    ['a line that is no JSON', 'Initializing the backend...'],
    ['JSON of another kind', '[1]'],
    ['a message of a kind to come', '{"type":"ephemeral_op_start","hook":{"action":"open"}}'],
    [
      'an action to come',
      '{"type":"planned_change","change":{"action":"forget","resource":{"addr":"a.b"}}}',
    ],
    [
      'a read of data',
      '{"type":"apply_start","hook":{"action":"read","resource":{"addr":"data.a.b"}}}',
    ],
  ])('shows nothing of %s', (_, line) => {
    expect(readUiLine(line)).toBeUndefined()
  })

  it('takes a diagnostic of an unknown severity for an error, and one without anything too', () => {
    expect(readUiLine('{"type":"diagnostic"}')).toEqual({
      diagnostic: { severity: 'error', summary: '', detail: '', address: '', file: '', line: 0 },
    })
  })
})

describe('renderDiagnostic', () => {
  const WHOLE: Diagnostic = {
    severity: 'error',
    summary: 'No',
    detail: 'Because.',
    address: 'a.b',
    file: 'main.tf',
    line: 3,
  }

  it.each([
    ['everything', {}, 'No (a.b at main.tf:3)\nBecause.'],
    ['no address', { address: '' }, 'No (main.tf:3)\nBecause.'],
    ['no place', { file: '', line: 0 }, 'No (a.b)\nBecause.'],
    ['neither', { address: '', file: '', line: 0 }, 'No\nBecause.'],
    ['a summary only', { address: '', file: '', line: 0, detail: '' }, 'No'],
  ])('is one paragraph with %s', (_, given, text) => {
    expect(renderDiagnostic({ ...WHOLE, ...given })).toBe(text)
  })
})
