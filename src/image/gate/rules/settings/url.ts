import { byteAt, textOf, type Window } from '../../scan/window.ts'
import type { Detector, Match, Rule } from '../detector.ts'
import { isWeak } from '../values/placeholder.ts'
import { isWordlike } from '../values/randomness.ts'

/** Passwords inside addresses. */
export const URL_RULES: readonly Rule[] = [
  { id: 'database-url-password', title: 'Password in a database address' },
  { id: 'url-password', title: 'Password in a URL' },
]

const BEFORE_SLASHES = 'abcdefghijklmnopqrstuvwxyz0123456789'
const LONGEST_USER_INFO = 256
const LONGEST_SCHEME = 32
const DATABASES =
  /^(jdbc:)?(postgres(ql)?|pgsql|mysql[x2]?|mariadb|mongodb|rediss?|valkeys?|amqps?|mssql|sqlserver|oracle|clickhouses?|cockroachdb|neo4j(\+s+c?)?|bolt(\+s+c?)?|cassandra|couchbases?|influxdb|db2|snowflake|trino|presto|timescaledb|elasticsearch)(\+[\w+]+)?$/i
const OTHERS =
  /^(git\+)?(https?|s?ftps?|ssh|smtps?|imaps?|ldaps?|nats|tls|mqtts?|wss?|socks[45]h?|cloudinary|sentry|kafka|svn|git|webdavs?|rtsps?|proxy)$/i

/** The anchor ends in `://`; most addresses hold no `@` before the next slash and cost a few bytes. */
export const URL_DETECTOR: Detector = {
  anchors: [...BEFORE_SLASHES].map((character) => ({ text: `${character}://`, ignoreCase: true })),
  find: findPassword,
}

function findPassword(window: Window): Match | undefined {
  const start = window.at + 4
  const at = lastAtSign(window, start)
  if (at === -1) return undefined
  const userInfo = textOf(window, start, at)
  const colon = userInfo.indexOf(':')
  if (colon === -1) return undefined
  const scheme = schemeBefore(window)
  const isDatabase = DATABASES.test(scheme)
  if (!isDatabase && !OTHERS.test(scheme)) return undefined
  const user = userInfo.slice(0, colon)
  const password = unescapeUrl(userInfo.slice(colon + 1))
  const host = /^[\w.-]*/.exec(textOf(window, at + 1, at + 128))?.[0] ?? ''
  if (isHarmlessHost(host, isDatabase) || isHarmlessPassword(password, user)) return undefined
  return {
    rule: isDatabase ? 'database-url-password' : 'url-password',
    start: start + colon + 1,
    end: at,
  }
}

/** The last `@` before the address goes on or ends; a password may hold one itself. */
function lastAtSign(window: Window, start: number): number {
  let last = -1
  for (let at = start; at < start + LONGEST_USER_INFO; at++) {
    const byte = byteAt(window, at)
    if (byte === 0x40) last = at
    else if (isEnd(byte)) break
  }
  return last
}

/** Space and below, quotes, brackets, slash, backslash, question mark, pipe, and what is no ASCII. */
function isEnd(byte: number): boolean {
  if (byte <= 0x20 || byte >= 0x7f) return true
  return (
    byte === 0x2f ||
    byte === 0x22 ||
    byte === 0x27 ||
    byte === 0x60 ||
    byte === 0x3c ||
    byte === 0x3e ||
    byte === 0x5c ||
    byte === 0x3f ||
    byte === 0x7c
  )
}

function schemeBefore(window: Window): string {
  const text = textOf(window, window.at + 1 - LONGEST_SCHEME, window.at + 1)
  return /[a-z][a-z0-9+.:-]*$/i.exec(text)?.[0].replace(/^.*[:.](?=[a-z])(?<!jdbc:)/i, '') ?? ''
}

function unescapeUrl(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16))
  )
}

// Names that RFC 2606 and 6761 keep for examples, and words that stand for a name.
const EXAMPLE_HOST =
  /(^|\.)(example(\.\w+)?|test|invalid)$|^(host(name)?|server|your[\w.-]*|my[-_]?(host|server|domain)[\w.]*|domain(\.\w+)?|foo[\w.]*|dummy[\w.]*|fake[\w.]*|bar[\w.]*|some[\w.-]*|proxy|ip|address|site(\.\w+)?)$/i
const THIS_MACHINE = /^(localhost|127\.0\.0\.1|0\.0\.0\.0)?$/i

function isHarmlessHost(host: string, isDatabase: boolean): boolean {
  if (EXAMPLE_HOST.test(host)) return true
  // A database of this machine may be reached from elsewhere by the same password.
  return !isDatabase && THIS_MACHINE.test(host)
}

const SHORTEST_PASSWORD = 6
// Single signs may well stand in a password.
const TEMPLATE = /\s|\$[{(A-Za-z_]|\{[\w.$]*\}?|%[sdvp]|%\(|\[[\w-]+\]|\*{2}/

function isHarmlessPassword(password: string, user: string): boolean {
  if (password.length < SHORTEST_PASSWORD || TEMPLATE.test(password)) return true
  if (password.toLowerCase() === user.toLowerCase() || isWeak(password)) return true
  // A word, perhaps with a number behind it: what a manual or a test writes.
  const words = password.replace(/[-_.!]?\d{1,4}$/, '')
  if (!/^[a-z_.-]+$/i.test(words)) return false
  return isWordlike(words) !== false || !/[a-z].*[A-Z].*[a-z]|[A-Z].*[a-z].*[A-Z]/.test(words)
}
