import { type Ledger, type LedgerEntry, lastVerified, openEntries } from '../ledger/ledger.ts'
import type { ReleaseTags } from './release-tags.ts'
import type { ReleaseTemplate } from './release-template.ts'

/** What is known when it is decided which releases go. */
export interface PruneFacts {
  readonly ledger: Ledger
  readonly templates: readonly ReleaseTemplate[]
  readonly tags: ReleaseTags
  /** `HOST/PROJECT/REPOSITORY/IMAGE@`: what references to that image begin with. */
  readonly ownImage: string
  /** Releases of which there is a tag for a long time, and nothing else: see `strangers`. */
  readonly forgotten: ReadonlySet<string>
  /** Names of templates that the group or a VM of it refers to. */
  readonly usedTemplates: ReadonlySet<string>
  /** The release that was just verified. */
  readonly running: string
  readonly keepReleases: number
  readonly nowMs: number
}

export interface PruneDecision {
  /** Lose template and tag; oldest first. */
  readonly doomed: readonly ReleaseTemplate[]
  /** Releases that lost their template earlier, and still have the tag. */
  readonly orphans: readonly string[]
  /** Are kept, but nothing keeps their image: the tag is missing. */
  readonly untagged: readonly ReleaseTemplate[]
}

/** A run may be about to open the attempt for a template, or to make one for a tag, of its own. */
export const YOUNG_MS = 24 * 3_600_000

/** Pure. What it does not know it keeps. */
export function decidePruning(facts: PruneFacts): PruneDecision {
  const { templates, tags } = facts
  const kept = keptReleases(facts)
  const spared = sparedTemplates(facts)
  const isKept = ({ id, name }: ReleaseTemplate): boolean =>
    kept.has(id) || spared.has(id) || facts.usedTemplates.has(name)
  const standing = new Set(templates.map(({ id }) => id))
  const strange = new Set(strangers(facts))
  const isOrphan = (id: string): boolean =>
    !kept.has(id) && !standing.has(id) && (!strange.has(id) || facts.forgotten.has(id))
  return {
    doomed: templates.filter((template) => !isKept(template)).sort(byAge),
    orphans: [...tags.tagged.keys()].filter(isOrphan).sort(),
    untagged: templates.filter(
      (template) =>
        isKept(template) &&
        template.image.startsWith(facts.ownImage) &&
        !tags.tagged.has(template.id)
    ),
  }
}

/**
 * Releases of which there is a tag, but no template and no attempt: a run died before it made the
 * template, or is about to make it. A tag does not say how old it is, its image does.
 */
export function strangers({
  ledger,
  templates,
  tags,
}: Pick<PruneFacts, 'ledger' | 'templates' | 'tags'>): readonly string[] {
  const standing = new Set(templates.map(({ id }) => id))
  const known = new Set(ledger.entries.map(({ release }) => release))
  return [...tags.tagged.keys()].filter((id) => !standing.has(id) && !known.has(id))
}

/** The releases to keep by what the ledger says, whether or not they are there. */
function keptReleases({
  ledger,
  tags,
  running,
  keepReleases,
}: PruneFacts): ReadonlySet<string | null> {
  const verified = lastVerified(ledger, { otherThan: undefined })
  const newest = verified.slice(0, Math.max(keepReleases, 1))
  const oldestKept = newest.at(-1)?.attempt ?? 0
  const [predecessor] = lastVerified(ledger, { otherThan: running })
  const cameFrom = ledger.entries.findLast(
    ({ release, previous }) => release === running && previous !== running
  )
  // One that was interrupted before all of these has long been followed by a verified release.
  const unfinished = ledger.entries.filter(
    ({ outcome, attempt }) => outcome === 'interrupted' && attempt > oldestKept
  )
  return new Set([
    running,
    ...tags.pinned,
    ...newest.map(({ release }) => release),
    predecessor?.release ?? null,
    cameFrom?.previous ?? null,
    ...[...openEntries(ledger), ...unfinished].flatMap(releasesOf),
  ])
}

function releasesOf({ release, previous, rolledBackTo }: LedgerEntry): readonly (string | null)[] {
  return [release, previous, rolledBackTo]
}

/**
 * Templates that the ledger has no good word for, and that stay for a while: young ones, and where it
 * knows fewer verified releases than are to be kept, the newest it knows nothing of. Somebody may
 * have begun a new ledger, and what it forgot is all that there is to go back to.
 */
function sparedTemplates({
  ledger,
  templates,
  keepReleases,
  nowMs,
}: PruneFacts): ReadonlySet<string> {
  const verified = new Set(
    lastVerified(ledger, { otherThan: undefined }).map(({ release }) => release)
  )
  const known = new Set(ledger.entries.map(({ release }) => release))
  const isYoung = ({ createdAtMs = nowMs }: ReleaseTemplate): boolean =>
    nowMs - createdAtMs < YOUNG_MS
  const young = templates.filter((template) => !verified.has(template.id) && isYoung(template))
  const places = Math.max(keepReleases - verified.size, 0)
  const unknown = templates.filter(({ id }) => !known.has(id)).sort(byAge)
  const newest = places === 0 ? [] : unknown.slice(-places)
  return new Set([...young, ...newest].map(({ id }) => id))
}

/** Oldest first; a template of unknown age comes last. */
function byAge(one: ReleaseTemplate, other: ReleaseTemplate): number {
  const age = (one.createdAtMs ?? Infinity) - (other.createdAtMs ?? Infinity)
  return age || (one.name < other.name ? -1 : 1)
}
