import { byteAt, isWordByte, textOf, type Window } from '../../scan/window.ts'

/** `name = value` in one of the ways that files write it. */
export interface Setting {
  readonly name: string
  readonly value: string
  readonly start: number
  readonly end: number
  readonly isQuoted: boolean
}

const LONGEST_NAME = 64
const LONGEST_VALUE = 600
const DOT = 0x2e

/** Reads the setting whose name holds the anchor; undefined where no value stands in the text. */
export function readSetting(window: Window): Setting | undefined {
  const nameStart = nameStartOf(window)
  const nameEnd = nameEndOf(window)
  const next = byteAt(window, nameEnd)
  // By far the most words are followed by something else: they must not cost more than this.
  if (!CAN_FOLLOW.has(next)) return undefined
  const name = textOf(window, nameStart, nameEnd)
  const rest = textOf(window, nameEnd, nameEnd + LONGEST_VALUE)
  const before = textOf(window, nameStart - 12, nameStart)
  const found = findValue(rest, before, { carrier: window.carrier, isOption: /^-/.test(name) })
  if (found === undefined) return undefined
  const start = nameEnd + found.offset
  return { name, value: found.value, start, end: start + found.length, isQuoted: found.isQuoted }
}

/** After a name: space, quotes, backslash, `:`, `=`, `>`, `]`, `)`, `,`, `?`, tab. */
const CAN_FOLLOW = new Set([
  0x20, 0x22, 0x27, 0x60, 0x5c, 0x3a, 0x3d, 0x3e, 0x5d, 0x29, 0x2c, 0x3f, 0x09,
])

function nameStartOf(window: Window): number {
  let at = window.at
  while (at > window.at - LONGEST_NAME && isNameByte(byteAt(window, at - 1))) at -= 1
  // `\n` of an escaped text is no part of the name.
  return byteAt(window, at - 1) === 0x5c ? at + 1 : at
}

function nameEndOf(window: Window): number {
  let at = window.at
  while (at < window.at + LONGEST_NAME && isNameByte(byteAt(window, at))) at += 1
  return at
}

function isNameByte(byte: number): boolean {
  return byte === DOT || isWordByte(byte)
}

interface Value {
  readonly value: string
  readonly offset: number
  readonly length: number
  readonly isQuoted: boolean
}

// After the name: the end of a quoted or indexed name, a type, and what assigns.
const ASSIGNS =
  /^\\*["'`]?\]?[ \t]*(?:\?|!)?(?::[ \t]*[\w.<>[\] |]{1,40}?[ \t]*=(?![=>])|:=|=>|=(?![=>~])|:(?!:)|,(?=[ \t]*\\*["'`]))[ \t]*(?:\r?\n[ \t]*)?/
const QUOTED = /^(?:[bru]|rb|br)?(\\*)(["'`])/i
// A run of what a value may hold, and what must follow it; apart, so that nothing is tried twice.
const BARE = /[^\s"'`<>{}\\]*/y
const BARE_END = /[ \t]*(?:[\r\n]|\\+n|$)|[ \t]+#/y
const IN_LINE = /[^\s"'`#,;&|<>(){}[\]\\$]*/y
const IN_LINE_END = /[&;"'`\s\\]|$/y
const SHORTEST_VALUE = 8
const TAG = /^>([^<>\r\n]{8,512})<\//
const ATTRIBUTE = /^["'][ \t]+value=(["'])([^"'<>\r\n]{8,512})\1/
const DOCKER = /^[ \t]+([^\s"'=]{8,512})(?=\s|$)/

function findValue(rest: string, before: string, place: Place): Value | undefined {
  const tag = before.endsWith('<') ? TAG.exec(rest) : null
  if (tag?.[1] !== undefined) return plain(tag[1], 1)
  const attribute = ATTRIBUTE.exec(rest)
  if (attribute?.[2] !== undefined)
    return plain(attribute[2], attribute[0].length - attribute[2].length - 1)
  const docker = /(?:^|\n)[ \t]*(?:ENV|ARG)[ \t]+$/i.test(before) ? DOCKER.exec(rest) : null
  if (docker?.[1] !== undefined) return plain(docker[1], docker[0].length - docker[1].length)
  const assigns = ASSIGNS.exec(rest)
  if (assigns === null) return undefined
  const offset = assigns[0].length
  const tail = rest.slice(offset)
  const quoted = QUOTED.exec(tail)
  if (quoted !== null) return quotedValue(tail, quoted, offset)
  // A line break leads to another statement unless quotes follow.
  if (/\n/.test(assigns[0])) return undefined
  return bareValue(tail, {
    offset,
    before,
    ...place,
    isEqual: /=[ \t]*$/.test(assigns[0]),
  })
}

function plain(value: string, offset: number): Value {
  return { value, offset, length: value.length, isQuoted: true }
}

function quotedValue(tail: string, quoted: RegExpExecArray, offset: number): Value | undefined {
  const [opening, slashes = '', quote = ''] = quoted
  const closing = `${slashes}${quote}`
  const end = tail.indexOf(closing, opening.length)
  if (end === -1) return undefined
  const value = tail.slice(opening.length, end)
  if (/[\r\n]/.test(value)) return undefined
  return { value, offset: offset + opening.length, length: value.length, isQuoted: true }
}

/** Where the name stands: in what kind of file, and whether as `--name` of a command line. */
interface Place {
  readonly carrier: Window['carrier']
  readonly isOption: boolean
}

interface Bare extends Place {
  readonly offset: number
  readonly before: string
  readonly isEqual: boolean
}

/** Without quotes only where files write so: settings files, command lines, queries. */
function bareValue(
  tail: string,
  { offset, before, carrier, isOption, isEqual }: Bare
): Value | undefined {
  const isInLine =
    isEqual && (/[?&;"'`]$/.test(before) || /\s-(?:e|-env)[ =]$/.test(before) || isOption)
  if (!isInLine && carrier === 'code') return undefined
  const value = isInLine ? runOf(IN_LINE, IN_LINE_END, tail) : runOf(BARE, BARE_END, tail)
  if (value === undefined || value.length < SHORTEST_VALUE) return undefined
  return { value, offset, length: value.length, isQuoted: false }
}

function runOf(run: RegExp, end: RegExp, text: string): string | undefined {
  run.lastIndex = 0
  const value = run.exec(text)?.[0] ?? ''
  end.lastIndex = value.length
  return end.test(text) ? value.replace(/[;,]+$/, '') : undefined
}
