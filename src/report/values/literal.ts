import { visible } from '../markdown.ts'
import type { Masker } from '../masking/masker.ts'
import { MASK } from '../masking/matcher.ts'

export const SENSITIVE = '(sensitive value)'
export const UNKNOWN = '(known after apply)'
export const HIDDEN_BY_NAME = '(hidden: secret by its name)'
export const TOO_DEEP = '(nested too deeply to be shown)'

/** A string, number, boolean or null on one line, as HCL writes it. */
export function renderScalar(value: unknown, { mask }: Masker): string {
  if (typeof value === 'string') return visible(JSON.stringify(mask(value)))
  return typeof value === 'number' ? mask(String(value)) : String(value)
}

/** The name of a member: an attribute, or the key of a map, which may be any text. */
export function renderName(name: string, { mask }: Masker): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? mask(name) : visible(JSON.stringify(mask(name)))
}

/** The lines of a text that is too long for a literal; undefined when it fits on one line. */
export function linesOf(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'string' || !value.includes('\n')) return undefined
  return value.replace(/\n$/, '').split('\n')
}

/** The object or list that a string holds as JSON; undefined when it holds none. */
export function parseContainer(value: unknown, { mask }: Masker): object | undefined {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return undefined
  // A secret that is JSON as a whole, such as a key file, has no parts to be shown.
  if (mask(value).trim() === MASK) return undefined
  try {
    const parsed: unknown = JSON.parse(value)
    if (typeof parsed !== 'object' || parsed === null) return undefined
    return isDeeperThan(parsed, DEEPEST_JSON) ? undefined : parsed
  } catch {
    // Text that only begins like JSON is shown as text.
    return undefined
  }
}

/** What is nested deeper is meant to break something; as text it cannot. */
const DEEPEST_JSON = 200

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1))
}
