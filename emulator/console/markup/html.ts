/** Text that may stand in a page as it is: made by `html`, or proven harmless. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may be put between the tags of a template; everything that is not Html is escaped. */
export type Piece = Html | string | number | undefined | false | readonly Piece[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup with pieces in it: `html\`<b>${name}</b>\`` cannot be broken out of, also in attributes. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(
    texts.reduce((before, text, index) => before + renderPiece(pieces[index - 1]) + text)
  )
}

/** The text as text, between tags as well as inside of quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}

function renderPiece(piece: Piece): string {
  if (piece === undefined || piece === false) return ''
  if (piece instanceof Html) return piece.text
  if (typeof piece === 'object') return piece.map(renderPiece).join('')
  return escapeHtml(String(piece))
}
