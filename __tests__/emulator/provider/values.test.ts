import { describe, expect, it } from '@jest/globals'
import {
  decodeValue,
  encodeValue,
  isWhollyKnown,
  parseJson,
  UNKNOWN,
  type Value,
} from '../../../emulator/provider/wire/values.ts'

describe('encodeValue and decodeValue', () => {
  it.each<[string, Value]>([
    ['null', null],
    ['text', 'grüße'],
    ['an empty text', ''],
    ['a fraction', 0.25],
    ['a negative number', -7],
    ['the largest safe integer', Number.MAX_SAFE_INTEGER],
    ['a numeric id of 19 digits', 7_234_567_890_123_456_789n],
    ['a list with something unknown', ['a', UNKNOWN]],
    ['a block', { name: 'x', labels: {}, ports: [1, 2], on: false, off: null }],
    ['the unknown value', UNKNOWN],
  ])('give %s back unchanged', (_, value) => {
    expect(decodeValue(encodeValue(value))).toEqual(value)
  })

  it('writes the unknown value as terraform does', () => {
    expect(Buffer.from(encodeValue(UNKNOWN).msgpack ?? []).toString('hex')).toBe('d40000')
  })

  it('reads a refined unknown value, as terraform 1.6 and later send it', () => {
    // ext 8, 3 bytes, type 12: {1: false}, that is, "not null".
    const msgpack = Buffer.from('c7030c8101c2', 'hex')
    expect(decodeValue({ msgpack })).toBe(UNKNOWN)
  })

  it('reads JSON, and nothing as null', () => {
    expect(decodeValue({ json: Buffer.from('{"a":[1]}') })).toEqual({ a: [1] })
    expect(decodeValue({ msgpack: Buffer.alloc(0) })).toBeNull()
    expect(decodeValue(undefined)).toBeNull()
  })
})

describe('parseJson', () => {
  it('keeps all digits of a long id', () => {
    expect(parseJson('{"id":7234567890123456789,"size":20,"share":0.5}')).toEqual({
      id: 7_234_567_890_123_456_789n,
      size: 20,
      share: 0.5,
    })
  })
})

describe('isWhollyKnown', () => {
  it.each<[Value, boolean]>([
    ['x', true],
    [{ a: ['b'] }, true],
    [{ a: [UNKNOWN] }, false],
    [UNKNOWN, false],
  ])('%j: %s', (value, expected) => {
    expect(isWhollyKnown(value)).toBe(expected)
  })
})
