import { isRecord } from '../../lib/json.ts'

/** A value in a plan, before and after, with the trees that say what is unknown and sensitive. */
export interface Pair {
  /** `undefined` where there is none. */
  readonly before: unknown
  readonly after: unknown
  readonly unknown: unknown
  readonly beforeMarks: unknown
  readonly afterMarks: unknown
}

/** The member or element of a value; never one that every object inherits. */
export function childOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value[Number(key)]
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** What a tree of marks says of a member: `true` holds for everything below. */
function markOf(marks: unknown, key: string | number): unknown {
  return marks === true ? true : childOf(marks, key)
}

export function memberOf(pair: Pair, key: string | number): Pair {
  return {
    before: childOf(pair.before, key),
    after: childOf(pair.after, key),
    unknown: markOf(pair.unknown, key),
    beforeMarks: markOf(pair.beforeMarks, key),
    afterMarks: markOf(pair.afterMarks, key),
  }
}

/** One side of a pair, for what only is created or only goes. */
export function elementOf(pair: Pair, side: 'before' | 'after', index: number): Pair {
  const isAfter = side === 'after'
  return {
    before: isAfter ? undefined : childOf(pair.before, index),
    after: isAfter ? childOf(pair.after, index) : undefined,
    unknown: isAfter ? markOf(pair.unknown, index) : undefined,
    beforeMarks: isAfter ? undefined : markOf(pair.beforeMarks, index),
    afterMarks: isAfter ? markOf(pair.afterMarks, index) : undefined,
  }
}

/** The elements of both sides that belong together. */
export function elementPair(pair: Pair, before: number, after: number): Pair {
  return {
    before: childOf(pair.before, before),
    after: childOf(pair.after, after),
    unknown: markOf(pair.unknown, after),
    beforeMarks: markOf(pair.beforeMarks, before),
    afterMarks: markOf(pair.afterMarks, after),
  }
}

/** Names of all members, sorted; those that are known only after apply stand in `unknown` alone. */
export function memberNames({ before, after, unknown }: Pair): readonly string[] {
  const names = new Set<string>()
  for (const side of [before, after]) {
    if (isRecord(side)) for (const name of Object.keys(side)) names.add(name)
  }
  if (isRecord(unknown)) {
    for (const [name, mark] of Object.entries(unknown)) if (hasMark(mark)) names.add(name)
  }
  return [...names].sort()
}

/** Whether a tree of marks holds a `true` anywhere. */
export function hasMark(marks: unknown): boolean {
  if (marks === true) return true
  if (typeof marks !== 'object' || marks === null) return false
  return Object.values(marks).some(hasMark)
}

/** Whether nothing changes, sensitivity included. */
export function isUnchanged(pair: Pair): boolean {
  return (
    !hasMark(pair.unknown) &&
    isEqual(pair.before, pair.after) &&
    hasMark(pair.beforeMarks) === hasMark(pair.afterMarks)
  )
}

/** Equality of JSON values. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, index) => isEqual(item, b[index]))
  }
  if (!isRecord(a) || !isRecord(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isEqual(a[name], b[name]))
  )
}
