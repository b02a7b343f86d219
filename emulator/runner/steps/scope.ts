import type { Scope } from '../expressions/evaluate.ts'
import { hashFilesIn, statusFunctions } from '../expressions/functions.ts'
import type { Mapping } from '../expressions/values.ts'
import type { Masks } from '../masks.ts'
import type { ActionStore } from '../repository/actions.ts'
import type { Repository } from '../repository/git.ts'
import type { Conclusion } from '../runs.ts'
import type { StepLog } from './step-log.ts'

/** Names and texts, as of an environment. */
export type Variables = Readonly<Record<string, string>>

/** What a step leaves for those after it. */
export interface StepResult {
  /** Before `continue-on-error` is looked at. */
  readonly outcome: Conclusion
  readonly conclusion: Conclusion
  readonly outputs: ReadonlyMap<string, string>
}

/** Folders of a job on its machine. */
export interface JobFolders {
  readonly workspace: string
  /** RUNNER_TEMP. */
  readonly temp: string
  readonly home: string
}

/** One job on its machine: what all its steps share. */
export interface Session {
  readonly folders: JobFolders
  readonly masks: Masks
  /** What the machine has besides: endpoints, the address of the engine. */
  readonly machine: Variables
  /** ACTIONS_…: what the job may ask tokens with. */
  readonly tokens: Variables
  /** `github`, `vars`, `secrets`, `needs`, `matrix`, `strategy`, `runner`. */
  readonly contexts: Mapping
  readonly repository: Repository
  readonly actions: ActionStore
  /** Commit of the workflow file, which `$/path` is of. */
  readonly workflowSha: string
  /** The job's variables, and what steps have written to GITHUB_ENV. */
  readonly env: Map<string, string>
  /** What `pre` of an action has left for its main, by the id of the step. */
  readonly states: Map<string, ReadonlyMap<string, string>>
  /** Folders that steps have put before PATH. */
  readonly path: string[]
  /** What is to be done at the end, the last one first. */
  readonly posts: PostStep[]
  /** Once this is aborted nothing goes on. */
  readonly deadline: AbortSignal
}

/** The end of a step, run when all steps are done. */
export interface PostStep {
  readonly name: string
  readonly condition: string
  readonly scope: StepScope
  /** Of the step. */
  readonly env: Variables
  readonly run: (log: StepLog) => Promise<number>
}

/** What a list of steps begins with. */
export interface StepScopeOptions {
  readonly session: Session
  readonly inputs: Mapping
  /** Aborted when the steps are cancelled. */
  readonly signal: AbortSignal
  /** `defaults.run`. */
  readonly defaults?: Variables
  /** What a composite action's steps have from the step that uses it. */
  readonly env?: Variables
  /** What `github` says of the action whose steps these are. */
  readonly github?: Mapping
}

/** A list of steps that follow one another: of a job, or of a composite action. */
export class StepScope {
  readonly session: Session
  readonly inputs: Mapping
  readonly signal: AbortSignal
  readonly defaults: Variables
  readonly env: Variables
  readonly github: Mapping
  readonly steps = new Map<string, StepResult>()
  hasFailed = false

  constructor(options: StepScopeOptions) {
    this.session = options.session
    this.inputs = options.inputs
    this.signal = options.signal
    this.defaults = options.defaults ?? {}
    this.env = options.env ?? {}
    this.github = options.github ?? {}
  }

  get isComposite(): boolean {
    return 'action_path' in this.github
  }

  get status(): 'success' | 'failure' | 'cancelled' {
    if (this.signal.aborted) return 'cancelled'
    return this.hasFailed ? 'failure' : 'success'
  }

  /** What an expression of a step sees; `env` are the step's own variables, `isCancelled` what if. */
  toExpressions(env: Variables = {}, isCancelled = this.signal.aborted): Scope {
    const { session } = this
    const { github, ...others } = session.contexts
    const steps = [...this.steps].map(([id, { outcome, conclusion, outputs }]) => {
      return [id, { outcome, conclusion, outputs: Object.fromEntries(outputs) }] as const
    })
    const progress = { hasFailed: this.hasFailed, hasSucceeded: !this.hasFailed, isCancelled }
    return {
      contexts: {
        ...others,
        github: { ...(typeof github === 'object' ? github : {}), ...this.github },
        env: { ...Object.fromEntries(session.env), ...this.env, ...env },
        inputs: this.inputs,
        steps: Object.fromEntries(steps),
        job: { status: isCancelled ? 'cancelled' : this.status },
      },
      functions: [...statusFunctions(progress), hashFilesIn(session.folders.workspace)],
    }
  }
}
