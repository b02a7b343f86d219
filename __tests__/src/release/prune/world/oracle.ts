import type { PruneWorld } from './prune-world.ts'

/** What must stand at this moment, told apart from the code under test; by release. */
export interface Protected {
  readonly because: string
  readonly releases: ReadonlySet<string>
}

/** Every reason for which a release must not lose template or tag now. */
export function protectedNow(world: PruneWorld, keepReleases: number): readonly Protected[] {
  const { entries } = world.ledger
  const words = new Map<string, { readonly attempt: number; readonly isGood: boolean }>()
  for (const { release, outcome, attempt } of entries) {
    if (outcome === null || outcome === 'interrupted') continue
    words.set(release, { attempt, isGood: outcome === 'verified' })
  }
  const verified = [...words]
    .filter(([, { isGood }]) => isGood)
    .sort(([, one], [, other]) => other.attempt - one.attempt)
  const kept = verified.slice(0, Math.max(keepReleases, 1))
  const oldest = kept.at(-1)?.[1].attempt ?? 0
  const used = [...world.usedTemplates()].map((name) => name.slice(name.lastIndexOf('-') + 1))
  const running = world.groupIsOn
  const before = verified.find(([release]) => release !== running)
  const unfinished = entries.filter(
    ({ outcome, attempt }) => outcome === null || (outcome === 'interrupted' && attempt > oldest)
  )
  return [
    { because: 'the group or a VM of it is on it', releases: new Set([running, ...used]) },
    { because: 'it is the predecessor', releases: new Set(before ? [before[0]] : []) },
    { because: 'it is among the last', releases: new Set(kept.map(([release]) => release)) },
    {
      because: 'an unfinished attempt refers to it',
      releases: new Set(
        unfinished
          .flatMap(({ release, previous, rolledBackTo }) => [release, previous, rolledBackTo])
          .filter((release) => release !== null)
      ),
    },
  ]
}
