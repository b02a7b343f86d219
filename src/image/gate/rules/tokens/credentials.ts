import { createHmac } from 'node:crypto'
import { textOf, type Window } from '../../scan/window.ts'
import { type Detector, literals, type Match, type Rest, type Rule } from '../detector.ts'
import { isKnownTestValue } from '../values/known.ts'
import { isPlaceholder } from '../values/placeholder.ts'
import { isVaried } from '../values/randomness.ts'

/** Credential files that are known by their members, and tokens that can be read. */
export const CREDENTIAL_RULES: readonly Rule[] = [
  { id: 'google-user-credentials', title: 'Google user credentials (gcloud login)' },
  {
    id: 'google-workload-identity-credentials',
    title: 'Workload identity credentials with a token',
  },
  { id: 'json-web-key', title: 'Private JSON web key' },
  { id: 'json-web-token', title: 'JSON web token' },
]

const AROUND_BYTES = 3_072
const REST_BYTES = 1_024

interface Around {
  readonly anchors: readonly string[]
  readonly rule: string
  /** Group 1 is the secret. */
  readonly pattern: RegExp
}

/** Looks for the secret member in the same object or file, before and behind the anchor. */
function aroundDetector({ anchors, rule, pattern }: Around): Detector {
  return {
    anchors: literals(...anchors),
    find: (window) => {
      const start = Math.max(window.from, window.at - AROUND_BYTES)
      const text = objectAround(window, start)
      const found = pattern.exec(text.content)
      const secret = found?.[1]
      if (found === null || secret === undefined || isPlaceholder(secret) || !isVaried(secret)) {
        return { restUntil: window.at + REST_BYTES }
      }
      if (isKnownTestValue(secret)) return undefined
      const at = text.start + found.index
      const end = Math.max(window.at, at + found[0].length)
      return { rule, start: text.start, end, at }
    },
  }
}

interface Part {
  readonly content: string
  readonly start: number
}

/** From the brace that opens before the anchor to the last that closes behind it, as far as seen. */
function objectAround(window: Window, start: number): Part {
  const text = textOf(window, start, window.at + AROUND_BYTES)
  const open = text.lastIndexOf('{', window.at - start)
  const first = Math.max(open, 0)
  return { content: text.slice(first), start: start + first }
}

/** gcloud's own file, the one google-github-actions/auth writes, and private keys as JSON. */
export const CREDENTIAL_DETECTORS: readonly Detector[] = [
  aroundDetector({
    anchors: ['authorized_user'],
    rule: 'google-user-credentials',
    pattern: /refresh_token\\*["']?\s*[:=]\s*\\*["']([\w/.~+-]{30,512})/,
  }),
  aroundDetector({
    anchors: ['external_account'],
    rule: 'google-workload-identity-credentials',
    pattern: /authorization\\*["']?\s*[:=]\s*\\*["']bearer ([\w.~+/=-]{20,4096})/i,
  }),
  aroundDetector({
    anchors: ['"kty"', 'kty\\"', "'kty'"],
    rule: 'json-web-key',
    pattern: /\\*["']d\\*["']\s*:\s*\\*["']([\w-]{40,1024})\\*["']/,
  }),
  { anchors: literals(...tokenStarts()), find: findToken },
]

/** `{"` and the first member's name, as every library writes a header. */
function tokenStarts(): readonly string[] {
  const names = [
    'alg"',
    'typ"',
    'kid"',
    'cty"',
    'enc"',
    'jku"',
    'jwk"',
    'x5t"',
    'x5c"',
    'x5u"',
    'zip"',
  ]
  const encode = (text: string): string => Buffer.from(text).toString('base64').slice(0, 8)
  return [...names.map((name) => encode(`{"${name}`)), encode('{ "alg'), encode('{\n  "a')]
}

const LONGEST_TOKEN = 10_240
const TOKEN = /([\w-]{16,2048})\.([\w-]{8,8192})\.([\w-]{20,1024})(?![\w-])/y

function findToken(window: Window): Match | Rest | undefined {
  if (/[\w.-]/.test(textOf(window, window.at - 1, window.at)) && !isEscape(window)) return undefined
  TOKEN.lastIndex = 0
  const found = TOKEN.exec(textOf(window, window.at, window.at + LONGEST_TOKEN))
  if (found === null) return undefined
  const [token, head = '', payload = '', signature = ''] = found
  const header = decodeJson(head)
  const claims = decodeJson(payload)
  if (header === undefined || claims === undefined) return undefined
  if (typeof header['alg'] !== 'string' || /^none$/i.test(header['alg'])) return undefined
  if (!isVaried(signature) || isPlaceholder(signature) || isHarmless(claims)) return undefined
  if (isSignedByManual(token, header['alg']) || isKnownTestValue(token)) return undefined
  return { rule: 'json-web-token', start: window.at, end: window.at + token.length }
}

function isEscape(window: Window): boolean {
  return /(\\[nrt]|%3D|%20)$/i.test(textOf(window, window.at - 3, window.at))
}

/**
 * The token that jwt.io and hundreds of manuals show, those of example.com, and Supabase's `anon` key, which is made to be
 * shipped to browsers.
 */
function isHarmless(claims: Readonly<Record<string, unknown>>): boolean {
  if (claims['sub'] === '1234567890' || claims['role'] === 'anon') return true
  return /example\.(com|org|net)|fake|dummy/.test(JSON.stringify(claims))
}

// What READMEs and tests sign with: such a token opens nothing that anybody should have behind it.
const PRINTED_KEYS = [
  'secret',
  'your-256-bit-secret',
  'key',
  'test',
  'shhhhh',
  'password',
  'my-secret',
  'hello',
  'foo',
]
const HASHES: Readonly<Record<string, string>> = {
  HS256: 'sha256',
  HS384: 'sha384',
  HS512: 'sha512',
}

function isSignedByManual(token: string, algorithm: string): boolean {
  const hash = HASHES[algorithm]
  if (hash === undefined) return false
  const end = token.lastIndexOf('.')
  const signature = token.slice(end + 1)
  return PRINTED_KEYS.some(
    (key) => createHmac(hash, key).update(token.slice(0, end)).digest('base64url') === signature
  )
}

function decodeJson(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return Object.fromEntries(Object.entries(value))
  } catch {
    // Not a token then: text may begin like one.
    return undefined
  }
}
