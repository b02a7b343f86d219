import { parseDuration, renderDuration } from './lib/duration.ts'
import { type NameValueLines, parseNameValueLines } from './lib/name-value-lines.ts'

export type Strategy = 'surge' | 'recreate'
export type Provisioning = 'spot' | 'standard'

export interface SecretReference {
  /** A secret's short id in the project, or `projects/P/secrets/S`. */
  readonly secret: string
  /** A version number, or `latest`. */
  readonly version: string
}

/** Everything a deploy is told, checked and typed; fields are named as the inputs are. */
export interface DeployConfig {
  readonly command: 'deploy'
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
  readonly context: string
  readonly dockerfile: string | undefined
  readonly target: string | undefined
  readonly buildArgs: ReadonlyMap<string, string>
  readonly progressDeadlineMs: number
  readonly minReadyMs: number
}

/** One wrong input: its name and a sentence that says what was given and what to write instead. */
export interface InputProblem {
  readonly input: string
  readonly message: string
}

export type ParsedInputs =
  | { readonly config: DeployConfig; readonly problems?: never }
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

function readConfig(reader: InputReader, context: InputContext): DeployConfig {
  const region = reader.matching('region', REGION)
  return {
    command: reader.choice('command', ['deploy'], 'deploy'),
    projectId: reader.matching('project_id', PROJECT_ID),
    region,
    zones: reader.zones(region),
    name: reader.matching('name', NAME, defaultName(context.repository)),
    machineType: reader.matching('machine_type', MACHINE_TYPE, 'e2-small'),
    size: reader.wholeNumber('size', { from: 0, to: 1000, fallback: 1 }),
    port: reader.port(),
    healthPath: reader.healthPath(),
    strategy: reader.choice('strategy', ['surge', 'recreate'], 'surge'),
    provisioning: reader.choice('provisioning', ['spot', 'standard'], 'spot'),
    ...reader.settings(),
    workloadIdentityProvider: reader.matching('workload_identity_provider', PROVIDER),
    serviceAccount: reader.optional('service_account', SERVICE_ACCOUNT),
    stateBucket: reader.matching('state_bucket', BUCKET),
    terraformDirectory: reader.text('terraform_directory') || undefined,
    terraformVersion: reader.optional('terraform_version', VERSION),
    terraformVariables: reader.lines('terraform_variables'),
    context: reader.text('context') || '.',
    dockerfile: reader.text('dockerfile') || undefined,
    target: reader.text('target') || undefined,
    buildArgs: reader.lines('build_args'),
    progressDeadlineMs: reader.duration('progress_deadline', '10m', SHORTEST_DEADLINE_MS),
    minReadyMs: reader.duration('min_ready', '10s', 0),
  }
}

interface Pattern {
  readonly pattern: RegExp
  /** Completes the sentence "write …". */
  readonly instead: string
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

const SECRET_VALUE =
  /^((?:projects\/[a-z0-9:.-]+\/secrets\/)?[A-Za-z0-9_-]{1,255})(?::([0-9]+|latest))?$/

function defaultName(repository: string): string {
  const name = (repository.split('/')[1] ?? '').toLowerCase().replace(/[^a-z0-9-]+/g, '-')
  return name
    .replace(/^[^a-z]+/, '')
    .slice(0, 42)
    .replace(/-+$/, '')
}

/** Reads inputs one by one and collects what is wrong with them; a wrong one reads as its fallback. */
class InputReader {
  readonly problems: InputProblem[] = []
  readonly #read: (input: string) => string

  constructor(read: (input: string) => string) {
    this.#read = read
  }

  text(input: string): string {
    return this.#read(input).trim()
  }

  matching(input: string, { pattern, instead }: Pattern, fallback = ''): string {
    const given = this.text(input) || fallback
    if (given === '') this.#problem(input, `is required: write ${instead}.`)
    else if (!pattern.test(given)) this.#wrong(input, given, instead)
    return given
  }

  optional(input: string, wanted: Pattern): string | undefined {
    return this.text(input) === '' ? undefined : this.matching(input, wanted)
  }

  choice<T extends string>(input: string, choices: readonly T[], fallback: T): T {
    const given = this.text(input)
    if (given === '') return fallback
    const chosen = choices.find((choice) => choice === given)
    if (chosen === undefined) this.#wrong(input, given, choices.map((c) => `"${c}"`).join(' or '))
    return chosen ?? fallback
  }

  wholeNumber(
    input: string,
    {
      from,
      to,
      fallback,
    }: { readonly from: number; readonly to: number; readonly fallback: number }
  ): number {
    const given = this.text(input)
    if (given === '') return fallback
    const value = /^[0-9]{1,9}$/.test(given) ? Number(given) : Number.NaN
    if (value >= from && value <= to) return value
    this.#wrong(input, given, `a whole number from ${from} to ${to}`)
    return fallback
  }

  port(): number | undefined {
    if (this.text('port') === 'none') return undefined
    const before = this.problems.length
    const port = this.wholeNumber('port', { from: 1, to: 65_535, fallback: 8080 })
    if (this.problems.length > before) {
      this.problems.pop()
      this.#wrong(
        'port',
        this.text('port'),
        'a whole number from 1 to 65535, or "none" for a worker'
      )
    }
    return port
  }

  healthPath(): string | undefined {
    if (this.text('health_path') === 'none') return undefined
    return this.matching('health_path', HEALTH_PATH, '/healthz')
  }

  duration(input: string, fallback: string, atLeastMs: number): number {
    const given = this.text(input) || fallback
    const durationMs = parseDuration(given)
    if (durationMs === undefined) {
      this.#wrong(input, given, 'a duration, such as "90s", "10m" or "1h30m"')
    } else if (durationMs < atLeastMs) {
      this.#wrong(input, given, `at least ${renderDuration(atLeastMs)}`)
    }
    return durationMs ?? 0
  }

  zones(region: string): readonly string[] {
    const zones = this.text('zones')
      .split(/[\s,]+/)
      .filter((zone) => zone !== '')
    const strangers = zones.filter((zone) => !new RegExp(`^${escaped(region)}-[a-z]$`).test(zone))
    if (REGION.pattern.test(region) && strangers.length > 0) {
      this.#wrong(
        'zones',
        strangers.join(', '),
        `zones of the region, such as "${region}-a, ${region}-b"`
      )
    }
    return [...new Set(zones)]
  }

  lines(input: string): ReadonlyMap<string, string> {
    return this.#lines(input, parseNameValueLines(this.#read(input)), 'one NAME=VALUE on each line')
  }

  /** A name may come from one of the two only: which one would win is nothing to guess about. */
  settings(): Pick<DeployConfig, 'env' | 'secrets'> {
    const env = this.lines('env')
    const secrets = this.secrets()
    const both = [...secrets.keys()].filter((name) => env.has(name))
    if (both.length > 0) {
      this.#problem(
        'secrets',
        `sets ${both.join(', ')}, which "env" sets, too: write it in one of them.`
      )
    }
    return { env, secrets }
  }

  secrets(): ReadonlyMap<string, SecretReference> {
    const lines = parseNameValueLines(this.#read('secrets'), (value) =>
      SECRET_VALUE.test(value.trim())
        ? undefined
        : 'has something other than a secret\'s name behind its "="'
    )
    const instead = 'NAME=secret or NAME=secret:version, never the value itself'
    const references = [...this.#lines('secrets', lines, instead)].map(([name, value]) => {
      const [, secret = '', version = 'latest'] = SECRET_VALUE.exec(value.trim()) ?? []
      return [name, { secret, version }] as const
    })
    return new Map(references)
  }

  /** Values are never shown: they may be secret even where they should not be. */
  #lines(input: string, lines: NameValueLines, instead: string): ReadonlyMap<string, string> {
    for (const problem of lines.problems) this.#problem(input, `${problem}: write ${instead}.`)
    return lines.pairs
  }

  #wrong(input: string, given: string, instead: string): void {
    this.#problem(input, `is "${shortened(given)}": write ${instead}.`)
  }

  #problem(input: string, predicate: string): void {
    this.problems.push({ input, message: `Input "${input}" ${predicate}` })
  }
}

function escaped(text: string): string {
  return text.replace(/[^a-z0-9]/gi, '\\$&')
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
