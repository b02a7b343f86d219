import { asRecord, type JsonRecord, parseJson } from '../../../lib/json.ts'

/** What a token says of its job. */
export type Claims = JsonRecord

/** What conditions and mappings are usually made of; none of it is secret. */
const SHOWN = [
  'sub',
  'repository',
  'repository_id',
  'repository_owner_id',
  'ref',
  'environment',
  'event_name',
  'job_workflow_ref',
  'aud',
  'iss',
] as const

/** The claims of a token, whose signature is the affair of whoever takes it; undefined when it is none. */
export function readClaims(token: string): Claims | undefined {
  const [, payload = ''] = token.split('.')
  const claims = parseJson(Buffer.from(payload, 'base64url').toString())
  return Object.keys(asRecord(claims)).length === 0 ? undefined : asRecord(claims)
}

/** `repository_id=817263544 ref=refs/heads/main …`: never the token. */
export function renderClaims(claims: Claims): string {
  return SHOWN.flatMap((name) =>
    claims[name] === undefined ? [] : [`${name}=${renderClaim(claims[name])}`]
  ).join(' ')
}

/** One claim as text. */
export function renderClaim(claim: unknown): string {
  return typeof claim === 'string' ? claim : JSON.stringify(claim)
}
