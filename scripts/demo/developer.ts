import type { GitHub } from '../../emulator/github/github.ts'
import type { WorkflowRun } from '../../emulator/runner/runs.ts'
import type { Workflows } from '../../emulator/runner/workflows.ts'
import type { DemoRepository } from './repository.ts'

/** Where the developer works. */
export interface Workplace {
  readonly repository: Pick<DemoRepository, 'commit' | 'merge'>
  readonly github: Pick<GitHub, 'store'>
  readonly workflows: Pick<Workflows, 'pullRequest' | 'push' | 'dispatch'>
}

/** A pull request that was opened. */
export interface PullRequest {
  readonly number: number
  readonly title: string
  readonly branch: string
  readonly sha: string
}

/** A change that somebody wants in the main branch. */
export interface Proposal {
  readonly branch: string
  readonly title: string
  readonly edit: (directory: string) => Promise<unknown>
}

const ACTOR = 'mervis'
const MAIN = 'main'

/** What a person does at GitHub: each promise resolves when the workflows that it starts are over. */
export class Developer {
  readonly #place: Workplace

  constructor(place: Workplace) {
    this.#place = place
  }

  async openPullRequest(
    proposal: Proposal
  ): Promise<{ readonly pull: PullRequest; readonly runs: readonly WorkflowRun[] }> {
    const { repository, github, workflows } = this.#place
    const { branch, title } = proposal
    const { sha, files } = await repository.commit({ branch, message: title, edit: proposal.edit })
    const opened = github.store.addPull({
      title,
      author: ACTOR,
      headRef: branch,
      headSha: sha,
      files,
    })
    const pull = { number: opened.number, title, branch, sha }
    return { pull, runs: await workflows.pullRequest(eventOf(pull, 'opened')) }
  }

  /** GitHub tells two kinds of workflows of a merge: those of the pull request, and those of a push. */
  async merge(pull: PullRequest): Promise<readonly WorkflowRun[]> {
    const { repository, github, workflows } = this.#place
    const message = `${pull.title} (#${pull.number})`
    const mergeSha = await repository.merge(pull.branch, message)
    github.store.merge(pull.number, mergeSha, ACTOR)
    const runs = await Promise.all([
      workflows.push({ branch: MAIN, sha: mergeSha, actor: ACTOR }),
      workflows.pullRequest({ ...eventOf(pull, 'closed'), mergeSha }),
    ])
    return runs.flat()
  }

  /** Straight to the main branch, past everybody else. */
  async push({ title, edit }: Omit<Proposal, 'branch'>): Promise<readonly WorkflowRun[]> {
    const { repository, workflows } = this.#place
    const { sha } = await repository.commit({ branch: MAIN, message: title, edit })
    return workflows.push({ branch: MAIN, sha, actor: ACTOR })
  }

  /** The button "Run workflow". */
  async dispatch(
    file: string,
    inputs: Readonly<Record<string, string>>
  ): Promise<readonly WorkflowRun[]> {
    return [await this.#place.workflows.dispatch({ file, branch: MAIN, inputs, actor: ACTOR })]
  }
}

function eventOf({ number, sha, branch }: PullRequest, action: string) {
  return { action, number, headSha: sha, headBranch: branch, baseBranch: MAIN, actor: ACTOR }
}
