/** Keys of the runner's state, under which main leaves what post needs; never a secret. */
export const WORK_DIRECTORY_STATE = 'work_directory'
/** The attempt that post must look after when main could not; empty when there is none. */
export const ATTEMPT_STATE = 'attempt'

/** Id of the GitHub deployment that post must end when main could not; empty when there is none. */
export const DEPLOYMENT_STATE = 'deployment'

export interface AttemptState {
  /** Empty for a run that rolls nothing, and may leave its lock alone. */
  readonly group: string
  readonly holder: string
}
