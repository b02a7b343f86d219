import type { Config } from '../../src/inputs.ts'
import { PROVIDER } from '../fakes/deploy-inputs.ts'

/** An input, what it is given, and what becomes of it. */
type Row = readonly [input: string, given: string, field: keyof Config, value: unknown]

/** One row for each edge of each input. */
export const ACCEPTED: readonly Row[] = [
  ['command', '', 'command', 'deploy'],
  ['command', ' deploy\n', 'command', 'deploy'],
  ['project_id', 'a12345', 'projectId', 'a12345'],
  ['project_id', `a${'b'.repeat(28)}9`, 'projectId', `a${'b'.repeat(28)}9`],
  ['region', 'northamerica-northeast2', 'region', 'northamerica-northeast2'],
  ['zones', '', 'zones', []],
  ['zones', 'europe-west1-b, europe-west1-c', 'zones', ['europe-west1-b', 'europe-west1-c']],
  ['zones', '\neurope-west1-b\n  europe-west1-c\n', 'zones', ['europe-west1-b', 'europe-west1-c']],
  ['zones', 'europe-west1-b,,europe-west1-b,', 'zones', ['europe-west1-b']],
  ['name', '', 'name', 'mervis'],
  ['name', 'a', 'name', 'a'],
  ['name', `a${'-'.repeat(40)}9`, 'name', `a${'-'.repeat(40)}9`],
  ['machine_type', '', 'machineType', 'e2-small'],
  ['machine_type', 'n2-custom-4-8192-ext', 'machineType', 'n2-custom-4-8192-ext'],
  ['size', '', 'size', 1],
  ['size', '0', 'size', 0],
  ['size', '1000', 'size', 1000],
  ['port', '', 'port', 8080],
  ['port', '1', 'port', 1],
  ['port', '65535', 'port', 65_535],
  ['port', 'none', 'port', undefined],
  ['health_path', '', 'healthPath', '/healthz'],
  ['health_path', '/', 'healthPath', '/'],
  ['health_path', 'none', 'healthPath', undefined],
  ['health_path', '/live?full=1&x=%20', 'healthPath', '/live?full=1&x=%20'],
  ['strategy', '', 'strategy', 'surge'],
  ['strategy', 'recreate', 'strategy', 'recreate'],
  ['provisioning', '', 'provisioning', 'spot'],
  ['provisioning', 'standard', 'provisioning', 'standard'],
  [
    'env',
    'A=1\nB= x=y ',
    'env',
    new Map([
      ['A', '1'],
      ['B', ' x=y '],
    ]),
  ],
  ['secrets', 'K=api-key', 'secrets', new Map([['K', { secret: 'api-key', version: 'latest' }]])],
  ['secrets', 'K=api-key:7', 'secrets', new Map([['K', { secret: 'api-key', version: '7' }]])],
  [
    'secrets',
    'K= api-key:latest ',
    'secrets',
    new Map([['K', { secret: 'api-key', version: 'latest' }]]),
  ],
  [
    'secrets',
    'K=projects/other-1/secrets/S_1:2',
    'secrets',
    new Map([['K', { secret: 'projects/other-1/secrets/S_1', version: '2' }]]),
  ],
  ['service_account', '', 'serviceAccount', undefined],
  [
    'service_account',
    'deployer@mervis-demo.iam.gserviceaccount.com',
    'serviceAccount',
    'deployer@mervis-demo.iam.gserviceaccount.com',
  ],
  [
    'service_account',
    '123-compute@developer.gserviceaccount.com',
    'serviceAccount',
    '123-compute@developer.gserviceaccount.com',
  ],
  ['state_bucket', 'state.example.com', 'stateBucket', 'state.example.com'],
  ['terraform_directory', '', 'terraformDirectory', undefined],
  ['terraform_directory', ' infra ', 'terraformDirectory', 'infra'],
  ['terraform_version', '', 'terraformVersion', undefined],
  ['terraform_version', '1.9.8', 'terraformVersion', '1.9.8'],
  // terraform/version.ts: a pre-release is never picked by itself; who wants it names it.
  ['terraform_version', '1.16.0-rc2', 'terraformVersion', '1.16.0-rc2'],
  [
    'terraform_variables',
    'labels={"a":"b"}',
    'terraformVariables',
    new Map([['labels', '{"a":"b"}']]),
  ],
  ['context', '', 'context', '.'],
  ['context', 'app', 'context', 'app'],
  ['dockerfile', '', 'dockerfile', undefined],
  ['dockerfile', 'app/Dockerfile.prod', 'dockerfile', 'app/Dockerfile.prod'],
  ['target', '', 'target', undefined],
  ['target', 'prod', 'target', 'prod'],
  ['build_args', 'VERSION=1', 'buildArgs', new Map([['VERSION', '1']])],
  ['progress_deadline', '', 'progressDeadlineMs', 600_000],
  ['progress_deadline', '1h30m', 'progressDeadlineMs', 5_400_000],
  ['min_ready', '', 'minReadyMs', 10_000],
  ['min_ready', '0s', 'minReadyMs', 0],
]

/** What must be refused, in one sentence each. */
export const REFUSED: readonly (readonly [input: string, given: string])[] = [
  ...['plann', 'Deploy', 'deploy now'].map((given) => ['command', given] as const),
  ...[
    '',
    'merv5',
    'Mervis-Demo',
    '123456789012',
    'mervis-demo-',
    '-mervis',
    'mervis_demo',
    'mervis demo',
    `a${'b'.repeat(30)}`,
  ].map((given) => ['project_id', given] as const),
  ...[
    '',
    'europe-west1-b',
    'Europe-West1',
    'europe',
    'europe-west1\nx',
    'global',
    'ｅurope-west1',
  ].map((given) => ['region', given] as const),
  ...[
    'b',
    'us-central1-a',
    'europe-west1',
    'europe-west1-b;europe-west1-c',
    'europe-west11-b',
    'europe-west1-bb',
    '-b',
    'xeurope-west1-b',
  ].map((given) => ['zones', given] as const),
  ...[
    'Mervis',
    '9lives',
    'mervis-',
    '-mervis',
    'mer vis',
    'mervis.io',
    'mérvis',
    `a${'b'.repeat(42)}`,
  ].map((given) => ['name', given] as const),
  ...['small', 'E2-small', 'e2_small', 'e2-small ; rm'].map(
    (given) => ['machine_type', given] as const
  ),
  ...['-1', '1001', '1.5', '1e3', '0x10', 'two', '٣', '99999999999999999999'].map(
    (given) => ['size', given] as const
  ),
  ...['0', '65536', '-1', '80,443', 'None', '8080/tcp', ''.padEnd(20, '9')].map(
    (given) => ['port', given] as const
  ),
  ...['healthz', 'http://x/', '/with space', '/grüße', '/a\nb'].map(
    (given) => ['health_path', given] as const
  ),
  ...['blue-green', 'Surge', 'surge,recreate'].map((given) => ['strategy', given] as const),
  ...['preemptible', 'SPOT'].map((given) => ['provisioning', given] as const),
  ...['A', '1A=x', 'A-B=x', '=x', 'A=1\nA=2', 'A=\0'].map((given) => ['env', given] as const),
  ...[
    'K',
    'K=',
    'K=not a name',
    'K=a/b',
    'K=api-key:',
    'K=api-key:newest',
    'K=api-key:-1',
    'K=https://x',
    'K=a\nK=b',
  ].map((given) => ['secrets', given] as const),
  ...[
    '',
    'github',
    `${PROVIDER}/`,
    `//iam.googleapis.com/${PROVIDER}`,
    PROVIDER.replace('123456789012', 'mervis-demo'),
    PROVIDER.replace(/\/providers.*/, ''),
  ].map((given) => ['workload_identity_provider', given] as const),
  ...[
    'deployer',
    'deployer@example.com',
    'a b@p.iam.gserviceaccount.com',
    'x@p.iam.gserviceaccount.com.evil.com',
    '{"type":"service_account"}',
  ].map((given) => ['service_account', given] as const),
  ...['', 'gs://bucket', 'bucket/prefix', 'Bucket', 'b', '-bucket', 'b ucket'].map(
    (given) => ['state_bucket', given] as const
  ),
  ...['1.11', 'latest', '>= 1.9', 'v1.11.4', '1.11.4.', '1.11.4; rm'].map(
    (given) => ['terraform_version', given] as const
  ),
  ...['labels', 'a b=1'].map((given) => ['terraform_variables', given] as const),
  ...['VERSION', '--flag=1'].map((given) => ['build_args', given] as const),
  ...['10', 'ten', '10 m', '-5m', '0s'].map((given) => ['progress_deadline', given] as const),
  ...['10', '1.5s'].map((given) => ['min_ready', given] as const),
]
