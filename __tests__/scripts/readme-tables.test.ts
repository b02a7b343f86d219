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

  it.each(['deploy', 'plan'])(
    'shows how to call %s in at most 25 lines, as the called workflow wants it',
    (name) => {
      const root = resolve(import.meta.dirname, '../..')
      const readme = readFileSync(resolve(root, 'README.md'), 'utf8')
      const file = `.github/workflows/${name}.yml`
      const blocks = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml)
      const yaml = blocks.find((block) => block.startsWith(`# ${file}\n`)) ?? ''
      expect(yaml.trimEnd().split('\n').length).toBeLessThanOrEqual(25)
      const caller = parse(yaml)
      const called = parse(readFileSync(resolve(root, file), 'utf8'))
      const { uses, permissions, with: given } = caller.jobs[name]
      expect(uses).toBe(`OWNER/deploy-spot-mig/${file}@SHA`)
      // GitHub starts nothing when a called job asks for more than its caller has.
      expect(permissions).toEqual(called.jobs[name].permissions)
      const known = Object.keys(called.on.workflow_call.inputs)
      expect(known).toEqual(expect.arrayContaining(Object.keys(given)))
      const { workflow_call, workflow_dispatch, ...events } = called.on
      expect(caller.on).toEqual(events)
    }
  )
})
