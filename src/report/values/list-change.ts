import { isRecord } from '../../lib/json.ts'
import {
  blockPlace,
  type Canvas,
  elementPlace,
  forcingNote,
  isBlockList,
  type Place,
} from './canvas.ts'
import { renderScalar } from './literal.ts'
import { compareSequences, type Run } from './sequence.ts'
import { childOf, elementOf, elementPair, type Pair } from './tree.ts'
import { writeWhole } from './whole.ts'

/** Members by which an object of a list is known again when something else of it changes. */
const IDENTITIES = ['name', 'key', 'id', 'Sid', 'zone', 'port']

/** How an element that changes inside is written. */
type WriteChange = (canvas: Canvas, place: Place, pair: Pair) => void

/** Writes a list, set or tuple element by element: what comes, what goes, what changes inside. */
export function writeListChange(
  canvas: Canvas,
  place: Place,
  { pair, writeChange }: { readonly pair: Pair; readonly writeChange: WriteChange }
): void {
  const isBlocks = isBlockList(place, pair.before, pair.after)
  const write = (): void => {
    const runs = compareSequences(keysOf(pair, 'before'), keysOf(pair, 'after'))
    runs.forEach((run, index) => {
      if (run.isSame)
        writeSame(canvas, {
          pair,
          run,
          isBlocks,
          isFirst: index === 0,
          isLast: index === runs.length - 1,
        })
      else writeReplaced(canvas, place, { pair, run, isBlocks, writeChange })
    })
  }
  if (isBlocks) {
    write()
    return
  }
  canvas.body.add(' ', `${place.label}[${forcingNote(canvas, place)}`)
  canvas.body.nest(write)
  canvas.body.add(' ', `]${place.close}`)
}

/** A text per element that differs when anything about it does. */
function keysOf(pair: Pair, side: 'before' | 'after'): readonly string[] {
  const list = side === 'before' ? pair.before : pair.after
  if (!Array.isArray(list)) return []
  return list.map((item, index) => {
    const unknown =
      side === 'after' ? (pair.unknown === true ? true : childOf(pair.unknown, index)) : undefined
    const marks = side === 'after' ? pair.afterMarks : pair.beforeMarks
    const hidden = childOf(marks, index)
    return JSON.stringify([item, simplified(unknown), hidden === true])
  })
}

// `false`, `{}` and `[]` all say that everything is known.
function simplified(unknown: unknown): unknown {
  if (unknown === true) return true
  if (typeof unknown !== 'object' || unknown === null) return 0
  const marked = Object.entries(unknown).filter(([, mark]) => simplified(mark) !== 0)
  return marked.length === 0 ? 0 : marked
}

interface SameRun {
  readonly pair: Pair
  readonly run: Run
  readonly isBlocks: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** The neighbours of a change, so that one sees where it is; the rest is counted. */
function writeSame(canvas: Canvas, { pair, run, isBlocks, isFirst, isLast }: SameRun): void {
  const [from, to] = run.after
  const shownHead = isFirst ? 0 : 1
  const shownTail = isLast ? 0 : 1
  let hidden = 0
  const flush = (): void => {
    canvas.body.addHidden(hidden, isBlocks ? 'block' : 'element')
    hidden = 0
  }
  for (let index = from; index < to; index++) {
    const element = elementPair(pair, run.before[0] + index - from, index)
    const isNear = index < from + shownHead || index >= to - shownTail
    if (isNear && isShort(element)) {
      flush()
      canvas.body.addContext(renderScalar(element.after, canvas.masker))
    } else hidden++
  }
  flush()
}

function isShort({ after, unknown, beforeMarks, afterMarks }: Pair): boolean {
  if (beforeMarks === true || afterMarks === true || unknown === true) return false
  if (typeof after === 'string') return after.length <= 120 && !after.includes('\n')
  return typeof after === 'number' || typeof after === 'boolean'
}

interface ReplacedRun {
  readonly pair: Pair
  readonly run: Run
  readonly isBlocks: boolean
  readonly writeChange: WriteChange
}

function writeReplaced(
  canvas: Canvas,
  place: Place,
  { pair, run, isBlocks, writeChange }: ReplacedRun
): void {
  const placeOf = (index: number): Place =>
    isBlocks ? blockPlace(canvas, place, index) : elementPlace(place, index)
  const partners = pairUp(pair, run)
  const taken = new Set(partners.values())
  for (let index = run.before[0]; index < run.before[1]; index++) {
    const partner = partners.get(index)
    if (partner === undefined)
      writeWhole(canvas, placeOf(index), { pair: elementOf(pair, 'before', index), mark: '-' })
    else writeChange(canvas, placeOf(partner), elementPair(pair, index, partner))
  }
  for (let index = run.after[0]; index < run.after[1]; index++) {
    if (!taken.has(index))
      writeWhole(canvas, placeOf(index), { pair: elementOf(pair, 'after', index), mark: '+' })
  }
}

/** Which new element is the old one, changed: the one of its name, or the one in its place. */
function pairUp(pair: Pair, { before, after }: Run): ReadonlyMap<number, number> {
  const partners = new Map<number, number>()
  const free = new Map<string, number[]>()
  for (let index = after[1] - 1; index >= after[0]; index--) {
    const identity = identityOf(childOf(pair.after, index))
    if (identity === undefined) continue
    const alike = free.get(identity)
    if (alike) alike.push(index)
    else free.set(identity, [index])
  }
  for (let index = before[0]; index < before[1]; index++) {
    const identity = identityOf(childOf(pair.before, index))
    const partner = identity === undefined ? undefined : free.get(identity)?.pop()
    if (partner !== undefined) partners.set(index, partner)
  }
  // A single object that is called otherwise now is still the same one to whoever reads it.
  const isSingle = before[1] - before[0] === 1 && after[1] - after[0] === 1
  const [from, to] = [childOf(pair.before, before[0]), childOf(pair.after, after[0])]
  if (isSingle && isRecord(from) && isRecord(to)) partners.set(before[0], after[0])
  return partners
}

function identityOf(item: unknown): string | undefined {
  if (Array.isArray(item)) return 'list'
  if (!isRecord(item)) return undefined
  const name = IDENTITIES.find((key) => ['string', 'number'].includes(typeof childOf(item, key)))
  return name === undefined ? 'object' : `${name}:${String(item[name])}`
}
