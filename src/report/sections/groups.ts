import type { Masker } from '../masking/masker.ts'
import type { PlanChanges, ResourceChange } from '../plan/changes.ts'
import { renderDeferral } from '../plan/reasons.ts'
import { KINDS, type Kind } from './kinds.ts'
import { buildOutputs } from './outputs.ts'
import { buildResourcePiece, Opening } from './resource.ts'
import { bullet, type Section, type SectionPiece } from './section.ts'

/** Lines of destructive changes that stand open; more of them are folded, but never their names. */
const MOST_OPEN_LINES = 200

/** Everything of a plan that can be long, in the order in which it is told. */
export function buildSections(changes: PlanChanges, masker: Masker): readonly Section[] {
  const kinds = sectionsOfKinds(changes.resources, masker)
  const isOutputsOnly = kinds.size === 0
  const of = (isBookkeeping: boolean): readonly Section[] =>
    [...kinds].flatMap(([kind, section]) =>
      (kind.isBookkeeping === true) === isBookkeeping ? [section] : []
    )
  return [
    ...of(false),
    buildOutputs(changes.outputs, { masker, isOpen: isOutputsOnly }),
    ...of(true),
    ...buildUnfinished(changes, masker),
    ...buildDrift(changes, masker),
  ].filter(({ pieces }) => pieces.length > 0)
}

function sectionsOfKinds(
  resources: readonly ResourceChange[],
  masker: Masker
): ReadonlyMap<Kind, Section> {
  const lists = new Map<Kind, ResourceChange[]>(KINDS.map((kind) => [kind, []]))
  for (const change of resources) {
    const kind = KINDS.find(({ has }) => has(change))
    if (kind) lists.get(kind)?.push(change)
  }
  const open = new Opening(MOST_OPEN_LINES)
  const sections = new Map<Kind, Section>()
  for (const [kind, list] of lists) {
    if (list.length === 0) continue
    const opening = kind.isDestructive ? open : new Opening(0)
    sections.set(kind, { ...kind, pieces: piecesOf(list, { masker, opening }) })
  }
  return sections
}

function piecesOf(
  list: readonly ResourceChange[],
  options: Parameters<typeof buildResourcePiece>[1]
): readonly SectionPiece[] {
  return list.map((change) => buildResourcePiece(change, options))
}

/** What this apply does not do, or does beside the resources. */
function buildUnfinished(
  { invocations, deferred }: PlanChanges,
  { maskAddress }: Masker
): readonly Section[] {
  return [
    {
      title: 'Invoke',
      note: 'Actions that run during the apply.',
      importance: 30,
      pieces: invocations.map((address) => bullet(maskAddress(address))),
    },
    {
      title: 'Deferred',
      note: 'Not part of this plan: another one has to follow.',
      importance: 30,
      pieces: deferred.map(({ address, reason }) =>
        bullet(maskAddress(address), ` · ${renderDeferral(reason)}`)
      ),
    },
  ]
}

function buildDrift(
  { relevantDrift, otherDrift, hasChanges }: PlanChanges,
  masker: Masker
): readonly Section[] {
  // Without any change it has had no consequence, and terraform does not tell of it either.
  if (!hasChanges) return []
  const options = { masker, opening: new Opening(0), isDrift: true }
  return [
    {
      title: 'Changed outside of terraform',
      note: 'Somebody or something else did this. The plan changes it back, or depends on it.',
      importance: 18,
      pieces: piecesOf(relevantDrift, options),
    },
    {
      title: 'Changed outside of terraform, which is nothing to this plan',
      importance: 1,
      isFolded: true,
      pieces: piecesOf(otherDrift, options),
    },
  ]
}
