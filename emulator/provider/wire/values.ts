import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack'

/** A value that terraform will only know after apply. */
export class Unknown {
  readonly kind = 'unknown'
}

/** The one unknown value; refinements that terraform sends along are dropped. */
export const UNKNOWN = new Unknown()

/** Anything that an attribute or a block can hold. */
export type Value =
  | null
  | string
  | number
  | bigint
  | boolean
  | Unknown
  | readonly Value[]
  | { readonly [name: string]: Value }

/** The attributes and blocks of one resource, or of one element of a block. */
export type Fields = Readonly<Record<string, Value>>

/** A Value as the protocol carries it. */
export interface WireValue {
  readonly msgpack?: Uint8Array
  readonly json?: Uint8Array
}

/** True for an object value, that is, for a resource or an element of a block. */
export function isFields(value: Value | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !isList(value) && !isUnknown(value)
}

/** True for list and set values alike: the wire has one form for both. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

/** True for the value that is known only after apply. */
export function isUnknown(value: Value | undefined): value is Unknown {
  return value instanceof Unknown
}

/** True when no part of the value is unknown. */
export function isWhollyKnown(value: Value | undefined): boolean {
  if (isUnknown(value)) return false
  if (isList(value)) return value.every(isWhollyKnown)
  return isFields(value) ? Object.values(value).every(isWhollyKnown) : true
}

const encoder = new Encoder({ extensionCodec: unknownCodec(), useBigInt64: true })
const decoder = new Decoder({ extensionCodec: unknownCodec(), useBigInt64: true })

/** The value in msgpack, as terraform wants every answer. */
export function encodeValue(value: Value): WireValue {
  return { msgpack: encoder.encode(value) }
}

/** Reads what terraform sent; an empty message is null. */
export function decodeValue(wire: WireValue | null | undefined): Value {
  if (wire?.msgpack?.length) return toValue(decoder.decode(wire.msgpack))
  if (wire?.json?.length) return parseJson(Buffer.from(wire.json).toString('utf8'))
  return null
}

/** JSON to value; integers beyond 2^53, such as numeric ids, keep all their digits. */
export function parseJson(text: string): Value {
  return toValue(JSON.parse(text, keepDigits))
}

// The third parameter is newer than the type of JSON.parse's reviver.
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  return context?.source && /^-?\d+$/.test(context.source) ? BigInt(context.source) : value
}

// Type 0 is an unknown value, type 12 one with refinements (terraform 1.6 and later).
function unknownCodec(): ExtensionCodec {
  const codec = new ExtensionCodec()
  const encode = (input: unknown): Uint8Array | null => {
    return input instanceof Unknown ? new Uint8Array([0]) : null
  }
  codec.register({ type: 0, encode, decode: () => UNKNOWN })
  codec.register({ type: 12, encode: () => null, decode: () => UNKNOWN })
  return codec
}

function toValue(raw: unknown): Value {
  if (raw === undefined || raw === null) return null
  if (typeof raw === 'bigint') return narrow(raw)
  if (typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean') return raw
  if (raw instanceof Unknown) return raw
  if (Array.isArray(raw)) return raw.map(toValue)
  if (typeof raw === 'object') {
    return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, toValue(value)]))
  }
  throw new TypeError(`No Terraform value can be made from a ${typeof raw}.`)
}

function narrow(integer: bigint): number | bigint {
  const number = Number(integer)
  return Number.isSafeInteger(number) ? number : integer
}
