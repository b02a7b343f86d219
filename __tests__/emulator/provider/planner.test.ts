import { describe, expect, it } from '@jest/globals'
import { buildBasis, type OverlayEntry } from '../../../emulator/provider/overlay/entry.ts'
import { planBlock } from '../../../emulator/provider/plan/planner.ts'
import { findReplacements } from '../../../emulator/provider/plan/replacement.ts'
import { sameIgnoringCase } from '../../../emulator/provider/plan/sameness.ts'
import { parseBlock } from '../../../emulator/provider/schema.ts'
import { type Fields, UNKNOWN } from '../../../emulator/provider/wire/values.ts'

const BLOCK = parseBlock({
  attributes: {
    id: { type: 'string', computed: true, optional: true },
    name: { type: 'string', required: true },
    size: { type: 'number', optional: true },
    network: { type: 'string', optional: true },
    enabled: { type: 'bool', optional: true },
    kind: { type: 'string', optional: true },
    scopes: { type: ['set', 'string'], optional: true },
    range: { type: 'string', optional: true },
  },
  block_types: {
    policy: {
      nesting_mode: 'list',
      max_items: 1,
      block: {
        attributes: {
          method: { type: 'string', optional: true },
          limit: { type: 'number', optional: true, computed: true },
        },
      },
    },
    disk: {
      nesting_mode: 'list',
      block: {
        attributes: {
          image: { type: 'string', optional: true },
          slot: { type: 'string', computed: true },
        },
      },
    },
    rule: {
      nesting_mode: 'set',
      block: {
        attributes: {
          id: { type: 'string', required: true },
          age: { type: 'string', optional: true },
        },
      },
    },
    timeouts: {
      nesting_mode: 'single',
      block: { attributes: { create: { type: 'string', optional: true } } },
    },
  },
})

const OVERLAY: OverlayEntry = {
  replaces: ['name', 'disk.image'],
  replacesWhen: { range: (prior, planned) => Number(planned) < Number(prior) },
  defaults: { size: 10 },
  absentMeans: { 'policy.method': 'SUBSTITUTE' },
  computedBlocks: ['policy'],
  links: ['network'],
  canonical: {
    scopes: (value) => (Array.isArray(value) ? value.map((item) => `url/${item}`) : value),
  },
  sameness: {
    kind: sameIgnoringCase,
    'rule.age': (prior, config) => `${prior}` === `${config}`.replace('d', 's'),
  },
}
const { rules } = buildBasis(BLOCK, OVERLAY)

const EMPTY: Fields = {
  id: null,
  name: 'n',
  size: null,
  network: null,
  enabled: null,
  kind: null,
  scopes: null,
  range: null,
  policy: [],
  disk: [],
  rule: [],
  timeouts: null,
}

function create(config: Fields): Fields {
  const whole = { ...EMPTY, ...config }
  return planBlock(BLOCK, rules, { prior: undefined, proposed: whole, config: whole })
}

// Terraform proposes the configuration, and prior values where a computed one is not configured.
function update(state: Fields, config: Fields): Fields {
  const prior = { ...EMPTY, id: 'i', size: 10, ...state }
  const whole = { ...EMPTY, ...config }
  const proposed = { ...whole, id: 'i' }
  return planBlock(BLOCK, rules, { prior, proposed, config: whole })
}

describe('planBlock, when something is created', () => {
  it('fills in defaults and leaves to Google what Google decides', () => {
    expect(create({})).toEqual({ ...EMPTY, id: UNKNOWN, size: 10, policy: UNKNOWN })
  })

  it('keeps what is configured, even when it is the zero value', () => {
    expect(create({ size: 0, enabled: false })).toMatchObject({ size: 0, enabled: false })
  })

  it('leaves out what means the same as nothing', () => {
    expect(create({ policy: [{ method: 'SUBSTITUTE', limit: 3 }] })).toMatchObject({
      policy: [{ method: null, limit: 3 }],
    })
  })

  it('knows nothing of a list with something unknown in it', () => {
    expect(create({ scopes: ['a', UNKNOWN] })).toMatchObject({ scopes: UNKNOWN })
  })

  it('keeps what is unknown', () => {
    expect(create({ network: UNKNOWN, disk: UNKNOWN })).toMatchObject({
      network: UNKNOWN,
      disk: UNKNOWN,
    })
  })

  it('writes values in the form that the state has', () => {
    expect(create({ scopes: ['a'] })['scopes']).toEqual(['url/a'])
  })

  it('leaves computed fields of a new element unknown', () => {
    expect(create({ disk: [{ image: 'x', slot: null }] })['disk']).toEqual([
      { image: 'x', slot: UNKNOWN },
    ])
  })
})

describe('planBlock, when something is there', () => {
  it.each<[string, Fields, Fields]>([
    ['a zero value that the configuration leaves out', { enabled: false }, {}],
    ['null where the configuration says false', { enabled: null }, { enabled: false }],
    [
      'a link in another spelling',
      { network: 'https://h/compute/v1/projects/p/global/networks/n' },
      { network: 'projects/p/global/networks/n' },
    ],
    [
      'a link where only the name is configured',
      { network: 'projects/p/global/networks/n' },
      { network: 'n' },
    ],
    ['a word in capitals', { kind: 'DOCKER' }, { kind: 'docker' }],
    ['a computed block that is left out', { policy: [{ method: 'X', limit: 3 }] }, { policy: [] }],
    [
      'what absence means',
      { policy: [{ method: 'SUBSTITUTE', limit: 3 }] },
      { policy: [{ method: null, limit: 3 }] },
    ],
    [
      'an element of a set in another spelling',
      {
        rule: [
          { id: 'a', age: '1s' },
          { id: 'b', age: null },
        ],
      },
      {
        rule: [
          { id: 'a', age: '1d' },
          { id: 'b', age: null },
        ],
      },
    ],
  ])('keeps %s', (_, state, config) => {
    const prior = { ...EMPTY, id: 'i', size: 10, ...state }
    expect(update(state, config)).toEqual(prior)
  })

  it.each<[string, Fields, Fields]>([
    [
      'another link',
      { network: 'projects/p/global/networks/n' },
      { network: 'projects/q/global/networks/n' },
    ],
    ['a changed word', { kind: 'DOCKER' }, { kind: 'NPM' }],
    ['a value where there was none', { enabled: null }, { enabled: true }],
    ['a link not known yet', { network: 'projects/p/global/networks/n' }, { network: UNKNOWN }],
    [
      'a changed element of a set',
      { rule: [{ id: 'a', age: '1s' }] },
      { rule: [{ id: 'a', age: '2d' }] },
    ],
  ])('plans %s', (_, state, config) => {
    expect(update(state, config)).toMatchObject(config)
  })

  it('takes out what the configuration no longer has', () => {
    expect(update({ kind: 'NPM' }, {})['kind']).toBeNull()
  })

  it('goes back to the default', () => {
    expect(update({ size: 20 }, {})['size']).toBe(10)
  })
})

describe('findReplacements', () => {
  const compare = (prior: Fields, planned: Fields): unknown => {
    return findReplacements(BLOCK, rules, {
      prior: { ...EMPTY, ...prior },
      planned: { ...EMPTY, ...planned },
    })
  }

  it.each<[string, Fields, Fields, unknown[]]>([
    ['nothing that can be changed', { size: 1 }, { size: 2 }, []],
    ['an immutable attribute', { name: 'a' }, { name: 'b' }, [['name']]],
    ['null and the empty text alike', { name: null }, { name: '' }, []],
    [
      'an attribute of one element',
      {
        disk: [
          { image: 'a', slot: '1' },
          { image: 'b', slot: '1' },
        ],
      },
      {
        disk: [
          { image: 'a', slot: '1' },
          { image: 'c', slot: '1' },
        ],
      },
      [['disk', 1, 'image']],
    ],
    ['an element that came', { disk: [] }, { disk: [{ image: 'a', slot: null }] }, [['disk']]],
    [
      'not: an element whose mutable part changed',
      { disk: [{ image: 'a', slot: '1' }] },
      { disk: [{ image: 'a', slot: '2' }] },
      [],
    ],
    ['a value that shrinks', { range: '9' }, { range: '8' }, [['range']]],
    ['not: a value that grows', { range: '8' }, { range: '9' }, []],
  ])('finds %s', (_, prior, planned, expected) => {
    expect(compare(prior, planned)).toEqual(expected)
  })
})
