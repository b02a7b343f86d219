/** What stands between two dashed lines of a PEM or PGP block. */
export interface Armor {
  readonly headers: string
  readonly body: Buffer
}

const HEADER_LINE = /^[ \t]*[A-Z][A-Za-z-]*: .*$/gm
const NOT_BASE64 = /[^A-Za-z0-9+/=\s]/

/**
 * Decodes the block in whatever way source text carries it: real lines, `\n` escaped once or more,
 * strings joined by `+`, indented, commented out, URL-encoded. Undefined where anything else stands
 * in it, such as the dots of an example.
 */
export function decodeArmor(text: string): Armor | undefined {
  const lines = uncomment(unescapeLines(text))
  const headers = (lines.match(HEADER_LINE) ?? []).join('\n')
  const body = lines.replace(HEADER_LINE, '').replace(/^\s*=[A-Za-z0-9+/]{4}\s*$/m, '')
  if (NOT_BASE64.test(body)) return undefined
  return { headers, body: Buffer.from(body, 'base64') }
}

/** Only a sign before every line is a comment's: base64 may well begin a line with `//`. */
function uncomment(text: string): string {
  const sign = /^[ \t]*(#|\/\/|\*|>|;)/m.exec(text)?.[1]
  if (sign === undefined) return text
  const lines = text.split('\n').map((line) => line.trim())
  const last = lines.at(-1) === sign ? lines.length - 1 : lines.length
  const isComment = lines.slice(0, last).every((line) => line === '' || line.startsWith(sign))
  return isComment ? lines.map((line) => line.slice(sign.length)).join('\n') : text
}

const CODES: Readonly<Record<string, string>> = {
  '2b': '+',
  '2c': ',',
  '2f': '/',
  '3a': ':',
  '3d': '=',
  '0a': '\n',
  '0d': '\n',
  '20': ' ',
}

function unescapeLines(text: string): string {
  return text
    .replace(
      /(?:\\+u00|%)(2b|2c|2f|3a|3d|0a|0d|20)/gi,
      (_, code: string) => CODES[code.toLowerCase()] ?? ''
    )
    .replace(/\\+[nrt]|\\+(?=\r?\n)/g, '\n')
    .replace(/\\+\//g, '/')
    .replace(/\\*["'`][ \t]*[+,.]?[ \t]*(?:\r?\n)?[ \t]*[+.]?[ \t]*[bru]?\\*["'`]/g, '\n')
    .replace(/\\*["'`][ \t,+;\])]*$/, '')
    .replace(/^\s*["'`]/, '')
}
