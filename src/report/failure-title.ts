/** What a failure is known by, besides its words. */
export interface FailureKind {
  readonly code: string
  readonly outcome: 'rolled_back' | 'failed'
  /** The release that runs now, where it is known. */
  readonly runs?: string | undefined
}

const TITLES: Readonly<Record<string, string>> = {
  CANCELLED: 'Cancelled',
  REVIEW_REFUSED: 'The plan is not the one that was reviewed',
  IMAGE_SECRETS: 'The image would hold secrets',
  RELEASE_ROLLED_BACK: 'This commit was rolled back',
  RELEASE_UNKNOWN: 'No such release',
  RELEASE_GONE: 'The release cannot come back',
  DEPLOY_LOCKED: 'Another run deploys',
  DEPLOY_LOCK_LOST: 'Another run took over',
  ROLLOUT_CAPACITY: 'No VMs to be had',
  ROLLOUT_QUOTA: 'A quota is used up',
  ROLLOUT_SUPERSEDED: 'Another release was rolled out meanwhile',
  ROLLOUT_TIMED_OUT: 'The release made no progress',
  DOCTOR_FOUND: 'Something has to be fixed',
}

/** By the prefix of the code, where the code itself has none. */
const SUBJECTS: Readonly<Record<string, string>> = {
  AUTH: 'Google Cloud does not admit this job',
  TERRAFORM: 'Terraform failed',
  IMAGE: 'The image failed',
  GCP: 'Google Cloud refused',
  ROLLOUT: 'The rollout failed',
  LEDGER: 'The ledger of releases failed',
  GITHUB: 'GitHub refused',
  SECRET: 'The secrets failed',
  DESTROY: 'Not everything was destroyed',
}

/** A few words that say what failed, for the title of its one annotation. */
export function failureTitle({ code, outcome, runs }: FailureKind): string {
  if (outcome === 'rolled_back')
    return runs === undefined ? 'Taken back' : `Taken back to release ${runs}`
  return TITLES[code] ?? SUBJECTS[code.split('_', 1)[0] ?? ''] ?? 'Failed'
}
