import { isPlaceholder, isWeak } from '../values/placeholder.ts'
import { isRandom, isWordlike, turnsOf } from '../values/randomness.ts'
import type { Setting } from './setting.ts'

const PASSWORD = /pass(word|wd|phrase)?s?(?![a-z])|pwd|passw/i
const HOLDER =
  /secret|token|credential|api[-_.]?key|app[-_.]?key|access[-_.]?key|auth[-_.]?key|private[-_.]?key|(encryption|signing|master|license|service|session|webhook|admin)[-_.]?key|_pat$/i

/** Names that end so hold something about the secret, not the secret. */
const ABOUT =
  /(id|ids|name|names|file|files|path|dir|url|urls|uri|type|types|hint|label|regex|pattern|field|fields|header|param|prefix|suffix|length|len|size|ttl|expiry|expires?(_?(in|at))?|count|limit|policy|policies|placeholder|description|message|error|errors|text|title|status|format|hash|hashed|digest|checksum|version|arn|ref|enabled|disabled|required|env|var|endpoint|algorithm|alg|method|class|locale|kind|role|scope|scopes|index|usage|rule|rules|provider|manager|service|store|audience|issuer|selector|icon|button|input|form|page|prompt|help|fingerprint|sha\d*|md5|etag|integrity|thumbprint|nonce|cursor|marker|position|kid|cache|event|action|state|mode|mapping|map|list|set|schema|symbol|char|chars|charset|alphabet|separator|delimiter)$/i
const IS_PUBLIC =
  /public|publishable|anon(ymous)?[-_]?key|next[-_]?(page|token)|page[-_]?token|continuation|csrf|xsrf|pagination|hash|digest|checksum|sha(1|256|512)|cancel|example|sample|dummy|fake|mock|token(izer|ize|s$)|syntax/i

// Tokens with a checksum, which their own rule has read; and keys of services' test modes.
const DECIDED =
  /^(gh[pous]|npm)_[A-Za-z0-9]{36}$|^([spr]k|live_[cg]k)_test_|^pk_(live|test)_|^test_g?[sc]k_/

/** Of a shell; `pwd` in lower case may well be a password. */
const WORKING_FOLDER = /^(OLD)?PWD$/

const LONGEST_VALUE = 256

export type Verdict = 'password' | 'secret' | undefined

/** Whether a setting with such a name and such a value gives something away. */
export function judgeSetting({ name, value }: Setting): Verdict {
  if (isAbout(name) || IS_PUBLIC.test(name) || WORKING_FOLDER.test(name)) return undefined
  if (value.length > LONGEST_VALUE || !/^[\x21-\x7e]+$/.test(value) || isReference(value))
    return undefined
  if (DECIDED.test(value) || isEncodedText(value)) return undefined
  if (HOLDER.test(name)) return isSecretValue(value) ? 'secret' : undefined
  if (PASSWORD.test(name)) return isPasswordValue(value) ? 'password' : undefined
  return undefined
}

/** The last word of the name says what it holds: `tokenType`, `secret_name`, `password-hint`. */
function isAbout(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .split(/[-_.]+/)
    .filter((word) => word !== '')
  const last = words.at(-1) ?? ''
  // `KEY_ID`, but not `apikey`, in which no part stands apart.
  return words.length > 1 && new RegExp(`^${ABOUT.source}`, 'i').test(last)
}

/** What code writes to name a value kept elsewhere: variables, paths, calls, addresses, types. */
function isReference(value: string): boolean {
  return (
    /^[$%@&!*<{[(.~/]|[<>{}]|\(\)|=>|::|\\u[0-9a-f]{4}|\s/i.test(value) ||
    /^(https?|wss?|file|data|urn|arn|projects|gs|s3|sm|ssm|vault|op|secret|env|ref|aws|gcp)[:/]/i.test(
      value
    ) ||
    /^(sha\d+-|sha\d+:|md5:|(\w+:)?\$2[aby]\$|\$argon2|\$apr1|pbkdf2|\{SHA|\{SSHA|bcrypt)/i.test(
      value
    ) ||
    /^[a-z_$][\w$]*(\.[a-z_$][\w$]*)+(\[.*\])?$/i.test(value) ||
    (/^[\w.-]+\/[\w./-]+$/.test(value) && isWordlike(value) !== false) ||
    /^\/|^\.{1,2}\/|^[\w-]+(\.[\w-]+)*\.(json|ya?ml|txt|pem|key|crt|ts|js|py|env|md|html?|conf|cfg|ini|toml|xml|sh)$/i.test(
      value
    ) ||
    /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(value)
  )
}

const SHORTEST_SECRET = 16

/** What is told once decoded: words, or the members of an object, are no key. */
function isEncodedText(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{10,}={0,2}$/.test(value) || value.length % 4 !== 0) return false
  const text = Buffer.from(value, 'base64').toString('latin1')
  return /^[\x20-\x7e]{8,}$/.test(text) && (/^[[{]| /.test(text) || isWeak(text))
}

function isSecretValue(value: string): boolean {
  if (value.length < SHORTEST_SECRET || !/^[\w+/=.~:!@#%^*-]+$/.test(value)) return false
  return !isWeak(value) && isRandom(value)
}

const SHORTEST_PASSWORD = 8

function isPasswordValue(value: string): boolean {
  if (value.length < SHORTEST_PASSWORD || value.length > 128 || isWeak(value)) return false
  if (value.length >= SHORTEST_SECRET && isRandom(value)) return true
  if (turnsOf(value) < 3 && /^[\w]+(-[\w]+)*$/.test(value) && isWordlike(value) === true)
    return false
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[!@#$%^&*?+~=]/].filter((kind) => kind.test(value)).length
  return kinds >= 3 && /\d/.test(value) && !isPlaceholder(value)
}
