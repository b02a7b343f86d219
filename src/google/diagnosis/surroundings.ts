/** Where a failure was met: what the commands against it have to name. */
export interface Surroundings {
  readonly projectId: string
  /** Known only to who has asked for it. */
  readonly projectNumber?: string | undefined
  /** Who asked, as IAM writes members. */
  readonly member?: string | undefined
  /** The jobs of this repository, as IAM writes the set of them. */
  readonly jobs?: string | undefined
  /** E-mail of the service account that the job acts as. */
  readonly serviceAccount?: string | undefined
  /** Full name of the workload identity provider. */
  readonly provider?: string | undefined
  readonly region?: string | undefined
  readonly stateBucket?: string | undefined
  /** URL of the object that is terraform's lock. */
  readonly stateLock?: string | undefined
}

/** Stands where nobody knows who the job is: in tests, and before the job knows it itself. */
const NOBODY = 'MEMBER'

/** What the inputs say of it; `repositoryId` is GITHUB_REPOSITORY_ID. */
export function surroundingsOf(
  config: {
    readonly projectId: string
    readonly region: string
    readonly stateBucket: string
    readonly workloadIdentityProvider: string
    readonly serviceAccount: string | undefined
  },
  repositoryId: string | undefined
): Surroundings {
  const { projectId, region, stateBucket, serviceAccount } = config
  const provider = config.workloadIdentityProvider
  const jobs = jobsOf(provider, repositoryId || 'REPOSITORY_ID')
  const member = serviceAccount === undefined ? jobs : `serviceAccount:${serviceAccount}`
  return { projectId, region, stateBucket, provider, serviceAccount, jobs, member }
}

/** Who is to be granted what is missing. */
export function memberIn({ member }: Surroundings): string {
  return member ?? NOBODY
}

/** The jobs of a repository; by its number, because a name can be given up and taken by another. */
function jobsOf(provider: string, repositoryId: string): string {
  const pool = provider.replace(/\/providers\/.*$/, '')
  return `principalSet://iam.googleapis.com/${pool}/attribute.repository_id/${repositoryId}`
}
