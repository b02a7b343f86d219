import { digestOf } from '../../image/reference.ts'
import { type Ledger, type LedgerEntry, lastVerified } from '../ledger/ledger.ts'
import { earlierReleases } from './lineage.ts'
import type { Wanted } from './wanted.ts'

/** What comes of a wish. */
export type Choice =
  /** `entry` is an attempt in which the release was verified. */
  | { readonly kind: 'chosen'; readonly entry: LedgerEntry }
  /** The registry must say which digest that tag is; then it is asked for that. */
  | { readonly kind: 'tag'; readonly tag: string }
  /** `why` completes "Could not choose a release: …". */
  | { readonly kind: 'refused'; readonly why: string }

const SHORTEST_COMMIT = 7

/** Pure: finds the release in what the ledger knows. `current` is what the group is on, or empty. */
export function chooseRelease(ledger: Ledger, current: string, wanted: Wanted): Choice {
  switch (wanted.kind) {
    case 'before':
      return chooseBefore(ledger, current, wanted.steps)
    case 'id or commit':
      return chooseByPrefix(ledger, wanted)
    case 'release':
      return chooseById(ledger, wanted.id)
    case 'digest':
      return chooseByDigest(ledger, wanted.prefix)
    case 'tag':
      return { kind: 'tag', tag: wanted.tag }
    case 'unreadable':
      return refused(wanted.why)
  }
}

function chooseBefore(ledger: Ledger, current: string, steps: number): Choice {
  const earlier = earlierReleases(ledger, current)
  const entry = earlier[steps - 1]
  if (entry) return { kind: 'chosen', entry }
  const where = current === '' ? 'the group is on no release' : `the group is on ${current}`
  return refused(`${where}; verified releases before that: ${earlier.length || 'none'}`)
}

function chooseByPrefix(
  ledger: Ledger,
  { prefix, tag }: { readonly prefix: string; readonly tag: string }
): Choice {
  const ids = distinct(ledger.entries.map(({ release }) => release).filter(beginsWith(prefix)))
  // Whoever writes all of an id means it, whatever a commit begins with.
  if (ids.includes(prefix)) return chooseById(ledger, prefix)
  const commits =
    prefix.length < SHORTEST_COMMIT
      ? []
      : distinct(ledger.entries.map(({ commit }) => commit).filter(beginsWith(prefix)))
  const [id] = ids
  const [commit] = commits
  if (ids.length + commits.length > 1) {
    const all = [
      ...ids.map((one) => `release ${one}`),
      ...commits.map((one) => `commit ${one.slice(0, 12)}`),
    ]
    return refused(`"${prefix}" may be any of ${all.join(', ')}`)
  }
  if (id !== undefined) return chooseById(ledger, id)
  return commit === undefined ? { kind: 'tag', tag } : chooseByCommit(ledger, commit)
}

/** By its id a release may be chosen that failed since it was verified: a shortage of VMs is enough for that. */
function chooseById(ledger: Ledger, id: string): Choice {
  const attempts = ledger.entries.filter(({ release }) => release === id)
  const entry = attempts.findLast(({ outcome }) => outcome === 'verified')
  if (entry) return { kind: 'chosen', entry }
  const last = attempts.at(-1)
  if (!last) return refused(`no attempt of a release ${id} is in the ledger`)
  return refused(`release ${id} was never verified; its last attempt ${ended(last)}`)
}

function chooseByCommit(ledger: Ledger, commit: string): Choice {
  const isOfCommit = (entry: LedgerEntry): boolean => entry.commit === commit
  const standing = new Set(lastVerified(ledger, { otherThan: undefined }).map((e) => e.release))
  const entry = ledger.entries.findLast(
    (one) => isOfCommit(one) && one.outcome === 'verified' && standing.has(one.release)
  )
  if (entry) return { kind: 'chosen', entry }
  const last = ledger.entries.findLast(isOfCommit)
  const attempt = last ? `; its last attempt, release ${last.release}, ${ended(last)}` : ''
  return refused(`commit ${commit.slice(0, 12)} has no verified release${attempt}`)
}

function chooseByDigest(ledger: Ledger, prefix: string): Choice {
  const fitting = lastVerified(ledger, { otherThan: undefined }).filter(({ image }) =>
    digestOf(image).startsWith(`sha256:${prefix}`)
  )
  const digests = distinct(fitting.map(({ image }) => digestOf(image)))
  if (digests.length > 1) {
    return refused(`several images begin with sha256:${prefix}: ${digests.join(', ')}`)
  }
  const [entry] = fitting
  if (entry) return { kind: 'chosen', entry }
  return refused(`no verified release has an image sha256:${prefix}`)
}

function ended({ outcome, reason, runUrl }: LedgerEntry): string {
  const how = outcome === null ? 'is still open' : `ended as "${outcome}"`
  return `${how}${reason === null ? '' : ` (${reason})`}, ${runUrl}`
}

function beginsWith(prefix: string): (text: string) => boolean {
  return (text) => text.toLowerCase().startsWith(prefix)
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}

function refused(why: string): Choice {
  return { kind: 'refused', why }
}
