import { posix } from 'node:path'
import type { DispatchRequest } from '../github/actions/door.ts'
import { GitHubError } from '../github/errors.ts'
import type { TriggeringEvent } from './events/event.ts'
import { isWanted } from './events/filters.ts'
import {
  EventSource,
  type Happening,
  type PullRequestOptions,
  type PushOptions,
} from './events/source.ts'
import { messageOf } from './failures.ts'
import type { Attempt, Services } from './run/frame.ts'
import { describeRun, newRun } from './run/record.ts'
import { endRun, runWorkflow } from './run/run.ts'
import { toServices, type WorkflowsOptions } from './run/services.ts'
import { RunBook, type WorkflowRun } from './runs.ts'
import { type LoadedWorkflow, loadWorkflow } from './workflow/calls.ts'
import { readWorkflow } from './workflow/file.ts'
import { checkInputs } from './workflow/inputs.ts'
import { type Workflow, WorkflowError } from './workflow/model.ts'
import { DEFAULT_PERMISSIONS } from './workflow/permissions.ts'

const FOLDER = '.github/workflows'
const FIRST_RUN_ID = 17_000_000_001

interface Started {
  readonly run: WorkflowRun
  readonly over: Promise<void>
}

/** A run as it can be repeated and cancelled. */
interface Kept {
  readonly event: TriggeringEvent
  readonly path: string
  readonly cancel: AbortController
}

/** The Actions of one repository: events make runs of its own workflow files, on this machine. */
export class Workflows {
  readonly runs = new RunBook()
  readonly #services: Services
  readonly #source: EventSource
  readonly #kept = new Map<number, Kept>()
  readonly #numbers = new Map<string, number>()
  readonly #signal: AbortSignal | undefined
  #loading: Promise<unknown> = Promise.resolve()

  constructor(options: WorkflowsOptions) {
    this.#services = toServices(options, this.runs)
    this.#source = new EventSource(this.#services.repository, {
      store: options.github.store,
      ownerId: options.oidc.repositoryOwnerId,
      defaultBranch: options.defaultBranch ?? 'main',
      apiUrl: this.#services.apiUrl,
    })
    this.#signal = options.signal
    options.signal?.addEventListener('abort', () => this.#cancelAll(), { once: true })
    options.github.actions.connect(this)
  }

  /** Runs every workflow whose `on` fits, as of that commit; resolves when all are over. */
  async push(push: PushOptions): Promise<readonly WorkflowRun[]> {
    return this.#happen(await this.#source.push(push), `refs/heads/${push.branch}`)
  }

  async pullRequest(options: PullRequestOptions): Promise<readonly WorkflowRun[]> {
    const happening = await this.#source.pullRequest(options)
    const { action, baseBranch } = options
    return happening ? this.#happen(happening, `refs/heads/${baseBranch}`, action) : []
  }

  /** @throws GitHubError 404 or 422 as GitHub refuses a dispatch */
  async dispatch(request: DispatchRequest): Promise<WorkflowRun> {
    return this.#finish(await this.#startDispatch(request))
  }

  /** The same, but without waiting for its end. */
  async startDispatch(request: DispatchRequest): Promise<WorkflowRun> {
    return (await this.#startDispatch(request)).run
  }

  /** @throws Error when the file has no schedule */
  async schedule({
    file,
    branch,
  }: {
    readonly file: string
    readonly branch: string
  }): Promise<WorkflowRun> {
    const path = pathOf(file)
    const { sha } = await this.#source.schedule(branch, '')
    const [cron] = (await this.#read(sha, path)).crons
    if (cron === undefined) throw new Error(`${path} has no schedule.`)
    const event = await this.#source.schedule(branch, cron)
    return this.#finish(this.#start(event, path))
  }

  /** The same event and commit once more. @throws GitHubError 403 while it is still running */
  async rerun(id: number): Promise<WorkflowRun> {
    return this.#finish(this.#startAgain(id))
  }

  startRerun(id: number): WorkflowRun {
    return this.#startAgain(id).run
  }

  /** @throws GitHubError 404 for a run that there is not, 409 for one that is over */
  cancel(id: number): void {
    const kept = this.#require(id)
    if (this.runs.find(id)?.status === 'completed')
      throw new GitHubError(409, 'Cannot cancel a workflow run that is completed.')
    kept.cancel.abort()
  }

  async #happen(
    { event, changedFiles }: Happening,
    ref: string,
    action?: string
  ): Promise<readonly WorkflowRun[]> {
    const occasion = { ref, changedFiles, ...(action !== undefined && { action }) }
    const started: Started[] = []
    for (const path of await this.#files(event.sha)) {
      const workflow = await this.#tryRead(event.sha, path)
      const filter = workflow?.events[event.name]
      // A file that cannot be read is a failed run, since nobody knows what it waits for.
      if (!workflow || (filter && isWanted(filter, occasion)))
        started.push(this.#start(event, path))
    }
    return Promise.all(started.map((one) => this.#finish(one)))
  }

  async #files(sha: string): Promise<readonly string[]> {
    const files = await this.#services.repository.listFiles(sha, FOLDER)
    return files.filter((file) => /\.ya?ml$/.test(file))
  }

  async #read(sha: string, path: string): Promise<Workflow> {
    return readWorkflow(path, await this.#services.repository.readFile(sha, path))
  }

  async #tryRead(sha: string, path: string): Promise<Workflow | undefined> {
    try {
      return await this.#read(sha, path)
    } catch (error) {
      if (error instanceof WorkflowError) return undefined
      throw error
    }
  }

  async #startDispatch({ file, branch, inputs, actor }: DispatchRequest): Promise<Started> {
    const path = pathOf(file)
    const sha = await this.#resolveBranch(branch)
    const workflow = await this.#readDispatched(sha, path)
    const checked = checkInputs({
      definitions: workflow.dispatchInputs,
      given: inputs,
      scope: { contexts: {} },
      environments: Object.keys(this.#services.environments),
    })
    const [problem] = checked.problems
    if (problem !== undefined) throw new GitHubError(422, problem)
    const what = { branch, path, actor, inputs: checked.inputs, sha }
    return this.#start(await this.#source.dispatch(what), path)
  }

  async #resolveBranch(branch: string): Promise<string> {
    try {
      return await this.#services.repository.resolve(`refs/heads/${branch}`)
    } catch {
      throw new GitHubError(422, `No ref found for: ${branch}`)
    }
  }

  async #readDispatched(sha: string, path: string): Promise<Workflow> {
    if (!(await this.#files(sha)).includes(path)) throw new GitHubError(404, 'Not Found')
    const workflow = await this.#read(sha, path)
    if (!workflow.events['workflow_dispatch'])
      throw new GitHubError(422, "Workflow does not have 'workflow_dispatch' trigger")
    return workflow
  }

  #startAgain(id: number): Started {
    const { event, path } = this.#require(id)
    const before = this.runs.find(id)
    if (before?.status !== 'completed')
      throw new GitHubError(403, 'This workflow is already running')
    return this.#start(event, path, before)
  }

  #require(id: number): Kept {
    const kept = this.#kept.get(id)
    if (!kept) throw new GitHubError(404, 'Not Found')
    return kept
  }

  #start(event: TriggeringEvent, path: string, before?: WorkflowRun): Started {
    const number = before?.number ?? (this.#numbers.get(path) ?? 0) + 1
    this.#numbers.set(path, Math.max(number, this.#numbers.get(path) ?? 0))
    const id = before?.id ?? FIRST_RUN_ID + this.#kept.size
    const run = newRun(event, { id, number, path, attempt: (before?.attempt ?? 0) + 1 })
    const cancel = new AbortController()
    if (this.#signal?.aborted) cancel.abort()
    this.#kept.set(id, { event, path, cancel })
    this.runs.put(run)
    const attempt = { services: this.#services, event, run, signal: cancel.signal }
    return { run, over: this.#execute(attempt, cancel) }
  }

  async #execute(attempt: Attempt, cancel: AbortController): Promise<void> {
    try {
      const loaded = await this.#inTurn(() => this.#load(attempt))
      describeRun(attempt, loaded)
      await runWorkflow(attempt, loaded, () => cancel.abort())
    } catch (error) {
      const known = error instanceof WorkflowError ? error.problems : [messageOf(error)]
      endRun(attempt, 'failure', known)
    }
  }

  // Runs queue up for their concurrency groups in the order in which they were started.
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#loading.then(work)
    this.#loading = result.catch(() => undefined)
    return result
  }

  #load({ event, run, services }: Attempt): Promise<LoadedWorkflow> {
    return loadWorkflow({
      repository: services.repository,
      name: services.github.store.repository,
      path: run.path,
      sha: event.sha,
      ref: event.ref,
      permissions: DEFAULT_PERMISSIONS,
    })
  }

  async #finish({ run, over }: Started): Promise<WorkflowRun> {
    await over
    return run
  }

  #cancelAll(): void {
    for (const { cancel } of this.#kept.values()) cancel.abort()
  }
}

function pathOf(file: string): string {
  return posix.join(FOLDER, posix.basename(file))
}
