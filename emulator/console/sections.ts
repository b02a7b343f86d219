import type { Deployments } from '../github/deployments.ts'
import type { GitHubStore } from '../github/store.ts'
import type { Compute } from '../google/compute/compute.ts'
import type { ObjectStore } from '../google/storage/store.ts'
import type { RunBook } from '../runner/runs.ts'
import type { Html } from './markup/html.ts'
import { type DeploymentState, type ItemState, readDeployments, readItems } from './state/github.ts'
import { type GroupState, readGroups } from './state/group.ts'
import { type AttemptState, readLedgers } from './state/ledger.ts'
import { type RunState, readRuns } from './state/runs.ts'
import type { Traffic, TrafficState } from './traffic.ts'
import { renderDeployments, renderItems } from './view/github.ts'
import { renderGroups } from './view/group.ts'
import { renderLedger } from './view/ledger.ts'
import type { ReleaseColours } from './view/release.ts'
import { renderRuns, renderSummary } from './view/runs.ts'
import { renderTraffic } from './view/traffic.ts'

/** Where the console looks. */
export interface Sources {
  readonly projectId: string
  readonly compute: Compute
  readonly objects: ObjectStore
  readonly store: GitHubStore
  readonly deployments: Deployments
  readonly traffic: Traffic
  /** Of the repository's workflows, once somebody runs them. */
  readonly runs: () => RunBook | undefined
}

/** Everything that the page shows, as data. */
export interface ConsoleState {
  readonly projectId: string
  readonly repository: string
  readonly groups: readonly GroupState[]
  /** Attempts to release something, newest first. */
  readonly ledger: readonly AttemptState[]
  readonly traffic: TrafficState
  readonly runs: readonly RunState[]
  /** Pull requests and issues, newest first. */
  readonly items: readonly ItemState[]
  readonly deployments: readonly DeploymentState[]
}

/** The state of this moment; nothing in it changes afterwards. */
export function readState(sources: Sources): ConsoleState {
  return {
    projectId: sources.projectId,
    repository: sources.store.repository,
    groups: readGroups(sources.compute),
    ledger: readLedgers(sources.objects),
    traffic: sources.traffic.read(),
    runs: readRuns(sources.runs()),
    items: readItems(sources.store),
    deployments: readDeployments(sources.deployments.list()),
  }
}

type Render = (state: ConsoleState, colours: ReleaseColours) => Html

/** The parts of the page by name; each is drawn from the state alone. */
const SECTIONS: Readonly<
  Record<string, readonly [parts: readonly (keyof ConsoleState)[], Render]>
> = {
  // First: it gives the releases their colours, in the order in which they were made.
  ledger: [
    ['ledger', 'groups'],
    ({ ledger, groups }, colours) =>
      renderLedger(
        ledger,
        groups.flatMap(({ versions }) => versions),
        colours
      ),
  ],
  group: [['groups', 'ledger'], ({ groups }, colours) => renderGroups(groups, colours)],
  traffic: [
    ['traffic', 'ledger'],
    ({ traffic, ledger }, colours) => renderTraffic(traffic, ledger, colours),
  ],
  runs: [['runs'], ({ runs }) => renderRuns(runs)],
  summary: [['runs'], ({ runs }) => renderSummary(runs)],
  items: [['items'], ({ items }) => renderItems(items)],
  deployments: [['deployments'], ({ deployments }) => renderDeployments(deployments)],
}

/** In the order in which they are drawn. */
export const SECTION_NAMES: readonly string[] = Object.keys(SECTIONS)

/** Draws sections again only where the state that they are drawn from is another. */
export class Painter {
  readonly #colours: ReleaseColours
  readonly #drawn = new Map<string, { readonly from: string; readonly text: string }>()

  constructor(colours: ReleaseColours) {
    this.#colours = colours
  }

  /** Every section's markup, by name. */
  paint(state: ConsoleState): ReadonlyMap<string, string> {
    const parts = new Map<string, string>()
    const written = (part: keyof ConsoleState): string => {
      const text = parts.get(part) ?? JSON.stringify(state[part])
      parts.set(part, text)
      return text
    }
    for (const [name, [needs, render]] of Object.entries(SECTIONS)) {
      const from = needs.map(written).join('\n')
      if (this.#drawn.get(name)?.from !== from)
        this.#drawn.set(name, { from, text: render(state, this.#colours).text })
    }
    return new Map([...this.#drawn].map(([name, { text }]) => [name, text]))
  }
}
