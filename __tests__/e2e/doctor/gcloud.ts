import type { Rest } from './rest.ts'

interface Command {
  /** What comes before the first flag, `gcloud` left out. */
  readonly words: readonly string[]
  readonly flags: Readonly<Record<string, string>>
}

type Verb = (command: Command, rest: Rest) => Promise<unknown>

/**
 * Does what a line that the doctor printed would do, for those commands that it prints: the fix is
 * tried as it stands, and not as we remember it. What a person has to fill in is filled in here.
 *
 * @throws when there is no such command
 */
export async function paste(fix: string, rest: Rest): Promise<void> {
  const lines = fix.split(/\n| && /).filter((line) => line !== '' && !line.startsWith('#'))
  for (const line of lines) {
    const command = parse(line)
    const [, verb] =
      Object.entries(VERBS).find(([name]) =>
        `${command.words.join(' ')} `.startsWith(`${name} `)
      ) ?? []
    if (!verb) throw new Error(`Not a command that is known here: ${line}`)
    await verb(command, rest)
  }
}

function parse(line: string): Command {
  const parts = (line.match(/(?:'[^']*'|[^\s'])+/g) ?? []).map((part) => part.replaceAll("'", ''))
  if (parts[0] !== 'gcloud') throw new Error(`Not a command: ${line}`)
  const flags = parts.filter((part) => part.startsWith('--'))
  return {
    words: parts.slice(1).filter((part) => !part.startsWith('--')),
    flags: Object.fromEntries(
      flags.map((flag) => {
        const [name = '', ...value] = flag.slice(2).split('=')
        return [name, value.join('=')]
      })
    ),
  }
}

const last = ({ words }: Command): string => words.at(-1) ?? ''
const bucketOf = (command: Command): string => last(command).replace('gs://', '')
const secretOf = ({ project }: Command['flags'], secret: string): string =>
  `/secretmanager/v1/projects/${project}/secrets/${secret}`

const VERBS: Readonly<Record<string, Verb>> = {
  'services enable': ({ words, flags }, rest) =>
    rest.post(`/serviceusage/v1/projects/${flags['project']}/services:batchEnable`, {
      serviceIds: words.slice(2),
    }),
  'projects add-iam-policy-binding': (command, rest) =>
    rest.grant(`/cloudresourcemanager/v1/projects/${last(command)}`, command.flags),
  'iam service-accounts add-iam-policy-binding': (command, rest) =>
    rest.grant(`/iam/v1/projects/-/serviceAccounts/${last(command)}`, command.flags),
  'artifacts repositories add-iam-policy-binding': (command, rest) =>
    rest.grant(repositoryOf(command), command.flags),
  'secrets add-iam-policy-binding': (command, rest) =>
    rest.grant(secretOf(command.flags, last(command)), command.flags),
  'storage buckets add-iam-policy-binding': async (command, rest) => {
    const path = `/storage/v1/b/${bucketOf(command)}/iam`
    const policy = await rest.get(path)
    await rest.put(path, rest.withBinding(policy, command.flags))
  },
  'storage buckets create': (command, rest) =>
    rest.post('/storage/v1/b', {
      name: bucketOf(command),
      location: command.flags['location'],
      iamConfiguration: {
        uniformBucketLevelAccess: { enabled: 'uniform-bucket-level-access' in command.flags },
        publicAccessPrevention: 'enforced',
      },
    }),
  'storage buckets update': (command, rest) =>
    rest.patch(`/storage/v1/b/${bucketOf(command)}`, bucketChange(command)),
  'storage buckets relocate': (command, rest) =>
    rest.patch(`/storage/v1/b/${bucketOf(command)}`, { location: command.flags['location'] }),
  'storage rm': (command, rest) => rest.delete(objectOf(last(command))),
  // Shows generations to a person, who puts the one before into the next command.
  'storage ls': async () => {},
  'storage cp': (command, rest) => rest.putBack(last(command)),
  'artifacts repositories update': (command, rest) =>
    rest.patch(repositoryOf(command), repositoryChange(command)),
  'secrets create': ({ words, flags }, rest) =>
    rest.post(`/secretmanager/v1/projects/${flags['project']}/secrets?secretId=${words[2]}`, {
      replication: { automatic: {} },
    }),
  'secrets versions add': (command, rest) =>
    rest.post(`${secretOf(command.flags, last(command))}:addVersion`, {
      payload: { data: Buffer.from('a value').toString('base64') },
    }),
  'secrets versions enable': ({ words, flags }, rest) =>
    rest.post(`${secretOf(flags, flags['secret'] ?? '')}/versions/${words[3]}:enable`, {}),
  'billing projects link': (command, rest) =>
    rest.put(`/cloudbilling/v1/projects/${last(command)}/billingInfo`, {
      billingAccountName: 'billingAccounts/0X0X0X-0X0X0X-0X0X0X',
    }),
  'resource-manager org-policies disable-enforce': (command, rest) =>
    setPolicy(command, rest, last(command), { booleanPolicy: { enforced: false } }),
  'resource-manager org-policies allow': (command, rest) => {
    const [, , , constraint = '', ...allowedValues] = command.words
    const listPolicy = { allowedValues, inheritFromParent: true }
    return setPolicy(command, rest, constraint, { listPolicy })
  },
  // Google grants it, sooner or later.
  'beta quotas preferences create': ({ flags }, rest) => {
    const [, metric = ''] = /^(.+)-per-project/.exec(flags['quota-id'] ?? '') ?? []
    return rest.post('/emulator/quota-limit', {
      metric: metric.replaceAll('-', '_'),
      limit: Number(flags['preferred-value']),
      region: flags['dimensions']?.replace('region=', ''),
    })
  },
}

function repositoryOf(command: Command): string {
  const { project, location } = command.flags
  return `/artifactregistry/v1/projects/${project}/locations/${location}/repositories/${last(command)}`
}

function bucketChange({ flags }: Command): object {
  const changes: Readonly<Record<string, object>> = {
    versioning: { versioning: { enabled: true } },
    'clear-retention-period': { retentionPolicy: null },
    'no-default-event-based-hold': { defaultEventBasedHold: false },
    'clear-lifecycle': { lifecycle: null },
    'public-access-prevention': { iamConfiguration: { publicAccessPrevention: 'enforced' } },
    'uniform-bucket-level-access': {
      iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
    },
  }
  return changeOf(changes, flags)
}

function repositoryChange({ flags }: Command): object {
  const { location, project, ...rest } = flags
  const changes = {
    'no-immutable-tags': { dockerConfig: { immutableTags: false } },
    'no-cleanup-policy-dry-run': { cleanupPolicyDryRun: false },
  }
  return changeOf(changes, rest)
}

function changeOf(changes: Readonly<Record<string, object>>, flags: Command['flags']): object {
  const wanted = Object.keys(flags).map((flag) => {
    const change = changes[flag]
    if (!change) throw new Error(`There is no flag --${flag}.`)
    return change
  })
  return Object.assign({}, ...wanted)
}

function setPolicy(
  { flags }: Command,
  rest: Rest,
  constraint: string,
  policy: object
): Promise<unknown> {
  return rest.post(`/cloudresourcemanager/v1/projects/${flags['project']}:setOrgPolicy`, {
    policy: { constraint: `constraints/${constraint}`, ...policy },
  })
}

function objectOf(url: string): string {
  const [bucket = '', ...name] = url.replace('gs://', '').split('/')
  return `/storage/v1/b/${bucket}/o/${encodeURIComponent(name.join('/'))}`
}
