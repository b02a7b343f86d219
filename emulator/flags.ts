import { parseArgs } from 'node:util'
import type { EmulatorOptions } from './start.ts'

export type Flags = Omit<EmulatorOptions, 'dataDirectory'> & {
  /** Left out: a directory of its own, removed at the end. */
  readonly dataDirectory?: string
}

export type ParsedFlags =
  | { readonly kind: 'flags'; readonly flags: Flags }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'problems'; readonly problems: readonly string[] }

const HELP = `Serves Google Cloud and GitHub on one port of 127.0.0.1 and prints the environment that points
clients at it. Ends with Ctrl-C, and then nothing of it is left.

  --port N             port to listen on, 0 for any free one (0)
  --machines KIND      simulated, or real: startup scripts and containers run here (simulated)
  --speed N            durations of the cloud pass N times as fast (1)
  --project ID         project id (mervis-demo)
  --project-number N   project number (123456789012)
  --repository O/N     GitHub repository that may deploy (mervis/mervis)
  --state-bucket NAME  bucket that exists from the start (<project>-tfstate)
  --data DIRECTORY     where layers and VM directories go (a temporary directory)
  --docker-host URL    engine of real machines (DOCKER_HOST, else unix:///var/run/docker.sock)

With PROVIDER=real in the environment terraform installs the real hashicorp/google, as it does
elsewhere, instead of being attached to the stand-in.
`

const OPTIONS = {
  port: { type: 'string' },
  machines: { type: 'string' },
  speed: { type: 'string' },
  project: { type: 'string' },
  'project-number': { type: 'string' },
  repository: { type: 'string' },
  'state-bucket': { type: 'string' },
  data: { type: 'string' },
  'docker-host': { type: 'string' },
  help: { type: 'boolean' },
} as const

type Values = Readonly<Partial<Record<keyof typeof OPTIONS, string | boolean>>>

/** Reads the command line; all problems at once, one sentence each. */
export function parseFlags(argv: readonly string[]): ParsedFlags {
  const { tokens, values } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    strict: false,
    tokens: true,
  })
  if (values['help']) return { kind: 'help', text: HELP }
  const problems = tokens.flatMap((token) => {
    if (token.kind === 'positional') return [`Unexpected argument "${token.value}".`]
    if (token.kind !== 'option') return []
    if (!(token.name in OPTIONS)) return [`Unknown flag "${token.rawName}".`]
    return token.value === undefined ? [`"${token.rawName}" needs a value.`] : []
  })
  problems.push(...checkValues(values))
  if (problems.length > 0) return { kind: 'problems', problems }
  return { kind: 'flags', flags: toFlags(values) }
}

const RULES: readonly (readonly [flag: keyof typeof OPTIONS, pattern: RegExp, rule: string])[] = [
  [
    'port',
    /^(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$/,
    'a port number from 0 to 65535',
  ],
  ['machines', /^(simulated|real)$/, '"simulated" or "real"'],
  ['speed', /^(?=.*[1-9])\d{1,6}(\.\d+)?$/, 'a number above 0'],
  [
    'project',
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    'a project id of 6 to 30 lower-case letters, digits and hyphens',
  ],
  ['project-number', /^\d{6,19}$/, 'a number of 6 to 19 digits'],
  ['repository', /^[\w.-]+\/[\w.-]+$/, 'owner/name'],
  ['state-bucket', /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/, 'a bucket name'],
  ['data', /./, 'a directory'],
  [
    'docker-host',
    /^(unix|tcp):\/\/.+/,
    'the address of an engine, such as unix:///var/run/docker.sock',
  ],
]

function checkValues(values: Values): readonly string[] {
  return RULES.flatMap(([flag, pattern, rule]) => {
    const value = values[flag]
    if (typeof value !== 'string' || pattern.test(value)) return []
    return [`"--${flag}" must be ${rule}, not "${value}".`]
  })
}

/** Flags that were not given are absent, so that the defaults of `startEmulator` hold. */
function toFlags(values: Values): Flags {
  const text = (flag: keyof typeof OPTIONS): string => {
    const value = values[flag]
    return typeof value === 'string' ? value : ''
  }
  return {
    machines: text('machines') === 'real' ? 'real' : 'simulated',
    ...(text('port') && { port: Number(text('port')) }),
    ...(text('speed') && { speed: Number(text('speed')) }),
    ...(text('project') && { projectId: text('project') }),
    ...(text('project-number') && { projectNumber: text('project-number') }),
    ...(text('repository') && { repository: text('repository') }),
    ...(text('state-bucket') && { stateBucket: text('state-bucket') }),
    ...(text('data') && { dataDirectory: text('data') }),
    ...(text('docker-host') && { dockerHost: text('docker-host') }),
  }
}
