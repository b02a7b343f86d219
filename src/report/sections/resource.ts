import { codeSpan, counted, fence, htmlCode, visible } from '../markdown.ts'
import type { Masker } from '../masking/masker.ts'
import type { ResourceChange } from '../plan/changes.ts'
import { renderPath, renderReason } from '../plan/reasons.ts'
import { type Body, BodyWriter } from '../values/body.ts'
import { type Canvas, pathKey, ROOT } from '../values/canvas.ts'
import { writeMemberChanges } from '../values/change.ts'
import { writeMembers } from '../values/whole.ts'
import { textAt } from './excerpt.ts'
import type { SectionPiece } from './section.ts'

/** How many lines stand open before the reader has clicked on anything. */
export class Opening {
  #lines: number

  constructor(lines: number) {
    this.#lines = lines
  }

  /** Whether the next resource stands open; from the first one on that is too long, none does. */
  admits(change: ResourceChange, masker: Masker): boolean {
    if (this.#lines > 0) this.#lines -= drawResource(change, masker).lines.length
    return this.#lines > 0
  }
}

interface ResourceOptions {
  readonly masker: Masker
  readonly opening: Opening
  /** What somebody else did, not what this plan does. */
  readonly isDrift?: boolean
}

/**
 * One resource of a report: its name and reason always, its attributes as far as there is room.
 * The diff is drawn when it is asked for and not kept: few of very many are ever shown.
 */
export function buildResourcePiece(
  change: ResourceChange,
  { masker, opening, isDrift = false }: ResourceOptions
): SectionPiece {
  const isOpen = opening.admits(change, masker)
  const title = titleOf(change, notesOf(change, masker, isDrift), masker)
  return {
    renderLog: () => {
      const { lines } = drawResource(change, masker)
      return `${signOf(change)} ${title(visible)}\n${lines.join('\n')}\n`
    },
    render: (level) => {
      const text = level >= 3 ? undefined : textAt(drawResource(change, masker), level)
      if (text === undefined) return `- ${title(codeSpan)}\n`
      const start = `<details${isOpen ? ' open' : ''}><summary>${title(htmlCode)}</summary>`
      return `\n${start}\n\n${fence(text, 'diff')}\n</details>\n\n`
    },
  }
}

/** The lines of the diff of one resource. */
export function drawResource(change: ResourceChange, masker: Masker): Body {
  const body = new BodyWriter()
  const forcing = new Set(change.replacePaths.map(pathKey))
  const { pair, kind } = change
  const isNew = kind === 'create' || kind === 'replace'
  const canvas: Canvas = { body, masker, forcing, isNew }
  if (pair.beforeMarks === true || pair.afterMarks === true) {
    body.add('!', '(sensitive value)')
  } else if (pair.before === undefined && pair.after !== undefined) {
    writeMembers(canvas, ROOT, { pair, mark: '+' })
  } else if (pair.after === undefined && pair.before !== undefined) {
    if (kind !== 'forget') writeMembers(canvas, ROOT, { pair, mark: '-' })
  } else if (kind !== 'no-op') {
    writeMemberChanges(canvas, ROOT, pair)
  }
  return body
}

/** The address and what is to be said about it, with names written as `code` writes them. */
type Title = (code: (text: string) => string) => string

function titleOf({ address }: ResourceChange, notes: readonly Note[], masker: Masker): Title {
  const shown = masker.maskAddress(address)
  return (code) =>
    code(shown) + notes.map((note) => ` · ${note.text}${note.codes.map(code).join(', ')}`).join('')
}

/** More are in the diff. */
const MOST_PATHS = 5

interface Note {
  readonly text: string
  readonly codes: readonly string[]
}

function notesOf(change: ResourceChange, masker: Masker, isDrift: boolean): readonly Note[] {
  const notes: Note[] = []
  const add = (text: string, codes: readonly string[] = []): void => {
    notes.push({ text, codes })
  }
  if (isDrift && change.kind === 'delete') add('is gone')
  if (change.deposed !== undefined)
    add('left over from an interrupted replacement, deposed ', [change.deposed])
  const paths = change.replacePaths.map((path) => masker.mask(renderPath(path)))
  if (change.kind === 'replace' && paths.length > 0) {
    add('forced by ', paths.slice(0, MOST_PATHS))
    if (paths.length > MOST_PATHS) add(`and by ${counted(paths.length - MOST_PATHS, 'more path')}`)
  }
  const reason = renderReason(change)
  // The paths say the same, and say it better.
  if (reason !== '' && !(paths.length > 0 && change.reason === 'replace_because_cannot_update'))
    add(reason)
  if (change.actions.join() === 'create,delete') add('the new one first')
  if (change.actions.join() === 'create,forget') add('the old one is forgotten, not destroyed')
  if (change.previousAddress !== undefined)
    add('was ', [masker.maskAddress(change.previousAddress)])
  if (change.importing !== undefined) add('imported from ', [masker.mask(change.importing)])
  if (change.kind === 'other') add(`terraform calls it `, [change.actions.join(', ')])
  return notes
}

const SIGNS: Readonly<Record<string, string>> = {
  create: '+',
  update: '~',
  delete: '-',
  replace: '-/+',
  read: '<=',
  forget: '.',
}

function signOf({ kind }: ResourceChange): string {
  return SIGNS[kind] ?? '?'
}
