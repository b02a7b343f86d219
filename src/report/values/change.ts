import { isRecord } from '../../lib/json.ts'
import { type Canvas, DEEPEST, forcingNote, jsonPlace, memberPlace, type Place } from './canvas.ts'
import { writeListChange } from './list-change.ts'
import { HIDDEN_BY_NAME, parseContainer, renderScalar, SENSITIVE, UNKNOWN } from './literal.ts'
import { writeTextChange } from './text-change.ts'
import { hasMark, isEqual, isUnchanged, memberNames, memberOf, type Pair } from './tree.ts'
import { isUnset, namesKnownLater, writeKnownLater, writeWhole } from './whole.ts'

/** Shown even when they stay, because they say which thing this is. */
const TELLING = new Set(['id', 'name'])

/** Writes what changes between the two sides of a value that has both. */
export function writeChange(canvas: Canvas, place: Place, pair: Pair): void {
  const { before, after } = pair
  const isOneSided = before === undefined || after === undefined
  if (isOneSided && pair.unknown !== true) {
    writeBoth(canvas, place, pair)
  } else if (pair.beforeMarks === true || pair.afterMarks === true) {
    writeHiddenChange(canvas, place, pair)
  } else if (place.isSecret) {
    canvas.body.add(
      '!',
      `${place.label}${HIDDEN_BY_NAME}${place.close} # changes${forcingNote(canvas, place)}`
    )
  } else if (pair.unknown === true) {
    writeUnknownChange(canvas, place, pair)
  } else if (place.depth > DEEPEST) {
    writeBoth(canvas, place, pair)
  } else if (Array.isArray(before) && Array.isArray(after)) {
    writeListChange(canvas, place, { pair, writeChange })
  } else if (isRecord(before) && isRecord(after)) {
    writeObjectChange(canvas, place, pair)
  } else if (typeof before === 'string' && typeof after === 'string') {
    writeStringChange(canvas, place, { ...pair, before, after })
  } else {
    writeBoth(canvas, place, pair)
  }
}

function writeHiddenChange(canvas: Canvas, place: Place, pair: Pair): void {
  const note = forcingNote(canvas, place)
  const wasHidden = pair.beforeMarks === true
  const isHidden = pair.afterMarks === true
  const what =
    pair.unknown === true
      ? 'known after apply'
      : !isEqual(pair.before, pair.after)
        ? 'changes'
        : wasHidden === isHidden
          ? 'stays'
          : isHidden
            ? 'becomes sensitive'
            : 'is no longer sensitive'
  canvas.body.add('!', `${place.label}${SENSITIVE}${place.close} # ${what}${note}`)
}

function writeUnknownChange(canvas: Canvas, place: Place, { before, ...rest }: Pair): void {
  const { body } = canvas
  const note = forcingNote(canvas, place)
  const line = `${place.label}${UNKNOWN}${place.close}${note}`
  if (typeof before === 'object' && before !== null && !(isUnset(before) && place.isAttribute)) {
    // What a provider computes anew is long, and nobody can compare it with what is not known yet.
    const count = Object.keys(before).length
    body.add(
      '!',
      `${place.label}${Array.isArray(before) ? `[…${count}]` : `{…${count}}`} -> ${UNKNOWN}${place.close}${note}`
    )
  } else if (before === undefined || (isUnset(before) && place.isAttribute)) {
    body.add('+', line)
  } else {
    writeWhole({ ...canvas, forcing: NONE }, place, { pair: { ...rest, before }, mark: '-' })
    body.add('+', line)
  }
}

const NONE: ReadonlySet<string> = new Set()

/** One side after the other: kinds differ, or there is only one. */
function writeBoth(canvas: Canvas, place: Place, pair: Pair): void {
  const { before, after } = pair
  const hasBefore = place.isAttribute ? !isUnset(before) : before !== undefined
  const hasAfter =
    (place.isAttribute ? !isUnset(after) : after !== undefined) || hasMark(pair.unknown)
  if (hasBefore)
    writeWhole(hasAfter ? { ...canvas, forcing: NONE } : canvas, place, { pair, mark: '-' })
  if (hasAfter) writeWhole(canvas, place, { pair, mark: '+' })
}

function writeStringChange(
  canvas: Canvas,
  place: Place,
  pair: Pair & { before: string; after: string }
): void {
  const [before, after] = [pair.before, pair.after].map((text) =>
    parseContainer(text, canvas.masker)
  )
  // Where only white space differs, or digits that JSON.parse rounds, the texts themselves are shown.
  if (before !== undefined && after !== undefined && !isEqual(before, after)) {
    writeChange(canvas, jsonPlace(place), {
      before,
      after,
      unknown: undefined,
      beforeMarks: undefined,
      afterMarks: undefined,
    })
    return
  }
  writeTextChange(canvas, place, { before: pair.before, after: pair.after })
}

function writeObjectChange(canvas: Canvas, place: Place, pair: Pair): void {
  canvas.body.add(' ', `${place.label}{${forcingNote(canvas, place)}`)
  canvas.body.nest(() => {
    writeMemberChanges(canvas, place, pair)
  })
  canvas.body.add(' ', `}${place.close}`)
}

/** Writes the members that change, and says how many do not. */
export function writeMemberChanges(canvas: Canvas, place: Place, pair: Pair): void {
  let unchanged = 0
  const later = namesKnownLater(canvas, place, pair)
  for (const name of forcingFirst(canvas, place, memberNames(pair))) {
    if (later.has(name)) continue
    const member = memberOf(pair, name)
    const value = member.after ?? member.before
    const isSame = isUnchanged(member)
    if (isSame && place.isBody && isUnset(value)) continue
    if (isSame && !TELLING.has(name)) {
      unchanged++
      continue
    }
    const inner = memberPlace(canvas, place, { name, owners: pair, values: member })
    if (!isSame) writeChange(canvas, inner, member)
    else if (isTelling(inner, member)) {
      canvas.body.addContext(`${inner.label}${renderScalar(value, canvas.masker)}`)
    } else unchanged++
  }
  writeKnownLater(canvas, later)
  canvas.body.addHidden(unchanged, place.isBody ? 'attribute' : 'element')
}

/** What a replacement is due to comes before what it entails. */
function forcingFirst(
  { forcing }: Canvas,
  { path }: Place,
  names: readonly string[]
): readonly string[] {
  if (forcing.size === 0 || path !== '') return names
  const first = new Set([...forcing].map((key) => key.split('/')[1] ?? ''))
  return [...names.filter((name) => first.has(name)), ...names.filter((name) => !first.has(name))]
}

function isTelling(place: Place, { after, afterMarks, beforeMarks }: Pair): boolean {
  return (
    typeof after === 'string' &&
    !place.isSecret &&
    !after.includes('\n') &&
    after.length <= 120 &&
    afterMarks !== true &&
    beforeMarks !== true
  )
}
