import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogLine } from '../../../emulator/runner/log-lines.ts'
import type { JobRun, StepRun, WorkflowRun } from '../../../emulator/runner/runs.ts'
import { Workflows } from '../../../emulator/runner/workflows.ts'
import { type Emulator, startEmulator } from '../../../emulator/start.ts'
import { PushedRepository } from './repository.ts'

/** How a simulated VM is told that the service on it ends at once. */
const CRASH = 'EMULATED_APP=crash'

/** This repository at GitHub, its settings, and the cloud that it deploys to. */
export class Project {
  readonly emulator: Emulator
  readonly repository: PushedRepository
  readonly workflows: Workflows
  /** Lines of all jobs, `job: text`. */
  readonly log: string[] = []
  readonly #directory: string
  /** "Settings", "Variables": they count from the next run on. */
  readonly #vars: Record<string, string>

  private constructor(directory: string, emulator: Emulator, repository: PushedRepository) {
    const { identities } = emulator
    this.#directory = directory
    this.emulator = emulator
    this.repository = repository
    this.#vars = {
      GCP_PROJECT_ID: identities.projectId,
      GCP_REGION: 'asia-northeast3',
      GCP_WORKLOAD_IDENTITY_PROVIDER: identities.workloadIdentityProvider,
      GCP_DEPLOYER: identities.deployerEmail,
      GCP_PLANNER: identities.deployerEmail,
      GCP_STATE_BUCKET: identities.stateBucket,
      DEPLOY_NAME: 'web',
      DEPLOY_MIN_READY: '0s',
      DEPLOY_ENVIRONMENT: 'production',
    }
    this.workflows = new Workflows({
      repositoryDirectory: repository.directory,
      directory: join(directory, 'runner'),
      github: emulator.github,
      oidc: emulator.oidc,
      environment: { ...emulator.environment, ...engineVariables() },
      vars: this.#vars,
      secrets: {},
      environments: { production: { isProduction: true } },
      onLine: (line, { job }) => this.log.push(`${job}: ${textOf(line)}`),
    })
  }

  static async open(): Promise<Project> {
    const directory = await mkdtemp(join(tmpdir(), 'workflows-e2e-'))
    const repository = await PushedRepository.create(join(directory, 'repository'), {
      Dockerfile: 'FROM scratch\nCOPY content /\n',
      '.dockerignore': '*\n!content\n',
      content: 'first',
    })
    const emulator = await startEmulator({ speed: 20, dataDirectory: join(directory, 'cloud') })
    return new Project(directory, emulator, repository)
  }

  /** From now on what is deployed ends as soon as it is started. */
  breakService(): void {
    this.#vars['DEPLOY_ENV'] = CRASH
  }

  /** As somebody does by hand who looks for a mistake. */
  async removeFirewall(): Promise<void> {
    const rule = '/compute/v1/projects/mervis-demo/global/firewalls/web-iap-ssh'
    const token = this.emulator.accessToken('user:owner@example.com')
    const headers = { authorization: `Bearer ${token}` }
    await fetch(this.emulator.url + rule, { method: 'DELETE', headers })
  }

  async push(message: string, content: string): Promise<readonly WorkflowRun[]> {
    const sha = await this.repository.commit({ content }, message)
    return this.workflows.push({ branch: 'main', sha, actor: 'octocat' })
  }

  /** Of the VMs that stay, each release once. */
  releasesThatServe(): readonly string[] {
    const { compute } = this.emulator
    const staying = compute.control
      .machines()
      .filter(({ currentAction }) => currentAction === 'NONE')
      .map(({ id }) => id)
    const hosted = compute.groups().flatMap(({ runner }) => runner.hosted())
    const releases = hosted
      .filter(({ id }) => staying.includes(id))
      .map(({ spec }) => spec.metadata['app-release'] ?? '')
    return [...new Set(releases)]
  }

  async close(): Promise<void> {
    await this.emulator.stop()
    await rm(this.#directory, { recursive: true, force: true })
  }
}

export function onlyJob(run: WorkflowRun | undefined): JobRun {
  const [job] = run?.jobs ?? []
  if (!job) throw new Error(`The run has no job: ${run?.errors.join('\n')}`)
  return job
}

/** The step that uses the action. */
export function actionOf(run: WorkflowRun | undefined): StepRun {
  const step = onlyJob(run).steps.find(({ outputs }) => outputs.has('failure_code'))
  const found = step ?? onlyJob(run).steps.find(({ name }) => !/^(Set up|Post|Run )/.test(name))
  if (!found) throw new Error(`The job has no such step: ${JSON.stringify(onlyJob(run).steps)}`)
  return found
}

/** What the job complained of, to be seen when it should not have. */
export function complaintsOf(run: WorkflowRun | undefined): readonly string[] {
  const ofSteps = onlyJob(run).steps.flatMap(({ annotations }) => annotations)
  return [
    ...(run?.errors ?? []),
    ...ofSteps.filter(({ level }) => level === 'error').map(({ text }) => text),
  ]
}

function engineVariables(): Readonly<Record<string, string>> {
  const names = ['PATH', 'DOCKER_HOST', 'DOCKER_CONFIG']
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value] as const]
    })
  )
}

function textOf(line: LogLine): string {
  return 'text' in line ? line.text : 'title' in line ? line.title : ''
}
