import { isRecord } from '../../lib/json.ts'
import { visible } from '../markdown.ts'
import type { Mark } from './body.ts'
import {
  blockPlace,
  type Canvas,
  DEEPEST,
  elementPlace,
  forcingNote,
  isBlockList,
  jsonPlace,
  memberPlace,
  type Place,
} from './canvas.ts'
import {
  HIDDEN_BY_NAME,
  linesOf,
  parseContainer,
  renderName,
  renderScalar,
  SENSITIVE,
  TOO_DEEP,
  UNKNOWN,
} from './literal.ts'
import { elementOf, hasMark, memberNames, memberOf, type Pair } from './tree.ts'

/** Writes a value that is there on one side only. */
export function writeWhole(
  canvas: Canvas,
  place: Place,
  { pair, mark }: { pair: Pair; mark: '+' | '-' }
): void {
  const value = mark === '+' ? pair.after : pair.before
  const instead = insteadOf(place, pair, mark)
  const note = forcingNote(canvas, place)
  if (instead !== undefined) {
    canvas.body.add(mark, `${place.label}${instead}${place.close}${note}`)
  } else if (Array.isArray(value)) {
    writeList(canvas, place, { pair, mark, value })
  } else if (isRecord(value) || (mark === '+' && value === undefined && isRecord(pair.unknown))) {
    writeObject(canvas, place, { pair, mark })
  } else {
    writeText(canvas, place, { value, mark })
  }
}

/** What is written where the value itself must not or cannot be. */
export function insteadOf(place: Place, pair: Pair, mark: Mark): string | undefined {
  if (pair.beforeMarks === true || pair.afterMarks === true) return SENSITIVE
  if (mark !== '-' && pair.unknown === true) return UNKNOWN
  if (place.isSecret) return HIDDEN_BY_NAME
  return place.depth > DEEPEST ? TOO_DEEP : undefined
}

interface Side {
  readonly pair: Pair
  readonly mark: '+' | '-'
}

function writeList(
  canvas: Canvas,
  place: Place,
  { pair, mark, value }: Side & { value: readonly unknown[] }
): void {
  const side = mark === '+' ? 'after' : 'before'
  if (isBlockList(place, value)) {
    value.forEach((_, index) => {
      writeWhole(canvas, blockPlace(canvas, place, index), {
        pair: elementOf(pair, side, index),
        mark,
      })
    })
    return
  }
  const note = forcingNote(canvas, place)
  if (value.length === 0) {
    canvas.body.add(mark, `${place.label}[]${place.close}${note}`)
    return
  }
  canvas.body.add(mark, `${place.label}[${note}`)
  canvas.body.nest(() => {
    value.forEach((_, index) => {
      writeWhole(canvas, elementPlace(place, index), { pair: elementOf(pair, side, index), mark })
    })
  })
  canvas.body.add(mark, `]${place.close}`)
}

function writeObject(canvas: Canvas, place: Place, { pair, mark }: Side): void {
  const names = memberNames(mark === '+' ? pair : { ...pair, unknown: undefined })
  const note = forcingNote(canvas, place)
  if (names.length === 0) {
    canvas.body.add(mark, `${place.label}{}${place.close}${note}`)
    return
  }
  canvas.body.add(mark, `${place.label}{${note}`)
  canvas.body.nest(() => {
    writeMembers(canvas, place, { pair, mark })
  })
  canvas.body.add(mark, `}${place.close}`)
}

/** Writes the members of an object; of a resource or block those that are not set are left out. */
export function writeMembers(canvas: Canvas, place: Place, { pair, mark }: Side): void {
  const names = memberNames(mark === '+' ? pair : { ...pair, unknown: undefined })
  const later = mark === '+' ? namesKnownLater(canvas, place, pair) : NO_NAMES
  for (const name of names) {
    const member = memberOf(pair, name)
    const value = mark === '+' ? member.after : member.before
    if (place.isBody && isUnset(value) && (mark === '-' || !hasMark(member.unknown))) continue
    if (later.has(name)) continue
    const inner = memberPlace(canvas, place, { name, owners: pair, values: member })
    writeWhole(canvas, inner, { pair: member, mark })
  }
  writeKnownLater(canvas, later)
}

const NO_NAMES: ReadonlySet<string> = new Set()
const FEWEST_TOGETHER = 3

/**
 * What only the apply can tell of a new thing: named together on one line instead of on one each,
 * because most of it is the provider's own.
 */
export function namesKnownLater(canvas: Canvas, place: Place, pair: Pair): ReadonlySet<string> {
  if (!canvas.isNew || !place.isBody || !isRecord(pair.unknown)) return NO_NAMES
  const names = Object.entries(pair.unknown)
    .filter(([name, mark]) => mark === true && !canvas.forcing.has(`${place.path}/${name}`))
    .map(([name]) => name)
  return names.length < FEWEST_TOGETHER ? NO_NAMES : new Set(names.sort())
}

export function writeKnownLater({ body, masker }: Canvas, names: ReadonlySet<string>): void {
  if (names.size === 0) return
  body.addRemark(`${UNKNOWN}: ${[...names].map((name) => renderName(name, masker)).join(', ')}`)
}

/** What stands in a plan for an attribute or block that nobody has written. */
export function isUnset(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}

function writeText(
  canvas: Canvas,
  place: Place,
  { value, mark }: { value: unknown; mark: '+' | '-' }
): void {
  const { body, masker } = canvas
  const note = forcingNote(canvas, place)
  const json = parseContainer(value, masker)
  if (json !== undefined) {
    writeWhole(canvas, jsonPlace(place), { pair: pairOf(json, mark), mark })
    return
  }
  const lines = typeof value === 'string' ? linesOf(masker.mask(value)) : undefined
  if (lines === undefined) {
    body.add(mark, `${place.label}${renderScalar(value, masker)}${place.close}${note}`)
    return
  }
  body.add(mark, `${place.label}<<EOT${note}`)
  body.nest(() => {
    for (const line of lines) body.add(mark, visible(line))
  })
  body.add(mark, `EOT${place.close}`)
}

/** A pair of a value that stands in another one as JSON: nothing in it is unknown or marked. */
function pairOf(value: unknown, mark: '+' | '-'): Pair {
  return {
    before: mark === '-' ? value : undefined,
    after: mark === '+' ? value : undefined,
    unknown: undefined,
    beforeMarks: undefined,
    afterMarks: undefined,
  }
}
