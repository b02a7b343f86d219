import type { RunBook, WorkflowRun } from '../../runner/runs.ts'

/** What somebody fills in under "Run workflow". */
export interface DispatchRequest {
  /** `deploy.yml`, or its path. */
  readonly file: string
  readonly branch: string
  readonly inputs: Readonly<Record<string, string>>
  readonly actor: string
}

/** Whoever runs the repository's workflows. */
export interface ActionsRunner {
  readonly runs: RunBook
  /** @throws GitHubError in GitHub's words */
  startDispatch(request: DispatchRequest): Promise<WorkflowRun>
  startRerun(id: number): WorkflowRun
  cancel(id: number): void
}

/** Where the API finds the runner, which is there once somebody has given the repository one. */
export class ActionsDoor {
  #runner: ActionsRunner | undefined

  /** The last one counts. */
  connect(runner: ActionsRunner): void {
    this.#runner = runner
  }

  get runner(): ActionsRunner | undefined {
    return this.#runner
  }
}
