import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { renderTables, withTables } from '../../scripts/readme/tables.ts'

const tables = renderTables({
  inputs: {
    region: { description: 'Region, a | b.', required: true },
    size: { description: 'How\nmany.', default: '1' },
  },
  outputs: { image: { description: 'The image.' } },
})

describe('withTables', () => {
  it('puts the tables between their markers, and does it again without a change', () => {
    const text = 'A\n<!-- inputs -->\nold\n<!-- /inputs -->\n<!-- outputs --><!-- /outputs -->\nZ\n'
    const once = withTables(text, tables)
    expect(once).toContain('| `region` | **required** | Region, a \\| b. |')
    expect(once).toContain('| `size` | `1` | How many. |')
    expect(once).not.toContain('old')
    expect(withTables(once, tables)).toBe(once)
  })

  it('refuses a text without the markers', () => {
    expect(() => withTables('nothing', tables)).toThrow('<!-- inputs -->')
  })
})

describe('README.md', () => {
  it('is in step with action.yml', () => {
    const root = resolve(import.meta.dirname, '../..')
    const readme = readFileSync(resolve(root, 'README.md'), 'utf8')
    const action = parse(readFileSync(resolve(root, 'action.yml'), 'utf8'))
    expect(withTables(readme, renderTables(action))).toBe(readme)
  })

  it('has a quick start of at most 25 lines that names only inputs that exist', () => {
    const root = resolve(import.meta.dirname, '../..')
    const readme = readFileSync(resolve(root, 'README.md'), 'utf8')
    const yaml = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    expect(yaml.trimEnd().split('\n').length).toBeLessThanOrEqual(25)
    const action = parse(readFileSync(resolve(root, 'action.yml'), 'utf8'))
    const given = Object.keys(parse(yaml).jobs.deploy.steps.at(-1).with)
    const required = Object.keys(action.inputs).filter((name) => action.inputs[name].required)
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given))
    expect(given).toEqual(expect.arrayContaining(required))
  })
})
