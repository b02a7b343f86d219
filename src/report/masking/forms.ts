import { createHash } from 'node:crypto'

/** Below this, what is left of a text in the middle of base64 is too short to mean anything. */
const SHORTEST_EMBEDDED_BYTES = 8
const HASHES = ['md5', 'sha1', 'sha256', 'sha512'] as const

/** Every way in which a secret may stand in a plan: plain, escaped, encoded, or as its hash. */
export function formsOf(secret: string): readonly string[] {
  return [
    secret,
    ...escapedForms(secret),
    ...base64Forms(Buffer.from(secret)),
    ...hashForms(secret),
  ]
}

function escapedForms(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const url = encodeURIComponent(secret.toWellFormed())
  return [
    json,
    // As Go writes JSON, and so terraform's jsonencode.
    json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    JSON.stringify(json).slice(1, -1),
    url,
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    url.replaceAll('%20', '+'),
  ]
}

/** Also where the secret is only a part of what was encoded, such as `user:password`. */
function base64Forms(secret: Buffer): readonly string[] {
  const whole = secret.toString('base64').replace(/=+$/, '')
  const embedded =
    secret.length < SHORTEST_EMBEDDED_BYTES
      ? []
      : [0, 1, 2].map((lead) => embeddedForm(secret, lead))
  const all = [whole, ...embedded]
  return [
    ...all,
    ...all.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    secret.toString('hex'),
    secret.toString('hex').toUpperCase(),
  ]
}

/** What does not depend on the bytes before and behind, when `lead` bytes of a group stand before. */
function embeddedForm(secret: Buffer, lead: number): string {
  const text = Buffer.concat([Buffer.alloc(lead), secret])
    .toString('base64')
    .replace(/=+$/, '')
  const whole = Math.floor(((lead + secret.length) * 8) / 6)
  return text.slice(Math.ceil((lead * 8) / 6), whole)
}

// terraform shows content_md5 beside a hidden content: the hash of a weak password is the password.
function hashForms(secret: string): readonly string[] {
  return HASHES.flatMap((name) => {
    const digest = createHash(name).update(secret).digest()
    return [digest.toString('hex'), digest.toString('base64')]
  })
}
