import type { Level } from '../budget.ts'
import { codeSpan, fence, htmlCode } from '../markdown.ts'
import type { Masker } from '../masking/masker.ts'
import type { OutputChange } from '../plan/changes.ts'
import { type Body, BodyWriter } from '../values/body.ts'
import { type Canvas, memberPlace, ROOT } from '../values/canvas.ts'
import { writeChange } from '../values/change.ts'
import { textAt } from './excerpt.ts'
import type { Section } from './section.ts'

/** How many outputs are named where their values are folded or left out. */
const MOST_NAMES = 20

/** All outputs in one diff: they are short, and read together. */
export function buildOutputs(
  outputs: readonly OutputChange[],
  { masker, isOpen }: { readonly masker: Masker; readonly isOpen: boolean }
): Section {
  const body = drawOutputs(outputs, masker)
  const names = (code: (text: string) => string): string =>
    outputs
      .slice(0, MOST_NAMES)
      .map(({ name }) => code(name))
      .join(', ') + (outputs.length > MOST_NAMES ? ', …' : '')
  const render = (level: Level): string => {
    const text = textAt(body, level)
    if (text === undefined) return `- ${names(codeSpan)}\n`
    const start = `<details${isOpen ? ' open' : ''}><summary>${names(htmlCode)}</summary>`
    return `\n${start}\n\n${fence(text, 'diff')}\n</details>\n\n`
  }
  const pieces = outputs.length === 0 ? [] : [{ renderLog: () => body.lines.join('\n'), render }]
  return { title: 'Outputs', importance: 16, count: outputs.length, pieces }
}

const NOBODY = { before: undefined, after: undefined }

function drawOutputs(outputs: readonly OutputChange[], masker: Masker): Body {
  const body = new BodyWriter()
  const canvas: Canvas = { body, masker, forcing: new Set(), isNew: false }
  for (const { name, pair } of outputs) {
    const place = memberPlace(canvas, ROOT, { name, owners: NOBODY, values: pair })
    writeChange(canvas, { ...place, isAttribute: false }, pair)
  }
  return body
}
