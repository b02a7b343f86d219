import { visible } from '../markdown.ts'
import { MASK } from '../masking/matcher.ts'
import type { BodyWriter } from './body.ts'
import { type Canvas, forcingNote, type Place } from './canvas.ts'
import { renderScalar } from './literal.ts'
import { compareSequences, type Run } from './sequence.ts'

/** Lines around a change of a long text. */
const CONTEXT_LINES = 3

/** Writes the change of a text: whole where it is one line, line by line where it is more. */
export function writeTextChange(
  canvas: Canvas,
  place: Place,
  { before, after }: { before: string; after: string }
): void {
  const { body, masker } = canvas
  const note = forcingNote(canvas, place)
  const masked = { before: masker.mask(before), after: masker.mask(after) }
  if (masked.before === masked.after) {
    body.add('!', `${place.label}${MASK}${place.close} # changes in what is hidden${note}`)
    return
  }
  if (!before.includes('\n') && !after.includes('\n')) {
    body.add('-', `${place.label}${renderScalar(before, masker)}${place.close}`)
    body.add('+', `${place.label}${renderScalar(after, masker)}${place.close}${note}`)
    return
  }
  body.add(' ', `${place.label}<<EOT${note}`)
  body.nest(() => {
    writeLines(body, withoutLastFeed(masked.before), withoutLastFeed(masked.after))
    if (masked.before.endsWith('\n') !== masked.after.endsWith('\n')) {
      const now = masked.after.endsWith('\n') ? 'now ends' : 'no longer ends'
      body.add('!', `(the text ${now} with a line feed)`)
    }
  })
  body.add(' ', `EOT${place.close}`)
}

/** The lines of a text; one that ends with a line feed has no empty line behind it. */
function withoutLastFeed(text: string): readonly string[] {
  const lines = text.split('\n')
  return lines.length > 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

function writeLines(body: BodyWriter, before: readonly string[], after: readonly string[]): void {
  const runs = compareSequences(before, after)
  runs.forEach((run, index) => {
    if (run.isSame) {
      writeSameLines(body, after, { run, isFirst: index === 0, isLast: index === runs.length - 1 })
      return
    }
    for (const line of before.slice(...run.before)) body.add('-', visible(line))
    for (const line of after.slice(...run.after)) body.add('+', visible(line))
  })
}

function writeSameLines(
  body: BodyWriter,
  lines: readonly string[],
  { run, isFirst, isLast }: { run: Run; isFirst: boolean; isLast: boolean }
): void {
  const [from, to] = run.after
  const headTo = isFirst ? from : Math.min(to, from + CONTEXT_LINES)
  const end = isLast ? to : Math.max(headTo, to - CONTEXT_LINES)
  // A remark in place of a single line would save nothing.
  const tailFrom = end - headTo === 1 ? headTo : end
  for (const line of lines.slice(from, headTo)) body.addContext(visible(line))
  body.addHidden(tailFrom - headTo, 'line')
  for (const line of lines.slice(tailFrom, to)) body.addContext(visible(line))
}
