import { parseImageName } from '../../image/reference.ts'

/** What a person asks for who writes something into `release`. */
export type Wanted =
  /** The release so many steps before the one that runs. */
  | { readonly kind: 'before'; readonly steps: number }
  /** The beginning of a release id or of a commit, in lower case; `tag` is the same as it was written. */
  | { readonly kind: 'id or commit'; readonly prefix: string; readonly tag: string }
  | { readonly kind: 'release'; readonly id: string }
  /** The beginning of an image digest, without `sha256:`. */
  | { readonly kind: 'digest'; readonly prefix: string }
  /** Only the registry knows which image that is. */
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'unreadable'; readonly why: string }

const SHORTEST_ID = 4
const SHORTEST_DIGEST = 7
const LONGEST_COMMIT = 40

const STEPS = /^-([0-9]{1,4})$/
const HEX = /^[0-9a-f]+$/i
const DIGEST = /(?:^|@)sha256:([^@]*)$/i
/** The tag that keeps a release's image names the release itself, which the image alone does not. */
const RELEASE_TAG = /^release-([0-9a-f]{12})(?:-pinned)?$/
const TAG = /^\w[\w.-]{0,127}$/

/** Reads the input; nothing at all is the release before the current one. Pure. */
export function parseWanted(text: string): Wanted {
  const [, steps] = STEPS.exec(text) ?? []
  if (text === '' || steps !== undefined) return readSteps(steps ?? '1')
  const [, digest] = DIGEST.exec(text) ?? []
  if (digest !== undefined) return readDigest(digest)
  if (HEX.test(text) && text.length >= SHORTEST_ID && text.length <= LONGEST_COMMIT) {
    return { kind: 'id or commit', prefix: text.toLowerCase(), tag: text }
  }
  const tag = TAG.test(text) ? text : parseImageName(text)?.tag
  if (tag === undefined) return unreadable('it is no release id, commit, image digest or tag')
  const [, id] = RELEASE_TAG.exec(tag) ?? []
  return id === undefined ? { kind: 'tag', tag } : { kind: 'release', id }
}

function readSteps(digits: string): Wanted {
  const steps = Number(digits)
  return steps > 0
    ? { kind: 'before', steps }
    : unreadable('"-1" is the first one before the release that runs')
}

function readDigest(hex: string): Wanted {
  if (!HEX.test(hex) || hex.length > 64) return unreadable('it is no image digest')
  if (hex.length < SHORTEST_DIGEST) {
    return unreadable(`a digest needs ${SHORTEST_DIGEST} digits behind "sha256:" at least`)
  }
  return { kind: 'digest', prefix: hex.toLowerCase() }
}

function unreadable(why: string): Wanted {
  return { kind: 'unreadable', why }
}
