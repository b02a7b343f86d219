import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Hono } from 'hono'
import { VirtualClock } from '../../../emulator/clock.ts'
import { createGitHub, type GitHub } from '../../../emulator/github/github.ts'
import { createOidc, type Oidc } from '../../../emulator/github/oidc.ts'
import type { WorkflowsOptions } from '../../../emulator/runner/run/services.ts'
import type { JobRun, StepRun, WorkflowRun } from '../../../emulator/runner/runs.ts'
import { Workflows } from '../../../emulator/runner/workflows.ts'

const run = promisify(execFile)

export type Files = Readonly<Record<string, string>>

/** A repository with workflows in it, and the GitHub that runs them. */
export class RunnerStage {
  readonly directory: string
  readonly github: GitHub
  readonly oidc: Oidc
  readonly workflows: Workflows
  /** Everything that was logged. */
  readonly log: string[] = []
  readonly #end = new AbortController()
  readonly #watchers: ((text: string) => void)[] = []

  private constructor(directory: string, options: Partial<WorkflowsOptions>) {
    this.directory = directory
    const clock = new VirtualClock(Date.now())
    const repository = 'mervis/mervis'
    const ids = { repositoryId: '817263544', repositoryOwnerId: '10293847' }
    const url = (): string => 'http://127.0.0.1:1'
    this.github = createGitHub({ clock, repository, ...ids, apiUrl: () => `${url()}/github/api` })
    this.oidc = createOidc({ clock, repository, ...ids, url })
    this.workflows = new Workflows({
      repositoryDirectory: this.repository,
      directory: join(directory, 'scratch'),
      github: this.github,
      oidc: this.oidc,
      environment: {
        ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/token',
        GITHUB_TOKEN: 'of nobody',
        ENDPOINT: 'http://127.0.0.1:1',
      },
      vars: { COLOR: 'blue' },
      secrets: { PASSWORD: 'hunter2-hunter2' },
      onLine: (line) => {
        const text = 'text' in line ? line.text : 'title' in line ? line.title : line.kind
        this.log.push(text)
        for (const watch of this.#watchers) watch(text)
      },
      signal: this.#end.signal,
      ...options,
    })
  }

  static async open(files: Files, options: Partial<WorkflowsOptions> = {}): Promise<RunnerStage> {
    const stage = new RunnerStage(await mkdtemp(join(tmpdir(), 'workflows-')), options)
    await mkdir(stage.repository)
    await stage.git('init', '--quiet', '--initial-branch=main')
    await stage.commit(files)
    return stage
  }

  get repository(): string {
    return join(this.directory, 'repository')
  }

  /** @returns what git says, trimmed */
  async git(...args: readonly string[]): Promise<string> {
    const identity = ['-c', 'user.name=Mervis', '-c', 'user.email=mervis@example.com']
    const { stdout } = await run('git', ['-C', this.repository, ...identity, ...args])
    return stdout.trim()
  }

  /** @returns the commit */
  async commit(files: Files, message = 'A change'): Promise<string> {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.repository, name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, content)
    }
    await this.git('add', '--all')
    await this.git('commit', '--quiet', '--allow-empty', '-m', message)
    return this.git('rev-parse', 'HEAD')
  }

  /** Pushes what is on main. */
  async push(): Promise<readonly WorkflowRun[]> {
    const sha = await this.git('rev-parse', 'main')
    return this.workflows.push({ branch: 'main', sha, actor: 'octocat' })
  }

  /** From now on hears of every line. */
  watch(watcher: (text: string) => void): void {
    this.#watchers.push(watcher)
  }

  /** Resolves once a line has been logged. */
  logged(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.#watchers.push((line) => {
        if (line === text) resolve()
      })
    })
  }

  /** Resolves once the runs are as the question wants them. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const end = this.workflows.runs.onChange(() => look())
      const look = (): void => {
        if (!isSo()) return
        end()
        resolve()
      }
      look()
    })
  }

  /** Tells the job of a run to go on. */
  touchBesideHome(run: WorkflowRun | undefined): Promise<void> {
    const machine = join(this.directory, 'scratch', `run-${run?.id}-1`, String(run?.jobs[0]?.id))
    return writeFile(join(machine, 'go'), '')
  }

  /** Asks GitHub's API with a token of these permissions. */
  ask(path: string, init: RequestInit & { readonly token: string }): Promise<Response> {
    const routes: Hono = this.github.routes
    const headers = { authorization: `Bearer ${init.token}` }
    return Promise.resolve(routes.request(`/repos/mervis/mervis${path}`, { ...init, headers }))
  }

  /** Ends whatever still runs. */
  async close(): Promise<void> {
    this.#end.abort()
    await this.until(() => this.workflows.runs.list().every(({ status }) => status === 'completed'))
    await rm(this.directory, { recursive: true, force: true })
  }
}

/** A file with one workflow that runs on a push. */
export function onPush(jobs: string, top = ''): Files {
  return { '.github/workflows/test.yml': `name: test\non: push\n${top}\njobs:\n${jobs}` }
}

export function jobOf(run: WorkflowRun | undefined, key: string): JobRun {
  const job = run?.jobs.find((one) => one.key === key)
  if (!job) throw new Error(`The run has no job ${key}: ${JSON.stringify(run?.errors)}`)
  return job
}

export function stepOf(job: JobRun, name: string): StepRun {
  const step = job.steps.find((one) => one.name === name)
  if (!step) throw new Error(`${job.key} has no step ${name}.`)
  return step
}

/** What a job's steps wrote, without the runner's own lines. */
export function textsOf(job: JobRun): readonly string[] {
  return job.steps
    .filter(({ name }) => name !== 'Set up job')
    .flatMap(({ log }) => withoutGroups(log))
}

function withoutGroups(log: StepRun['log']): readonly string[] {
  let depth = 0
  return log.flatMap((line) => {
    if (line.kind === 'group') depth += 1
    if (line.kind === 'endgroup') depth -= 1
    return depth === 0 && 'text' in line ? [line.text] : []
  })
}

export function conclusionsOf(run: WorkflowRun | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries((run?.jobs ?? []).map(({ name, conclusion }) => [name, conclusion]))
}
