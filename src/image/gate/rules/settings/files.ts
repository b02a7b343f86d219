import { textOf, type Window } from '../../scan/window.ts'
import { type Detector, literals, type Match, type Rest, type Rule } from '../detector.ts'
import { isKnownTestValue } from '../values/known.ts'
import { isPlaceholder, isWeak } from '../values/placeholder.ts'
import { isRandom } from '../values/randomness.ts'

/** Files of known form, wherever such a file stands, and headers. */
export const FILE_RULES: readonly Rule[] = [
  { id: 'netrc-password', title: 'Password in a netrc file' },
  { id: 'npm-registry-auth', title: 'Password or token of a package registry (.npmrc)' },
  { id: 'docker-registry-auth', title: 'Password of a container registry' },
  { id: 'kubernetes-secret', title: 'Kubernetes secret with its value' },
  { id: 'http-basic-auth', title: 'HTTP basic authentication' },
  { id: 'bearer-token', title: 'Bearer token' },
  { id: 'kakao-key', title: 'Kakao key' },
]

interface Form {
  readonly rule: string
  readonly anchors: readonly string[]
  readonly ignoreCase?: boolean
  /** From the anchor on; group 1 is the secret. */
  readonly pattern: RegExp
  readonly longest: number
  readonly isSecret: (value: string) => boolean
}

const FORMS: readonly Form[] = [
  {
    rule: 'netrc-password',
    anchors: ['machine '],
    pattern:
      /machine\s+[\w.:-]+\s+login\s+\S+\s+(?:account\s+\S+\s+)?password\s+([^\s"'\\]{6,200})/y,
    longest: 400,
    isSecret: (value) => !isWeak(value) && /[\d!@#$%^&*+?]/.test(value) && !/[<>[\]{}]/.test(value),
  },
  {
    rule: 'npm-registry-auth',
    anchors: [
      ':_authToken',
      ':_password',
      ':_auth=',
      ':_auth =',
      '\n_auth=',
      '\n_auth =',
      '\n_authToken',
    ],
    pattern:
      /[:\n]_(?:authToken|password|auth)[ \t]*=[ \t]*["']?(?=([\w+/=.:-]{12,1000}))\1(?=["'\s\\]|$)/y,
    longest: 1_100,
    // A password stands there in base64, of which one in forty has no digit.
    isSecret: (value) => !isWeak(value) && /\d|[a-z][A-Z]/.test(value),
  },
  {
    rule: 'docker-registry-auth',
    anchors: ['"auth"', '"auth\\', 'auth":'],
    pattern: /"?auth\\*"\s*:\s*\\*"([A-Za-z0-9+/]{12,4000}={0,2})\\*"/y,
    longest: 4_200,
    isSecret: isUserAndPassword,
  },
  {
    rule: 'docker-registry-auth',
    anchors: ['"identitytoken"'],
    pattern: /"identitytoken"\s*:\s*"([\w+/=.-]{20,4000})"/y,
    longest: 4_200,
    isSecret: (value) => isRandom(value),
  },
  {
    rule: 'kubernetes-secret',
    anchors: ['kind: Secret', 'kind: "Secret"'],
    pattern:
      /kind: "?Secret"?[ \t]*\r?\n(?:(?!---|data:)[^\r\n]*\r?\n){0,40}?data:[ \t]*\r?\n((?:[ \t]+[^\r\n]*\r?\n?){1,60})/y,
    longest: 6_000,
    isSecret: hasEncodedValue,
  },
  {
    rule: 'http-basic-auth',
    anchors: ['authorization'],
    ignoreCase: true,
    pattern: /authorization\\*["']?\]?\s*[:=,]\s*\\*["'`]?basic\s+([A-Za-z0-9+/]{8,400}={0,2})/iy,
    longest: 500,
    isSecret: isUserAndPassword,
  },
  {
    rule: 'bearer-token',
    anchors: ['authorization'],
    ignoreCase: true,
    pattern:
      /authorization\\*["']?\]?\s*[:=,]\s*\\*["'`]?(?:bearer|token)\s+([\w.~+/=-]{20,400})/iy,
    longest: 500,
    isSecret: (value) => !isWeak(value) && isRandom(value),
  },
  {
    rule: 'kakao-key',
    anchors: ['KakaoAK '],
    pattern: /KakaoAK ([0-9a-f]{32})(?!\w)/y,
    longest: 60,
    isSecret: (value) => !isPlaceholder(value) && isRandom(value),
  },
]

/** One detector for each form. */
export const FILE_DETECTORS: readonly Detector[] = FORMS.map((form) => ({
  anchors: literals(...form.anchors).map(({ text }) => ({
    text,
    ignoreCase: form.ignoreCase === true,
  })),
  find: (window) => findForm(form, window),
}))

const FAR_BYTES = 2_000
const REST_BYTES = 200

function findForm(form: Form, window: Window): Match | Rest | undefined {
  form.pattern.lastIndex = 0
  const text = textOf(window, window.at, window.at + form.longest)
  const found = form.pattern.exec(text)
  const value = found?.[1]
  if (found === null || value === undefined || !form.isSecret(value)) {
    return form.longest > FAR_BYTES ? { restUntil: window.at + REST_BYTES } : undefined
  }
  if (isKnownTestValue(value)) return undefined
  const start = window.at + found[0].lastIndexOf(value)
  return { rule: form.rule, start, end: start + value.length }
}

/** Base64 of `user:password`, and the password none of those that manuals print. */
function isUserAndPassword(value: string): boolean {
  const text = Buffer.from(value, 'base64').toString('latin1')
  const pair = /^([\x21-\x39\x3b-\x7e]{1,128}):([\x21-\x7e]{6,3000})$/.exec(text)
  if (pair === null) return false
  const [, user = '', password = ''] = pair
  return !isWeak(password) && user !== password && /[\d\W]/.test(password)
}

/** A value under `data:` that decodes to text which is none of a manual's. */
function hasEncodedValue(block: string): boolean {
  return [
    ...block.matchAll(/^[ \t]+[\w.-]+:[ \t]*["']?([A-Za-z0-9+/]{8,8192}={0,2})["']?[ \t]*$/gm),
  ].some(([, encoded = '']) => {
    const text = Buffer.from(encoded, 'base64').toString('latin1').trim()
    return /^[\x09\x0a\x0d\x20-\x7e]{8,}$/.test(text) && !isWeak(text) && /\d/.test(text)
  })
}
