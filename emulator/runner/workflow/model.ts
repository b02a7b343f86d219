import type { Token } from './tokens.ts'

/** A workflow file, checked; what may hold expressions is still as it was written. */
export interface Workflow {
  /** `.github/workflows/deploy.yml`. */
  readonly path: string
  readonly name: string
  readonly runName: Token | undefined
  readonly events: Readonly<Record<string, EventFilter>>
  /** Times of `schedule`. */
  readonly crons: readonly string[]
  readonly dispatchInputs: readonly InputDefinition[]
  /** What a caller gives and gets, where the file can be called. */
  readonly call: CallInterface | undefined
  readonly permissions: Token | undefined
  readonly concurrency: Token | undefined
  readonly env: Token | undefined
  readonly defaults: Token | undefined
  readonly jobs: readonly JobTemplate[]
}

/** What stands below an event of `on`, as far as it narrows. */
export interface EventFilter {
  readonly branches?: readonly string[]
  readonly 'branches-ignore'?: readonly string[]
  readonly tags?: readonly string[]
  readonly 'tags-ignore'?: readonly string[]
  readonly paths?: readonly string[]
  readonly 'paths-ignore'?: readonly string[]
  readonly types?: readonly string[]
}

/** As they are spelled in a file; without one it is a string. */
export type InputType = 'string' | 'boolean' | 'number' | 'choice' | 'environment'

/** One input of a dispatch or of a call. */
export interface InputDefinition {
  readonly name: string
  readonly type: InputType
  readonly isRequired: boolean
  readonly default: Token | undefined
  readonly options: readonly string[]
}

/** What stands under `workflow_call`. */
export interface CallInterface {
  readonly inputs: readonly InputDefinition[]
  readonly secrets: readonly { readonly name: string; readonly isRequired: boolean }[]
  readonly outputs: readonly { readonly name: string; readonly value: Token | undefined }[]
}

/** A job as it was written. */
export interface JobTemplate {
  readonly id: string
  readonly needs: readonly string[]
  /** GitHub's own reading of `if`, with the `success()` that goes without saying. */
  readonly condition: string
  /** `./.github/workflows/x.yml` of a job that calls another workflow. */
  readonly uses: string | undefined
  readonly steps: readonly StepTemplate[]
  /** Everything else below the job's name. */
  readonly token: Token
}

/** A step as it was written, with the id that GitHub gives to one without. */
export interface StepTemplate {
  readonly id: string
  readonly condition: string
  readonly token: Token
}

/** A file that is no workflow, or one that GitHub would refuse to start. */
export class WorkflowError extends Error {
  readonly problems: readonly string[]

  constructor(path: string, problems: readonly string[]) {
    super(`Invalid workflow file: ${path}\n${problems.join('\n')}`)
    this.name = 'WorkflowError'
    this.problems = problems
  }
}
