import { describe, expect, it } from '@jest/globals'
import { type Check, runChecks } from '../../../emulator/provider/overlay/checks.ts'
import { buildResources } from '../../../emulator/provider/resources/catalogue.ts'
import { type Block, loadSchema, RESOURCE_TYPES } from '../../../emulator/provider/schema.ts'
import { type Fields, UNKNOWN } from '../../../emulator/provider/wire/values.ts'

const CHECKS: readonly Check[] = [
  { kind: 'oneOf', path: 'policy.type', allowed: ['A', 'B'] },
  { kind: 'range', path: 'policy.delay', min: 0, max: 10 },
  { kind: 'pattern', path: 'name', pattern: /^[a-z]+$/ },
  { kind: 'conflict', path: 'policy.fixed', with: 'policy.percent' },
  { kind: 'exactlyOne', paths: ['allow', 'deny'] },
]
const GOOD: Fields = { name: 'x', allow: [{}], deny: [], policy: [] }

describe('runChecks', () => {
  it.each<[string, Fields, string[]]>([
    ['all well', {}, []],
    ['unknown values', { name: UNKNOWN, policy: [{ type: UNKNOWN }] }, []],
    [
      'a wrong word',
      { policy: [{ type: 'C' }] },
      ['expected policy.0.type to be one of ["A" "B"], got C'],
    ],
    [
      'a number out of range',
      { policy: [{ delay: 11 }] },
      ['expected policy.0.delay to be in the range (0 - 10), got 11'],
    ],
    ['a bad name', { name: 'X' }, ['"name" ("X") doesn\'t match regexp "^[a-z]+$"']],
    [
      'rivals in one block',
      { policy: [{ fixed: 1, percent: 2 }] },
      ['Conflicting configuration arguments'],
    ],
    ['rivals in two blocks', { policy: [{ fixed: 1 }, { percent: 2 }] }, []],
    ['none of two', { allow: [] }, ['Invalid combination of arguments']],
    ['both of two', { deny: [{}] }, ['Invalid combination of arguments']],
    ['one of two not known yet', { allow: UNKNOWN }, []],
    ['both of two not known yet', { allow: UNKNOWN, deny: UNKNOWN }, []],
    ['one of two there, the other not known yet', { deny: UNKNOWN }, []],
  ])('%s', (_, config, expected) => {
    expect(runChecks(CHECKS, { ...GOOD, ...config }).map(({ summary }) => summary)).toEqual(
      expected
    )
  })

  it('says where', () => {
    const [problem] = runChecks(CHECKS, { ...GOOD, policy: [{ type: 'A' }, { type: 'C' }] })
    expect(problem?.path).toEqual(['policy', 1, 'type'])
  })
})

describe('the overlay', () => {
  it('names only fields that exist in a type it is for', () => {
    const schema = loadSchema()
    const known = new Set<string>()
    const named = new Set<string>()
    for (const [type, { rules }] of buildResources(schema)) {
      const { absentMeans, canonical, defaults, replacesWhen, sameness } = rules
      const paths = new Set(pathsOf(schema.resources[type] ?? { attributes: {}, block_types: {} }))
      const rows = [absentMeans, canonical, defaults, replacesWhen, sameness].flatMap(Object.keys)
      // One overlay may serve several types, of which not all have every field.
      for (const path of [...rows, ...rules.computedBlocks, ...rules.sensitive]) {
        named.add(path)
        if (paths.has(path)) known.add(path)
      }
    }
    expect([...named].filter((path) => !known.has(path))).toEqual([])
    expect(named.size).toBeGreaterThan(50)
  })

  it('covers every resource type', () => {
    expect([...buildResources(loadSchema()).keys()].sort()).toEqual([...RESOURCE_TYPES].sort())
  })
})

function pathsOf(block: Block, prefix = ''): string[] {
  const nested = Object.entries(block.block_types).flatMap(([name, inner]) => {
    return [prefix + name, ...pathsOf(inner.block, `${prefix}${name}.`)]
  })
  return [...Object.keys(block.attributes).map((name) => prefix + name), ...nested]
}
