import { randomBytes } from 'node:crypto'

/** A value that stands nowhere else: drawn for this run, so that none is in the repository. */
export function drawn(bytes = 18): string {
  return randomBytes(bytes).toString('base64url')
}

/** The lines of something like a private key, drawn for this run. */
export function drawnKey(lines = 3): string {
  const kind = ['PRIVATE', 'KEY'].join(' ')
  const body = Array.from({ length: lines }, () => randomBytes(48).toString('base64'))
  return [`-----BEGIN ${kind}-----`, ...body, `-----END ${kind}-----`].join('\n')
}
