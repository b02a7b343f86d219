import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type ActionRun, runAction } from '../../emulator/runner/action.ts'
import type { Narrator } from './narrator.ts'

export interface Cloud {
  readonly projectId: string
  readonly stateBucket: string
  readonly workloadIdentityProvider: string
  readonly deployerEmail: string
  /** Points clients at the emulator. */
  readonly environment: Readonly<Record<string, string>>
}

export interface Job {
  readonly actionDirectory: string
  readonly workspace: string
  readonly tempDirectory: string
  readonly cloud: Cloud
  readonly baseImage: string
  /** DOCKER_HOST and whatever else makes the engine reachable. */
  readonly engineEnvironment: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

export const SERVICE = 'mervis'
export const REGION = 'asia-northeast3'
export const PORT = 8080
const REPOSITORY = 'mervis/mervis'

/** A push to main: the shipped dist/ with the inputs that the README's quick start gives it. */
export function pushToMain(job: Job, narrator: Narrator): Promise<ActionRun> {
  return runAction({
    actionDirectory: job.actionDirectory,
    workspace: job.workspace,
    tempDirectory: job.tempDirectory,
    inputs: renderInputs(job),
    environment: { ...job.cloud.environment, ...job.engineEnvironment, ...describePush() },
    onLine: (line) => narrator.actionLine(line),
    signal: job.signal,
  })
}

export function renderInputs({ cloud, baseImage }: Job): Readonly<Record<string, string>> {
  return {
    command: 'deploy',
    name: SERVICE,
    project_id: cloud.projectId,
    region: REGION,
    workload_identity_provider: cloud.workloadIdentityProvider,
    service_account: cloud.deployerEmail,
    state_bucket: cloud.stateBucket,
    port: String(PORT),
    env: 'GREETING=Hello from the emulated cloud',
    build_args: `BASE_IMAGE=${baseImage}`,
    // The emulated cloud is quicker than Google's, so there is less to wait out.
    min_ready: '2s',
  }
}

function describePush(): Readonly<Record<string, string>> {
  return {
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: randomBytes(20).toString('hex'),
    GITHUB_ACTOR: 'mervis',
    GITHUB_RUN_ID: String(Date.now()),
    GITHUB_EVENT_NAME: 'push',
  }
}

/** The folders of one demo below a directory of its own. */
export function demoFolders(directory: string): {
  readonly workspace: string
  readonly tempDirectory: string
  readonly dataDirectory: string
} {
  return {
    workspace: join(directory, 'workspace'),
    tempDirectory: join(directory, 'runner-temp'),
    dataDirectory: join(directory, 'cloud'),
  }
}
