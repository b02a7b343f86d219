import { describe, expect, it } from '@jest/globals'
import { canonicalJson } from '../../../src/lib/canonical-json.ts'

describe('canonicalJson', () => {
  it.each([
    ['keys in another order', { b: 1, a: { d: 2, c: 3 } }, { a: { c: 3, d: 2 }, b: 1 }],
    ['a member that is undefined', { a: 1, b: undefined }, { a: 1 }],
    ['objects in a list', [{ b: 1, a: 2 }], [{ a: 2, b: 1 }]],
    ['keys beyond ASCII', { ü: 1, a: 2, 漢: 3 }, { 漢: 3, a: 2, ü: 1 }],
  ])('gives equal text for %s', (_, one, other) => {
    expect(canonicalJson(one)).toBe(canonicalJson(other))
  })

  it.each([
    ['the order of a list', [1, 2], [2, 1]],
    ['a number and its text', { a: 1 }, { a: '1' }],
    ['null and nothing', { a: null }, {}],
    ['an empty list and an empty object', [], {}],
  ])('tells %s apart', (_, one, other) => {
    expect(canonicalJson(one)).not.toBe(canonicalJson(other))
  })

  it.each([
    [undefined, 'null'],
    [null, 'null'],
    ['text', '"text"'],
    [{ b: [true, null], a: '\n' }, '{"a":"\\n","b":[true,null]}'],
    [JSON.parse('{"__proto__": {"x": 1}, "a": 2}'), '{"__proto__":{"x":1},"a":2}'],
  ])('writes %j as %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })
})
