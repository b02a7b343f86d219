import { createHash } from 'node:crypto'
import { canonicalJson } from '../lib/canonical-json.ts'
import { asList, asRecord, asText, parseJson } from '../lib/json.ts'

export interface DestructiveChange {
  readonly address: string
  /** Such as `delete` or `replace`. */
  readonly action: string
}

/** Which run wrote a text, for what: enough to tell the newer of two. */
export interface Generation {
  readonly runId: number
  readonly runAttempt: number
  /** The pull request's own head, not the merge commit that GitHub makes of it. */
  readonly commit: string
}

/** What a comment or an issue of ours says to machines. */
export interface Marker extends Generation {
  readonly kind: 'plan' | 'drift'
  /** Of the service: several may share a repository. */
  readonly name: string
  readonly planHash: string
  /** Undefined where there were too many to write down; the digest stands for them. */
  readonly destructive: readonly DestructiveChange[] | undefined
  readonly destructiveDigest: string
  /** A short mark of each change, destructive or not; undefined where there were too many. */
  readonly changes: readonly string[] | undefined
  /** Set once the pull request is over. */
  readonly closed?: 'merged' | 'closed' | undefined
}

export type NewMarker = Omit<Marker, 'destructive' | 'destructiveDigest' | 'changes'> & {
  readonly destructive: readonly DestructiveChange[]
  /** Without spaces. */
  readonly changes: readonly string[]
}

/** A quarter of what GitHub allows a comment: the rest is for people. */
const MAX_LENGTH = 16_384

/** One line that GitHub shows to nobody; it must be the first of the body. At most 16,384 characters. */
export function renderMarker(marker: NewMarker): string {
  const whole = { ...marker, destructiveDigest: digestOf(marker.destructive) }
  // What is destroyed matters more than what else is changed.
  const attempts: readonly Marker[] = [whole, { ...whole, changes: undefined }]
  const texts = attempts.map(render)
  const least = render({ ...whole, changes: undefined, destructive: undefined })
  return texts.find(({ length }) => length <= MAX_LENGTH) ?? least
}

/** The marker that a body starts with, or undefined; text of others never makes it throw. */
export function parseMarker(body: string): Marker | undefined {
  const [, kind, name = '', json = ''] = PATTERN.exec(body) ?? []
  if (kind !== 'plan' && kind !== 'drift') return undefined
  const data = asRecord(parseJson(json))
  const { v, run_id: runId, run_attempt: runAttempt, closed } = data
  if (v !== 1 || !Number.isSafeInteger(runId) || !Number.isSafeInteger(runAttempt)) return undefined
  const destructive = 'destructive' in data ? readChanges(data['destructive']) : undefined
  const digest = destructive ? digestOf(destructive) : asText(data['destructive_digest'])
  const decoded = decodeName(name)
  if (digest === '' || decoded === undefined) return undefined
  return {
    kind,
    name: decoded,
    runId: Number(runId),
    runAttempt: Number(runAttempt),
    commit: asText(data['commit']),
    planHash: asText(data['plan_hash']),
    destructive,
    destructiveDigest: digest,
    changes: 'changes' in data ? wordsOf(asText(data['changes'])) : undefined,
    closed: closed === 'merged' || closed === 'closed' ? closed : undefined,
  }
}

/** The same body, whose marker now says how the pull request ended; without a marker it stays as it is. */
export function markClosed(body: string, closed: Marker['closed']): string {
  const marker = parseMarker(body)
  if (!marker || marker.closed === closed) return body
  return body.replace(PATTERN, () => render({ ...marker, closed }))
}

/** Equal for equal sets of changes, whatever their order. */
export function digestOf(changes: readonly DestructiveChange[]): string {
  const lines = changes.map(({ address, action }) => canonicalJson([action, address])).sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

const PATTERN = /^<!-- deploy-spot-mig:(plan|drift) (\S+) (\{.*\}) -->/

function render(marker: Marker): string {
  const { kind, name, destructive, destructiveDigest, changes } = marker
  const data = {
    v: 1,
    run_id: marker.runId,
    run_attempt: marker.runAttempt,
    commit: marker.commit,
    plan_hash: marker.planHash,
    ...(destructive
      ? { destructive: destructive.map(({ address, action }) => ({ address, action })) }
      : { destructive_digest: destructiveDigest }),
    ...(changes && { changes: changes.join(' ') }),
    ...(marker.closed && { closed: marker.closed }),
  }
  return `<!-- deploy-spot-mig:${kind} ${encodeName(name)} ${escapeJson(JSON.stringify(data))} -->`
}

/**
 * Nothing in it ends an HTML comment (`-->`, `--!>`), and nobody is pinged by an address that has
 * `@team` or `#12` in it, whoever reads the text. All these stand only inside of JSON strings.
 */
function escapeJson(json: string): string {
  return json.replace(/[<>&@#]|(?<=-)-/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0')
    return `\\u${code}`
  })
}

// A name of Google Cloud may have `--` in it.
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll('--', '-%2D')
}

function decodeName(name: string): string | undefined {
  try {
    return decodeURIComponent(name)
  } catch {
    // Somebody else's text: no name of ours is malformed.
    return undefined
  }
}

function readChanges(value: unknown): readonly DestructiveChange[] {
  return asList(value).map((item) => {
    const { address, action } = asRecord(item)
    return { address: asText(address), action: asText(action) }
  })
}

function wordsOf(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '')
}
