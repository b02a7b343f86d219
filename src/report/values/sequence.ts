/** A stretch of two sequences: either the same in both, or replaced. Ends are exclusive. */
export interface Run {
  readonly isSame: boolean
  readonly before: readonly [from: number, to: number]
  readonly after: readonly [from: number, to: number]
}

/** Beyond so many differences nobody reads them one by one, and the search would cost its square. */
const MOST_EDITS = 100

/** The runs that turn one sequence into the other (Myers), the fewest edits where they are few. */
export function compareSequences(
  before: readonly string[],
  after: readonly string[]
): readonly Run[] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  const shorter = Math.min(before.length, after.length) - head
  while (tail < shorter && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const runs: Run[] = []
  const push = (run: Run): void => {
    if (run.before[0] < run.before[1] || run.after[0] < run.after[1]) runs.push(run)
  }
  push({ isSame: true, before: [0, head], after: [0, head] })
  const middle = {
    before: before.slice(head, before.length - tail),
    after: after.slice(head, after.length - tail),
  }
  for (const { isSame, before: b, after: a } of compareMiddle(middle.before, middle.after)) {
    push({ isSame, before: [b[0] + head, b[1] + head], after: [a[0] + head, a[1] + head] })
  }
  push({
    isSame: true,
    before: [before.length - tail, before.length],
    after: [after.length - tail, after.length],
  })
  return runs
}

function compareMiddle(before: readonly string[], after: readonly string[]): readonly Run[] {
  const all: Run = { isSame: false, before: [0, before.length], after: [0, after.length] }
  if (before.length === 0 || after.length === 0) return [all]
  const trace = searchEdits(before, after)
  return trace === undefined ? [all] : runsOf(walkBack(trace, before.length, after.length), all)
}

/** The furthest points per diagonal after each number of edits; undefined when there are too many. */
function searchEdits(
  before: readonly string[],
  after: readonly string[]
): readonly Int32Array[] | undefined {
  const most = Math.min(MOST_EDITS, before.length + after.length)
  const furthest = new Int32Array(2 * most + 3)
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= most; edits++) {
    trace.push(furthest.slice(most + 1 - edits - 1, most + 1 + edits + 2))
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = most + 1 + diagonal
      const left = furthest[at - 1] ?? 0
      const above = furthest[at + 1] ?? 0
      let x = diagonal === -edits || (diagonal !== edits && left < above) ? above : left + 1
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal])
        x++
      furthest[at] = x
      if (x >= before.length && x - diagonal >= after.length) return trace
    }
  }
  return undefined
}

/** Pairs of equal elements, last first. */
function walkBack(
  trace: readonly Int32Array[],
  beforeLength: number,
  afterLength: number
): readonly (readonly [number, number])[] {
  const same: [number, number][] = []
  let x = beforeLength
  let y = afterLength
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const furthest = trace[edits]
    const diagonal = x - y
    const reached = (of: number): number => furthest?.[of + edits + 1] ?? 0
    const isDown =
      diagonal === -edits || (diagonal !== edits && reached(diagonal - 1) < reached(diagonal + 1))
    const from = isDown ? diagonal + 1 : diagonal - 1
    const startX = edits === 0 ? 0 : reached(from)
    const startY = edits === 0 ? 0 : startX - from
    while (x > startX && y > startY) {
      x--
      y--
      same.push([x, y])
    }
    x = startX
    y = startY
  }
  return same
}

function runsOf(lastFirst: readonly (readonly [number, number])[], all: Run): readonly Run[] {
  const runs: Run[] = []
  let [x, y] = [0, 0]
  let [startX, startY] = [0, 0]
  const closeSame = (): void => {
    if (x > startX) runs.push({ isSame: true, before: [startX, x], after: [startY, y] })
    startX = x
    startY = y
  }
  for (const [nextX, nextY] of [
    ...lastFirst.toReversed(),
    [all.before[1], all.after[1]] as const,
  ]) {
    if (nextX !== x || nextY !== y) {
      closeSame()
      runs.push({ isSame: false, before: [x, nextX], after: [y, nextY] })
      startX = nextX
      startY = nextY
    }
    x = nextX + 1
    y = nextY + 1
  }
  // The end stands for an element behind the last one.
  x--
  y--
  closeSame()
  return runs
}
