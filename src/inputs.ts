import { type BuildInputs, readBuildInputs } from './inputs/build.ts'
import { type CommandInputs, readCommandInputs } from './inputs/command.ts'
import { type InputProblem, InputReader, type LineRule, type Pattern } from './inputs/reader.ts'

export type Strategy = 'surge' | 'recreate'
export type Provisioning = 'spot' | 'standard'
export type SecretScan = 'block' | 'warn' | 'off'
export type Review = 'destructive' | 'exact' | 'off'

export interface SecretReference {
  /** A secret's short id in the project, or `projects/P/secrets/S`. */
  readonly secret: string
  /** A version number, or `latest`. */
  readonly version: string
}

/** Everything the action is told, checked and typed; fields are named as the inputs are. */
export interface Config extends BuildInputs, CommandInputs {
  readonly projectId: string
  readonly region: string
  readonly zones: readonly string[]
  readonly name: string
  readonly machineType: string
  readonly size: number
  /** Undefined for a worker that serves nothing. */
  readonly port: number | undefined
  /** Undefined: a VM is healthy when its port accepts connections. */
  readonly healthPath: string | undefined
  readonly strategy: Strategy
  readonly provisioning: Provisioning
  readonly env: ReadonlyMap<string, string>
  readonly secrets: ReadonlyMap<string, SecretReference>
  readonly workloadIdentityProvider: string
  /** Undefined: the federated identity itself acts. */
  readonly serviceAccount: string | undefined
  readonly stateBucket: string
  /** Undefined: the bundled configuration. */
  readonly terraformDirectory: string | undefined
  /** Undefined: whatever fits on PATH, else the pinned version. */
  readonly terraformVersion: string | undefined
  readonly terraformVariables: ReadonlyMap<string, string>
  /** From this age on an image of the same source is built anew. */
  readonly rebuildAfterMs: number
  readonly secretScan: SecretScan
  /** How many verified releases keep their template and their image. */
  readonly keepReleases: number
  readonly progressDeadlineMs: number
  readonly minReadyMs: number
  /** Whether a release that fails is taken back. */
  readonly autoRollback: boolean
  /** What a deploy may apply that the merged pull request did not show. */
  readonly review: Review
  /** Whether a plan is written into its pull request. */
  readonly comment: boolean
  /** Whether a plan outside of pull requests keeps an issue about drift. */
  readonly driftIssue: boolean
  /** A secret. Empty where the job has none. */
  readonly githubToken: string
}

export type ParsedInputs =
  | { readonly config: Config; readonly problems?: never }
  | { readonly problems: readonly InputProblem[]; readonly config?: never }

export interface InputContext {
  /** `owner/name`, the source of the default for `name`. */
  readonly repository: string
}

/** Reads all inputs at once and reports all problems at once. Pure: `read` gives an input's text. */
export function parseInputs(read: (input: string) => string, context: InputContext): ParsedInputs {
  const reader = new InputReader(read)
  const config = readConfig(reader, context)
  return reader.problems.length > 0 ? { problems: reader.problems } : { config }
}

/** The same, as the runner gives them to a step. */
export function readInputs(env: Readonly<Record<string, string | undefined>>): ParsedInputs {
  const read = (input: string): string => env[`INPUT_${input.toUpperCase()}`] ?? ''
  return parseInputs(read, { repository: env['GITHUB_REPOSITORY'] ?? '' })
}

function readConfig(reader: InputReader, context: InputContext): Config {
  const region = reader.matching('region', REGION)
  const name = reader.matching('name', NAME, defaultName(context.repository))
  const service = {
    projectId: reader.matching('project_id', PROJECT_ID),
    region,
    zones: readZones(reader, region),
    name,
    machineType: reader.matching('machine_type', MACHINE_TYPE, 'e2-small'),
    size: reader.wholeNumber('size', { from: 0, to: 1000, fallback: 1 }),
    port: readPort(reader),
    healthPath: readHealthPath(reader),
    strategy: reader.choice('strategy', ['surge', 'recreate'], 'surge'),
    provisioning: reader.choice('provisioning', ['spot', 'standard'], 'spot'),
    ...readSettings(reader),
    workloadIdentityProvider: reader.matching('workload_identity_provider', PROVIDER),
    serviceAccount: reader.optional('service_account', SERVICE_ACCOUNT),
    stateBucket: reader.matching('state_bucket', BUCKET),
    terraformDirectory: reader.text('terraform_directory') || undefined,
    terraformVersion: reader.optional('terraform_version', VERSION),
    terraformVariables: reader.lines('terraform_variables'),
    ...readBuildInputs(reader),
    rebuildAfterMs: reader.duration('rebuild_after', '7d', 0),
    secretScan: reader.choice('secret_scan', ['block', 'warn', 'off'], 'block'),
    keepReleases: reader.wholeNumber('keep_releases', { from: 1, to: 1000, fallback: 10 }),
    progressDeadlineMs: reader.duration('progress_deadline', '10m', SHORTEST_DEADLINE_MS),
    minReadyMs: reader.duration('min_ready', '10s', 0),
    autoRollback: reader.flag('auto_rollback', true),
    review: reader.choice('review', ['destructive', 'exact', 'off'], 'destructive'),
    comment: reader.flag('comment', true),
    driftIssue: reader.flag('drift_issue', false),
    githubToken: reader.text('github_token'),
  }
  return { ...service, ...readCommandInputs(reader, service) }
}

/** Less than a VM needs to boot would fail every rollout. */
const SHORTEST_DEADLINE_MS = 30_000

const PROJECT_ID: Pattern = {
  pattern: /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  instead: 'the id of the Google Cloud project (not its name or number), such as "mervis-prod"',
}
const REGION: Pattern = {
  pattern: /^[a-z]+-[a-z]+[0-9]+$/,
  instead: 'a region (not a zone), such as "asia-northeast3"',
}
const NAME: Pattern = {
  pattern: /^[a-z]([-a-z0-9]{0,40}[a-z0-9])?$/,
  instead: 'up to 42 lower-case letters, digits and "-", beginning with a letter',
}
const MACHINE_TYPE: Pattern = {
  pattern: /^[a-z][a-z0-9]*-[a-z0-9-]+$/,
  instead: 'a machine type, such as "e2-small"',
}
const HEALTH_PATH: Pattern = {
  pattern: /^\/[!-~]*$/,
  instead: 'a path that begins with "/", such as "/healthz", or "none" to only connect to the port',
}
const PROVIDER: Pattern = {
  pattern:
    /^projects\/[0-9]+\/locations\/global\/workloadIdentityPools\/[a-z0-9-]+\/providers\/[a-z0-9-]+$/,
  instead:
    'the full name of the provider with the project NUMBER: "projects/123456789012/locations/global/workloadIdentityPools/POOL/providers/PROVIDER"',
}
const SERVICE_ACCOUNT: Pattern = {
  pattern: /^[a-z0-9-]+@[a-z0-9.-]+\.gserviceaccount\.com$/,
  instead: 'the e-mail of a service account: "NAME@PROJECT.iam.gserviceaccount.com"',
}
const BUCKET: Pattern = {
  pattern: /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/,
  instead: 'the name of a Cloud Storage bucket without "gs://"',
}
const VERSION: Pattern = {
  pattern: /^[0-9]+\.[0-9]+\.[0-9]+(-[0-9a-z]+)?$/,
  instead: 'an exact version, such as "1.11.4"',
}

const PORT = {
  from: 1,
  to: 65_535,
  fallback: 8080,
  instead: 'a whole number from 1 to 65535, or "none" for a worker',
}

const SECRET_VALUE =
  /^((?:projects\/[a-z0-9:.-]+\/secrets\/)?[A-Za-z0-9_-]{1,255})(?::([0-9]+|latest))?$/
const SECRET_LINE: LineRule = {
  judgeValue: (value) =>
    SECRET_VALUE.test(value.trim())
      ? undefined
      : 'has something other than a secret\'s name behind its "="',
  instead: 'NAME=secret or NAME=secret:version, never the value itself',
}

function defaultName(repository: string): string {
  const name = (repository.split('/')[1] ?? '').toLowerCase().replace(/[^a-z0-9-]+/g, '-')
  return name
    .replace(/^[^a-z]+/, '')
    .slice(0, 42)
    .replace(/-+$/, '')
}

function readZones(reader: InputReader, region: string): readonly string[] {
  const zones = reader.list('zones')
  const isOfRegion = (zone: string): boolean =>
    zone.startsWith(region) && /^-[a-z]$/.test(zone.slice(region.length))
  const strangers = zones.filter((zone) => !isOfRegion(zone))
  // Advice about zones would be wrong as long as the region is.
  if (REGION.pattern.test(region) && strangers.length > 0) {
    const instead = `zones of the region, such as "${region}-a, ${region}-b"`
    reader.refuse('zones', strangers.join(', '), instead)
  }
  return zones
}

function readPort(reader: InputReader): number | undefined {
  return reader.text('port') === 'none' ? undefined : reader.wholeNumber('port', PORT)
}

function readHealthPath(reader: InputReader): string | undefined {
  if (reader.text('health_path') === 'none') return undefined
  return reader.matching('health_path', HEALTH_PATH, '/healthz')
}

/** A name may come from one of the two only: which one would win is nothing to guess about. */
function readSettings(reader: InputReader): Pick<Config, 'env' | 'secrets'> {
  const env = reader.lines('env')
  const secrets = new Map(
    [...reader.lines('secrets', SECRET_LINE)].map(([name, value]) => {
      const [, secret = '', version = 'latest'] = SECRET_VALUE.exec(value.trim()) ?? []
      return [name, { secret, version }]
    })
  )
  const both = [...secrets.keys()].filter((name) => env.has(name))
  if (both.length > 0) {
    const predicate = `sets ${both.join(', ')}, which "env" sets, too: write it in one of them.`
    reader.object('secrets', predicate)
  }
  return { env, secrets }
}
