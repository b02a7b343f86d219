// Each returns one command as it can be pasted: doctor and the errors of all commands say the same.

/** Whose policy is extended, and by whom. */
export interface Grant {
  readonly project: string
  /** As IAM writes members: `serviceAccount:…`, `principalSet://…`. */
  readonly member: string
}

/** `NAME` becomes `NAME.googleapis.com`. */
export function enableApi(service: string, project: string): string {
  return enableApis([service], project)
}

/** All of them at once. */
export function enableApis(services: readonly string[], project: string): string {
  const names = services.map((name) => (name.includes('.') ? name : `${name}.googleapis.com`))
  return command(['gcloud services enable', ...names.map(quote)], { project })
}

/** A role in the whole project. */
export function grantRole(role: string, { project, member }: Grant): string {
  const words = ['gcloud projects add-iam-policy-binding', quote(project)]
  // Without the last flag gcloud asks back where the policy has a condition anywhere.
  return command(words, { member, role, condition: 'None' })
}

/** A role on one service account. */
export function grantOnServiceAccount(
  role: string,
  { serviceAccount, project, member }: Grant & { readonly serviceAccount: string }
): string {
  const words = ['gcloud iam service-accounts add-iam-policy-binding', quote(serviceAccount)]
  return command(words, { project, member, role })
}

/** A role on one bucket; its name is without `gs://`. */
export function grantOnBucket(
  role: string,
  { bucket, member }: { readonly bucket: string; readonly member: string }
): string {
  const words = ['gcloud storage buckets add-iam-policy-binding', quote(`gs://${bucket}`)]
  return command(words, { member, role })
}

/** A role on one repository of Artifact Registry. */
export function grantOnRepository(
  role: string,
  { repository, location, project, member }: Grant & RepositoryName
): string {
  const words = ['gcloud artifacts repositories add-iam-policy-binding', quote(repository)]
  return command(words, { location, project, member, role })
}

/** A role on one secret. */
export function grantOnSecret(
  role: string,
  { secret, project, member }: Grant & { readonly secret: string }
): string {
  return command(['gcloud secrets add-iam-policy-binding', quote(secret)], {
    project,
    member,
    role,
  })
}

/** A repository of Artifact Registry in a project that is said beside it. */
export interface RepositoryName {
  readonly repository: string
  readonly location: string
}

/** A Docker repository. */
export function createRepository({
  repository,
  location,
  project,
}: RepositoryName & { readonly project: string }): string {
  return command(['gcloud artifacts repositories create', quote(repository)], {
    'repository-format': 'docker',
    location,
    project,
  })
}

/** A bucket that is fit for terraform's state and the ledger. */
export function createStateBucket({
  bucket,
  location,
  project,
}: {
  readonly bucket: string
  readonly location: string
  readonly project: string
}): string {
  const create = command(['gcloud storage buckets create', quote(`gs://${bucket}`)], {
    project,
    location,
  })
  return `${create} --uniform-bucket-level-access --public-access-prevention && ${updateBucket(bucket, ['--versioning'])}`
}

/** Flags such as `--versioning`, `--public-access-prevention`. */
export function updateBucket(bucket: string, flags: readonly string[]): string {
  return ['gcloud storage buckets update', quote(`gs://${bucket}`), ...flags].join(' ')
}

/** A secret without a version. */
export function createSecret(secret: string, project: string): string {
  return command(['gcloud secrets create', quote(secret)], {
    project,
    'replication-policy': 'automatic',
  })
}

/** The value is read from a file, so that it stands in no shell's history. */
export function addSecretVersion(secret: string, project: string): string {
  return command(['gcloud secrets versions add', quote(secret)], {
    project,
    'data-file': 'FILE_WITH_THE_VALUE',
  })
}

/** A version that was disabled answers again. */
export function enableSecretVersion(
  version: string,
  { secret, project }: { readonly secret: string; readonly project: string }
): string {
  return command(['gcloud secrets versions enable', quote(version)], { secret, project })
}

/** Links a billing account to the project; which one nobody but the owner knows. */
export function linkBilling(project: string): string {
  return command(['gcloud billing projects link', quote(project)], {
    'billing-account': 'BILLING_ACCOUNT_ID',
  })
}

/** Lets the Google APIs service agent, which is named after the project's number, make a group's VMs. */
export function grantServiceAgent(project: string, projectNumber?: string): string {
  const number =
    projectNumber ??
    `$(${command(['gcloud projects describe', quote(project)], { format: 'value(projectNumber)' })})`
  const binding = command(['gcloud projects add-iam-policy-binding', quote(project)])
  return `${binding} --member="serviceAccount:${number}@cloudservices.gserviceaccount.com" --role=roles/compute.instanceGroupManagerServiceAgent --condition=None`
}

/** Lifts a boolean constraint, such as `compute.requireOsLogin`, in this project. */
export function disableConstraint(constraint: string, project: string): string {
  return command(
    [
      'gcloud resource-manager org-policies disable-enforce',
      quote(constraint.split('/').at(-1) ?? constraint),
    ],
    { project }
  )
}

/** Where quotas are raised: somebody has to say for what, so there is a page and no command. */
export function quotaPage(project: string): string {
  return `https://console.cloud.google.com/iam-admin/quotas?project=${encodeURIComponent(project)}`
}

/** `words --flag=value …`, with what a shell would misread in quotes. */
export function command(
  words: readonly string[],
  flags: Readonly<Record<string, string>> = {}
): string {
  const rest = Object.entries(flags).map(([name, value]) => `--${name}=${quote(value)}`)
  return [...words, ...rest].join(' ')
}

/** One word for a POSIX shell, whatever is in it: names come out of answers, too. */
export function quote(word: string): string {
  // Conditions hold single quotes: between double ones people can still read them.
  if (word.includes("'") && !/["$`!\\\n]/.test(word)) return `"${word}"`
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
