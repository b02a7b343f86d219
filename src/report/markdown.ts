/** Ways to put text of others into a comment: it is shown, and never does anything. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

// Bidirectional controls can make a reviewer read another text than the one that is applied
// (https://trojansource.codes); a bare carriage return ends a line of Markdown.
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const MAY_BE_INVISIBLE = /[^\t\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u0600]/

const LONGEST_RUN = 999

/** The text with what cannot be seen written out as `\u202e`; tabs and line feeds stay. */
export function visible(text: string): string {
  if (!MAY_BE_INVISIBLE.test(text)) return text
  return text.replace(INVISIBLE, writtenOut)
}

function writtenOut(found: string): string {
  if (found === '\r') return '\\r'
  let result = ''
  for (let index = 0; index < found.length; index++) {
    result += `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`
  }
  return result
}

/** One line of text as code inside HTML, where Markdown is not read. */
export function htmlCode(text: string): string {
  return `<code>${oneLine(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)}</code>`
}

/** One line of text as code inside Markdown: no mention, no reference, no markup comes to life. */
export function codeSpan(text: string): string {
  const line = oneLine(text)
  if (line.trim() === '') return '` `'
  const ticks = '`'.repeat(longestRun(line, '`') + 1)
  const pad = line.startsWith('`') || line.endsWith('`') || /^ .* $/.test(line) ? ' ' : ''
  return `${ticks}${pad}${line}${pad}${ticks}`
}

/**
 * A fenced block of lines, whose fence is longer than any run inside. Runs of a length that no
 * text has by chance are cut, or the fence would take all the room.
 */
export function fence(text: string, language: 'diff' | 'text'): string {
  const ticks = longestRun(text, '`')
  const sign = ticks < 100 || ticks <= longestRun(text, '~') ? '`' : '~'
  const run = longestRun(text, sign)
  const bar = sign.repeat(Math.max(3, Math.min(run, LONGEST_RUN) + 1))
  return `${bar}${language}\n${run > LONGEST_RUN ? withoutLongRuns(text, sign) : text}\n${bar}`
}

function withoutLongRuns(text: string, sign: '`' | '~'): string {
  const runs = sign === '`' ? /`{1000,}/g : /~{1000,}/g
  return text.replace(runs, ({ length }) => `${sign.repeat(100)}…(${grouped(length)})`)
}

function longestRun(text: string, sign: '`' | '~'): number {
  let longest = 0
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at)) {
    const start = at
    while (text[at] === sign) at++
    longest = Math.max(longest, at - start)
  }
  return longest
}

/** The text on one line, with what cannot be seen written out. */
export function oneLine(text: string): string {
  return visible(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t')
}

/** `1 resource`, `2 resources`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** 10000 as `10,000`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}
