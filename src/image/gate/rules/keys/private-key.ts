import { textOf, type Window } from '../../scan/window.ts'
import { type Detector, literals, type Match, type Rest, type Rule } from '../detector.ts'
import { isKnownTestValue } from '../values/known.ts'
import { isVaried } from '../values/randomness.ts'
import { type Armor, decodeArmor } from './armor.ts'
import { isPrivateKeyDer } from './der.ts'

/** Key files and blocks of every kind that openssl, ssh, gpg and PuTTY write. */
export const PRIVATE_KEY_RULES: readonly Rule[] = [
  { id: 'google-service-account-key', title: 'Google service account key' },
  { id: 'private-key', title: 'Private key' },
  { id: 'pgp-private-key', title: 'PGP private key' },
  { id: 'putty-private-key', title: 'PuTTY private key' },
]

const BEGIN = '-----BEGIN'
const LONGEST_LABEL = 60
const SHORTEST_BODY = 32
const DASHES = '-----'

/** PEM and PGP blocks; those of a service account by their own rule. */
export const PRIVATE_KEY_DETECTOR: Detector = { anchors: literals(BEGIN), find: findBlock }

function findBlock(window: Window): Match | Rest | undefined {
  const labelStart = window.at + BEGIN.length
  const head = textOf(window, labelStart, labelStart + LONGEST_LABEL)
  const label =
    /^((?:[ +_]|%20)[A-Za-z0-9 +_%]{0,40}?PRIVATE(?:[ +_]|%20)KEY(?:(?:[ +_]|%20)BLOCK)?)-----/.exec(
      head
    )
  if (label === null) return undefined
  const start = labelStart + label[0].length
  const length = window.bytes.subarray(start, window.to).indexOf(DASHES)
  const end = length === -1 ? window.to : start + length
  const text = textOf(window, start, end)
  const armor = decodeArmor(length === -1 ? wholePart(text) : text)
  const isPgp = /PGP/.test(label[1] ?? '')
  if (armor === undefined || !isKey(armor, isPgp) || isKnownTestValue(armor.body)) return undefined
  if (isPgp) return { rule: 'pgp-private-key', start: window.at, end }
  const rule = isServiceAccount(window, end) ? 'google-service-account-key' : 'private-key'
  return { rule, start: window.at, end }
}

// A file that was cut off: what is there may still be the whole key.
function wholePart(text: string): string {
  return /^[A-Za-z0-9+/=\s\\"'%:,-]*/.exec(text)?.[0] ?? ''
}

const OPENSSH_MAGIC = 'openssh-key-v1\0'

function isKey({ headers, body }: Armor, isPgp: boolean): boolean {
  if (body.length < SHORTEST_BODY || !isVaried(body.toString('base64'), 48)) return false
  if (isPgp) return isSecretKeyPacket(body)
  if (body.toString('latin1', 0, OPENSSH_MAGIC.length) === OPENSSH_MAGIC) return body.length >= 150
  // The old encryption of openssl covers the whole body: nothing can be read, only measured.
  if (/ENCRYPTED/.test(headers)) return body.length >= 64 && body.length % 8 === 0
  return isPrivateKeyDer(body)
}

/** RFC 9580: a packet's first byte holds its tag; 5 is a secret key. */
function isSecretKeyPacket(body: Buffer): boolean {
  const first = body[0] ?? 0
  return first === 0xc5 || (first >= 0x94 && first <= 0x97)
}

const NEAR_BYTES = 2_048

function isServiceAccount(window: Window, end: number): boolean {
  const before = textOf(window, window.at - NEAR_BYTES, window.at)
  if (!/private_key\\*["']?\s*[:=]\s*\\*["']?[^"']{0,8}$/.test(before)) return false
  const around = before + textOf(window, end, end + NEAR_BYTES)
  return /service_account|gserviceaccount|private_key_id/.test(around)
}

const PUTTY_REST_BYTES = 512

/** `.ppk` files, of which the name alone is no proof. */
export const PUTTY_DETECTOR: Detector = {
  anchors: literals('PuTTY-User-Key-File-'),
  find: (window) => {
    const text = textOf(window, window.at, window.at + 8_192)
    const found = /Private-Lines: \d+(?:\r?\n|(?:\\+[rn])+)([A-Za-z0-9+/=\s\\]{24,})/.exec(text)
    if (found === null || !isVaried((found[1] ?? '').slice(0, 64))) {
      return { restUntil: window.at + PUTTY_REST_BYTES }
    }
    return {
      rule: 'putty-private-key',
      start: window.at,
      end: window.at + found.index + found[0].length,
    }
  },
}
