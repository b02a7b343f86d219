/** How much of a thing is shown: all, all that changes, an excerpt of that, one line, nothing. */
export type Level = 0 | 1 | 2 | 3 | 4

const LEFT_OUT: Level = 4

/** One thing that is told; each further level is shorter. */
export interface Piece {
  render(level: Level): string
}

/** Things of one kind. */
export interface Group {
  readonly title: string
  /** The higher, the later it is cut; from `LAST_TO_GO` on after everything else. */
  readonly importance: number
  readonly pieces: readonly Piece[]
}

export const LAST_TO_GO = 100

/** What is shown of the pieces of a group. */
export interface Fitted {
  readonly texts: readonly string[]
  /** Number of pieces at each level. */
  readonly counts: readonly number[]
}

export interface Budget {
  readonly limit: number
  /** How much of the limit a text takes. */
  readonly measure: (text: string) => number
}

interface Slot {
  readonly piece: Piece
  level: Level
  text: string
  size: number
}

/** After so many in a row that do not fit, the rest of a group is not tried. */
const MOST_MISSES = 50

/**
 * Shows as much as fits. It begins with nothing and adds what is the most important, so that what
 * gets cut is the least important, and the work depends on the room and not on the plan.
 */
export function fitGroups(groups: readonly Group[], { limit, measure }: Budget): readonly Fitted[] {
  const slots = groups.map(({ pieces }) =>
    pieces.map((piece): Slot => ({ piece, level: LEFT_OUT, text: '', size: 0 }))
  )
  let room = limit
  for (const { group, level } of stepsOf(groups)) {
    let misses = 0
    for (const slot of slots[group] ?? []) {
      if (slot.level !== level + 1) continue
      const text = slot.piece.render(level)
      const more = text === slot.text ? 0 : measure(text) - slot.size
      if (more > room) {
        if (++misses === MOST_MISSES) break
        continue
      }
      misses = 0
      room -= more
      Object.assign(slot, { level, text, size: slot.size + more })
    }
  }
  return slots.map(fittedOf)
}

/** What is added, the most important first. */
function stepsOf(groups: readonly Group[]): readonly { group: number; level: Level }[] {
  const steps = groups.flatMap(({ importance }, group) =>
    ([0, 1, 2, 3] as const).map((level) => ({ group, level, rank: rankOf(importance, level) }))
  )
  return steps.sort((a, b) => b.rank - a.rank || a.group - b.group)
}

// Context comes when everything else is there. A kind is named before the details of a kind of
// little more importance are told, so that one sees something of all of them; what destroys is not
// weighed against anything.
function rankOf(importance: number, level: Level): number {
  if (level === 0) return importance - 10_000
  return importance + level * (importance >= LAST_TO_GO ? 1000 : 10)
}

function fittedOf(slots: readonly Slot[]): Fitted {
  const counts = [0, 0, 0, 0, 0]
  for (const { level } of slots) counts[level] = (counts[level] ?? 0) + 1
  return { texts: slots.map(({ text }) => text), counts }
}
