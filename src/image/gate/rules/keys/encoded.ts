import { byteAt, isWordByte, textOf, type Window } from '../../scan/window.ts'
import { type Detector, literals, type Match, type Rest } from '../detector.ts'

/** What of an encoded file gives it away, at any place in it. */
const TELLTALES = [
  ...['-----BEGIN ', 'PRIVATE KEY', 'authorized_user', 'refresh_token', 'external_account'],
  ...['credential_source', 'Authorization'],
]
/** For each number of bytes left over from the group before: characters that depend on them. */
const SHIFTED = [0, 2, 3] as const

interface Core {
  readonly text: string
  /** Characters from the start of a group of four to this text. */
  readonly shift: number
}

/** What base64 makes of a text for each of the three ways it can lie in the groups of three bytes. */
function coresOf(text: string): readonly Core[] {
  return [0, 1, 2].map((lead) => {
    const encoded = Buffer.from('\0'.repeat(lead) + text, 'latin1').toString('base64')
    const shift = SHIFTED[lead] ?? 0
    const whole = Math.floor(((lead + text.length) * 8) / 6)
    return { text: encoded.slice(shift, whole), shift }
  })
}

const ONCE = TELLTALES.flatMap(coresOf)
const TWICE = ONCE.flatMap(({ text }) => coresOf(text))
const SHIFTS = new Map([...ONCE, ...TWICE].map(({ text, shift }) => [text, shift]))
const LONGEST_CORE = Math.max(...[...SHIFTS.keys()].map((text) => text.length))

/** Keys and key files in base64, as in kubeconfig or an `.env`, also encoded twice. */
export const ENCODED_DETECTOR: Detector = {
  anchors: literals(...SHIFTS.keys()),
  find: findEncoded,
}

const LOOK_BACK = 4_096
const LINE_BREAK = '(?:(?:(?:\\\\)+[rn])+|\\r?\\n)[ \\t]*'
// Wrapped lines only in the usual alphabet: a `-` on the next line may begin an item of a list.
const AFTER = new RegExp(`^[A-Za-z0-9+/]+(?:${LINE_BREAK}[A-Za-z0-9+/]+)*`)
const AFTER_IN_URL = /^[\w-]+/
const WRAPPED_LINE = /^[A-Za-z0-9+/]{40,}$/
const BREAKS = /\\+[rn]|\s/g

function findEncoded(window: Window): Match | Rest | undefined {
  const text = textOf(window, window.at, runEnd(window))
  const shift = shiftOf(text.slice(0, LONGEST_CORE))
  if (shift === undefined) return undefined
  const behind = encodedBefore(textOf(window, window.at - LOOK_BACK, window.at))
  const before = behind.replace(BREAKS, '')
  const after = longer(AFTER.exec(text)?.[0] ?? '', AFTER_IN_URL.exec(text)?.[0] ?? '')
  // The group that the telltale lies in must be a group again when all is decoded.
  const odd = (((before.length - shift) % 4) + 4) % 4
  const encoded = before.slice(odd) + after.replace(BREAKS, '')
  const rule = window.scanInner(Buffer.from(encoded, 'base64'))
  const end = window.at + after.length
  return rule === undefined ? { restUntil: end } : { rule, start: window.at - behind.length, end }
}

/** As far as there is base64 or what may break its lines. */
function runEnd(window: Window): number {
  let at = window.at
  while (isRunByte(byteAt(window, at))) at += 1
  return at
}

function isRunByte(byte: number): boolean {
  return isWordByte(byte) || byte === 0x2b || byte === 0x2f || byte === 0x5c || isSpace(byte)
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}

function longer(first: string, second: string): string {
  return second.length > first.length ? second : first
}

/** The end of the text as far as it belongs to the same encoded run, with the breaks between its lines. */
function encodedBefore(text: string): string {
  const parts = text.split(new RegExp(`(${LINE_BREAK})`))
  const last = parts.pop() ?? ''
  let run = encodedEnd(last)
  if (run.length < last.length) return run
  // Lines and the breaks behind them take turns.
  for (let at = parts.length - 2; at >= 0; at -= 2) {
    const line = parts[at] ?? ''
    const end = encodedEnd(line)
    if (end === '') return run
    run = `${end}${parts[at + 1] ?? ''}${run}`
    if (!WRAPPED_LINE.test(line)) return run
  }
  return run
}

function encodedEnd(line: string): string {
  let start = line.length
  while (start > 0 && /[A-Za-z0-9+/_-]/.test(line[start - 1] ?? '')) start -= 1
  return line.slice(start)
}

function shiftOf(head: string): number | undefined {
  for (const [text, shift] of SHIFTS) if (head.startsWith(text)) return shift
  return undefined
}
