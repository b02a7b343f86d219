import { escapeHtml, Html } from './html.ts'

/** Elements that GitHub shows, with the attributes that are kept. Nothing else gets into the page. */
const PLAIN =
  'b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p pre q s samp small span strong sub summary sup table tbody tfoot thead tr ul'
const ALLOWED: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...PLAIN.split(' ').map((name) => [name, ['class']] as const),
  ['a', ['href', 'title']],
  ['details', ['open']],
  ['td', ['align']],
  ['th', ['align']],
])
const VOID = new Set(['br', 'hr'])
/** What stands in these is no text for people. */
const SWALLOWED = new Set(
  'script style iframe object embed template noscript textarea title xmp plaintext noembed noframes svg math select'.split(
    ' '
  )
)
const CLASSES = /^(?:alert|alert-(?:note|tip|important|warning|caution)|language-[\w-]{1,30})$/
const LINK = /^(?:https?:\/\/|mailto:|#)/i

/** Private-use signs around a number: the place of a picture of ours, in text only. */
export const MARK = '\ue000'
const PLACE = new RegExp(`${MARK}(\\d+)${MARK}`, 'g')

/** One tag, one comment, or a text up to the next sign that could begin either. */
const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<(?<close>\/?)(?<name>[a-zA-Z][\w:-]*)(?<attributes>(?:[^<>"']|"[^"<]*"|'[^'<]*')*)>|[^<]+|</g
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g

/**
 * HTML of strangers, written anew from what is known to be harmless: no script, no handler, no
 * style, no picture from elsewhere, and no tag that reaches out of the place where it is shown.
 * Where a text holds the number of one of `pictures` between marks, that one is put.
 */
export function sanitise(source: string, pictures: readonly Html[] = []): Html {
  const open: string[] = []
  let swallowing = ''
  let result = ''
  for (const { 0: token, groups = {} } of source.matchAll(TOKEN)) {
    const name = (groups['name'] ?? '').toLowerCase()
    const isClosing = groups['close'] === '/'
    if (swallowing !== '') {
      if (isClosing && name === swallowing) swallowing = ''
    } else if (name === '') result += token.startsWith('<!--') ? '' : renderText(token, pictures)
    else if (SWALLOWED.has(name)) swallowing = isClosing ? '' : name
    else if (isClosing) result += close(open, name)
    else result += openTag(open, name, groups['attributes'] ?? '')
  }
  return new Html(result + open.reverse().map(closing).join(''))
}

function openTag(open: string[], name: string, attributes: string): string {
  if (name === 'img') return renderPicture(attributes)
  const kept = ALLOWED.get(name)
  if (!kept) return ''
  if (!VOID.has(name)) open.push(name)
  const written = readAttributes(attributes)
    .filter(([attribute, value]) => kept.includes(attribute) && isHarmless(attribute, value))
    .map(([attribute, value]) => ` ${attribute}="${escapeHtml(value)}"`)
  const outward = name === 'a' ? ' rel="noopener noreferrer" target="_blank"' : ''
  return `<${name}${written.join('')}${outward}>`
}

/** Closes what was opened since, too; a tag that was never opened is not closed. */
function close(open: string[], name: string): string {
  const at = open.lastIndexOf(name)
  return at < 0 ? '' : open.splice(at).reverse().map(closing).join('')
}

function closing(name: string): string {
  return `</${name}>`
}

function isHarmless(attribute: string, value: string): boolean {
  if (attribute === 'href') return LINK.test(value.replace(/[\u0000-\u0020]/g, ''))
  if (attribute === 'class') return value.split(/\s+/).every((one) => CLASSES.test(one))
  if (attribute === 'align') return /^(?:left|right|center)$/.test(value)
  return true
}

/** A picture would be fetched from elsewhere; its description is shown instead. */
function renderPicture(attributes: string): string {
  const [, alt = ''] = readAttributes(attributes).find(([name]) => name === 'alt') ?? []
  return escapeHtml(alt === '' ? '[picture]' : `[picture: ${alt}]`)
}

/** The first of a name counts, as in a browser. */
function readAttributes(text: string): readonly (readonly [name: string, value: string])[] {
  const found = new Map<string, string>()
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const value = decodeEntities(double ?? single ?? bare ?? '')
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), value)
  }
  return [...found]
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  colon: ':',
  sol: '/',
  Tab: '\t',
  NewLine: '\n',
}

/** What a browser would read; an entity that is not known here stays text and makes no address. */
function decodeEntities(text: string): string {
  return text
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (_, hex, decimal) =>
      toCharacter(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
    )
    .replace(/&(\w+);/g, (entity, name: string) => NAMED[name] ?? entity)
}

function toCharacter(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}

/** Entities stay what they are, everything else that could be markup becomes text. */
function renderText(text: string, pictures: readonly Html[]): string {
  return text
    .replace(/&(?!#\d{1,7};|#x[0-9a-f]{1,6};|\w{1,31};)|[<>"']/gi, escapeHtml)
    .replace(PLACE, (_, index) => pictures[Number(index)]?.text ?? '')
}
