import { describe, expect, it } from '@jest/globals'
import { changedFields, encodeFields } from '../../../emulator/provider/rest/codec.ts'
import { decodeFields } from '../../../emulator/provider/rest/decoder.ts'
import { conform, readFields } from '../../../emulator/provider/rest/state.ts'
import { parseBlock } from '../../../emulator/provider/schema.ts'
import { type Fields, UNKNOWN } from '../../../emulator/provider/wire/values.ts'

const BLOCK = parseBlock({
  attributes: {
    id: { type: 'string', computed: true, optional: true },
    self_link: { type: 'string', computed: true },
    name: { type: 'string', required: true },
    region: { type: 'string', optional: true, computed: true },
    max_size: { type: 'number', optional: true },
    numeric_id: { type: 'number', computed: true },
    enabled: { type: 'bool', optional: true },
    wait: { type: 'bool', optional: true },
    labels: { type: ['map', 'string'], optional: true },
    effective_labels: { type: ['map', 'string'], computed: true },
    terraform_labels: { type: ['map', 'string'], computed: true },
    status: {
      type: ['list', ['object', { is_stable: 'bool', revision: 'string' }]],
      computed: true,
    },
  },
  block_types: {
    healing: {
      nesting_mode: 'list',
      max_items: 1,
      block: { attributes: { initial_delay: { type: 'number', required: true } } },
    },
    policy: {
      nesting_mode: 'list',
      max_items: 1,
      block: { attributes: { on: { type: 'bool', optional: true } } },
    },
    allow: {
      nesting_mode: 'set',
      block: {
        attributes: {
          protocol: { type: 'string', required: true },
          ports: { type: ['list', 'string'], optional: true },
        },
      },
    },
    timeouts: {
      nesting_mode: 'single',
      block: { attributes: { create: { type: 'string', optional: true } } },
    },
  },
})
const RULES = {
  names: { allow: 'allowed', 'allow.protocol': 'IPProtocol', numeric_id: 'id' },
  lists: new Set(['healing']),
  local: new Set(['wait']),
  bareNames: new Set(['region']),
}
const STATE = conform(BLOCK, { name: 'n' })

describe('encodeFields', () => {
  it.each<[string, Fields, Fields]>([
    ['names in camel case', { max_size: 0 }, { maxSize: 0 }],
    ['false', { enabled: false }, { enabled: false }],
    ['nothing empty or unknown', { enabled: UNKNOWN, labels: {} }, {}],
    ['nothing of its own', { wait: true, self_link: 'x', id: 'y' }, {}],
    ['a single block as an object', { policy: [{ on: true }] }, { policy: { on: true } }],
    [
      'a single block as a list where the API has one',
      { healing: [{ initial_delay: 5 }] },
      { healing: [{ initialDelay: 5 }] },
    ],
    [
      "the API's own words",
      { allow: [{ protocol: 'tcp', ports: ['80'] }] },
      { allowed: [{ IPProtocol: 'tcp', ports: ['80'] }] },
    ],
  ])('sends %s', (_, fields, expected) => {
    expect(encodeFields(BLOCK, RULES, { ...STATE, ...fields })).toEqual({ name: 'n', ...expected })
  })
})

describe('decodeFields', () => {
  const decode = (answer: Fields, prior: Fields = {}): Fields => {
    return decodeFields(BLOCK, RULES, { name: 'n', ...answer }, { ...STATE, ...prior })
  }

  it.each<[string, Fields, Fields, Fields]>([
    [
      'null where the API says false and nothing is configured',
      { enabled: false },
      {},
      { enabled: null },
    ],
    ['false where the API says nothing', {}, { enabled: false }, { enabled: false }],
    ['a change that somebody else made', { enabled: true }, { enabled: false }, { enabled: true }],
    ['a value that somebody else took out', {}, { max_size: 3 }, { max_size: null }],
    [
      'a long number with all its digits',
      { id: '7234567890123456789' },
      {},
      { numeric_id: 7_234_567_890_123_456_789n },
    ],
    ['a number written as text', { maxSize: '20' }, {}, { max_size: 20 }],
    [
      'the name in a URL',
      { region: 'https://h/regions/europe-west1' },
      {},
      { region: 'europe-west1' },
    ],
    ['what only terraform knows', {}, { wait: true }, { wait: true }],
    [
      'nested objects as lists of one',
      { status: { isStable: true } },
      {},
      { status: [{ is_stable: true, revision: '' }] },
    ],
    ['a block', { healing: [{ initialDelay: 5 }] }, {}, { healing: [{ initial_delay: 5 }] }],
    ['no block where the API has an empty one', { policy: { on: false } }, {}, { policy: [] }],
    [
      'an empty block where the API has none',
      {},
      { policy: [{ on: false }] },
      { policy: [{ on: false }] },
    ],
    [
      'elements of a set in the known spelling',
      { allowed: [{ IPProtocol: 'icmp' }] },
      { allow: [{ protocol: 'icmp', ports: [] }] },
      { allow: [{ protocol: 'icmp', ports: [] }] },
    ],
  ])('reads %s', (_, answer, prior, expected) => {
    expect(decode(answer, prior)).toMatchObject(expected)
  })
})

describe('readFields', () => {
  it('shows of the labels those that are configured, and all as effective', () => {
    const prior = { ...STATE, labels: { a: '0' }, terraform_labels: { a: '0', team: 'x' } }
    const fields = readFields(
      BLOCK,
      RULES,
      { name: 'n', labels: { a: '1', team: 'x', theirs: 'y' } },
      prior
    )
    expect(fields).toMatchObject({
      labels: { a: '1' },
      terraform_labels: { a: '1', team: 'x' },
      effective_labels: { a: '1', team: 'x', theirs: 'y' },
    })
  })

  it('leaves nothing unknown', () => {
    const fields = readFields(
      BLOCK,
      RULES,
      {},
      { ...STATE, self_link: UNKNOWN, policy: [{ on: UNKNOWN }] }
    )
    expect(fields).toMatchObject({ self_link: null, policy: [{ on: null }] })
  })
})

describe('conform', () => {
  it('has every attribute of the block and no other', () => {
    const state = conform(BLOCK, {
      name: 'n',
      gone: 1,
      policy: [{ on: true, old: 1 }],
      allow: null,
    })
    expect(Object.keys(state).sort()).toEqual(
      [...Object.keys(BLOCK.attributes), ...Object.keys(BLOCK.block_types)].sort()
    )
    expect(state).toMatchObject({
      policy: [{ on: true }],
      allow: [],
      timeouts: null,
      max_size: null,
    })
  })
})

describe('changedFields', () => {
  it('has what changed, and null for what went', () => {
    expect(changedFields({ a: 1, b: [1], c: 'x' }, { a: 1, b: [2], d: 5n })).toEqual({
      b: [2],
      c: null,
      d: 5n,
    })
  })
})
