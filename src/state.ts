/** Keys of the runner's state, under which main leaves what post needs; never a secret. */
export const WORK_DIRECTORY_STATE = 'work_directory'
/** The attempt that post must look after when main could not; empty when there is none. */
export const ATTEMPT_STATE = 'attempt'

export interface AttemptState {
  readonly group: string
  readonly holder: string
}
