import type { Expanded } from './text/expansion.ts'

/** One source of an ADD: as it is written, and what that comes to. */
export interface AddSource {
  readonly written: string
  readonly expanded: Expanded
  /** The value of `--checksum`, or empty. */
  readonly checksum: string
}

/**
 * Why one source of an ADD may give other content the next time; undefined for files of the build
 * context and for what a checksum or a commit pins.
 */
export function whyUnpinned({ written, expanded, checksum }: AddSource): string | undefined {
  const source = expanded.text
  const isRemote = /^(https?|ssh|git):\/\//i.test(source) || isScpStyle(source)
  if (!isRemote) {
    if (expanded.unknown.length === 0 || beginsLikeAPath(written)) return undefined
    return `ADD ${written} may be a URL: what ${expanded.unknown.join(', ')} is, only the build knows`
  }
  if (checksum !== '' || (expanded.unknown.length === 0 && isPinnedGit(source))) return undefined
  return `ADD ${withoutSecrets(source)} can give other content the next time (pin it with --checksum)`
}

function isScpStyle(source: string): boolean {
  return /^[\w-]+@[\w.-]+:/.test(source)
}

/** A slash before any colon: neither a URL nor user@host:path begins so. */
function beginsLikeAPath(written: string): boolean {
  return /^[^:$]*\//.test(written)
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

function isPinnedGit(source: string): boolean {
  const [address = '', fragment = ''] = source.split('#', 2)
  const [path = '', query = ''] = address.split('?', 2)
  if (/^https?:/i.test(path) && !path.endsWith('.git')) return false
  const parameters = new URLSearchParams(query)
  const names = [
    fragment.split(':')[0] ?? '',
    ...['ref', 'checksum', 'commit'].map((name) => parameters.get(name) ?? ''),
  ]
  return names.some((name) => COMMIT.test(name))
}

/** A URL may carry a password or a signature, which must not reach the log. */
function withoutSecrets(source: string): string {
  return source.replace(/^(\w+:\/\/)[^/@]*@/, '$1').replace(/[?#].*$/s, '')
}
