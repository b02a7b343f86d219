/** Key of the runner's state under which main leaves its working folder for post; never a secret. */
export const WORK_DIRECTORY_STATE = 'work_directory'
