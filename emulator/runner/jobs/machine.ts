import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Permissions } from '../../github/tokens.ts'
import { evaluateTexts, type Scope } from '../expressions/evaluate.ts'
import { isMapping, type Mapping } from '../expressions/values.ts'
import { Masks } from '../masks.ts'
import { variablesOf } from '../run/contexts.ts'
import type { Frame, LiveJob } from '../run/frame.ts'
import { type JobFolders, type Session, StepScope, type Variables } from '../steps/scope.ts'
import type { JobTemplate } from '../workflow/model.ts'
import { childOf } from '../workflow/tokens.ts'
import type { JobEnvironment } from './environment.ts'
import { identityOf } from './identity.ts'

/** What a machine is made for. */
export interface MachineOptions {
  readonly frame: Frame
  readonly template: JobTemplate
  readonly job: LiveJob
  readonly permissions: Permissions
  readonly environment: JobEnvironment
  /** What the job's own expressions see: needs, matrix, strategy and so on. */
  readonly scope: Scope
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal
  readonly deadline: AbortSignal
}

/** A fresh machine with one job on it: its folders, its tokens, its secrets. */
export class Machine {
  readonly steps: StepScope
  readonly #directory: string
  readonly #trackingId: string
  readonly #release: () => void

  private constructor(steps: StepScope, rest: MachineRest) {
    this.steps = steps
    this.#directory = rest.directory
    this.#trackingId = rest.trackingId
    this.#release = rest.release
  }

  static async open(options: MachineOptions): Promise<Machine> {
    const { frame, template, job } = options
    const { services, run, event } = frame.attempt
    const directory = join(services.directory, `run-${run.id}-${run.attempt}`, String(job.id))
    const folders = await makeFolders(directory, services.github.store.repository)
    const eventPath = join(folders.temp, '_github_workflow_event.json')
    await writeFile(eventPath, JSON.stringify(event.payload))
    const trackingId = `github_${run.id}_${run.attempt}_${job.id}`
    const { tokens, token, release } = issueTokens(options)
    const session = toSession(options, {
      folders,
      tokens: { ...tokens, RUNNER_TRACKING_ID: trackingId },
      token,
      eventPath,
    })
    const defaults = { ...defaultsOf(frame.workflow.defaults), ...defaultsOf(template.token) }
    const steps = new StepScope({ session, inputs: frame.inputs, signal: options.signal, defaults })
    return new Machine(steps, { directory, trackingId, release })

    function defaultsOf(token: Parameters<typeof childOf>[0]): Variables {
      // Of the workflow it is the block itself, of a job something below it.
      const block = token === frame.workflow.defaults ? token : childOf(token, 'defaults')
      return evaluateTexts(childOf(block, 'run'), options.scope)
    }
  }

  /** Ends what the job's processes have left running, its tokens and its folders. */
  async close(): Promise<void> {
    this.#release()
    await endOrphans(this.#trackingId)
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 3 })
  }
}

interface MachineRest {
  readonly directory: string
  readonly trackingId: string
  readonly release: () => void
}

async function makeFolders(directory: string, repository: string): Promise<JobFolders> {
  const [, name = ''] = repository.split('/')
  const folders = {
    workspace: join(directory, 'work', name, name),
    temp: join(directory, 'work', '_temp'),
    home: join(directory, 'home'),
  }
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true })
  return folders
}

function issueTokens({ frame, job, permissions, environment }: MachineOptions): {
  readonly tokens: Variables
  readonly token: string
  readonly release: () => void
} {
  const { services, event } = frame.attempt
  const { 'id-token': idToken, ...ofGitHub } = permissions
  const token = services.github.tokens.issue({ permissions: ofGitHub, fork: event.isFromFork })
  // A fork's job gets no identity, whatever it asks for.
  const hasIdentity = idToken === 'write' && !event.isFromFork
  const identity = { environment: environment.name, checkRunId: job.id }
  const requestToken = hasIdentity ? services.oidc.openJob(identityOf(frame, identity)) : undefined
  return {
    token,
    tokens:
      requestToken === undefined
        ? {}
        : {
            ACTIONS_ID_TOKEN_REQUEST_URL: services.idTokenUrl,
            ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
          },
    release: () => {
      services.github.tokens.revoke(token)
      if (requestToken !== undefined) services.oidc.closeJob(requestToken)
    },
  }
}

interface SessionParts {
  readonly folders: JobFolders
  readonly tokens: Variables
  readonly token: string
  readonly eventPath: string
}

function toSession(options: MachineOptions, parts: SessionParts): Session {
  const { frame, template, environment, scope, deadline } = options
  const { services } = frame.attempt
  const { folders, tokens, token, eventPath } = parts
  const settings = services.environments[environment.name]
  const secrets = {
    ...frame.secrets,
    ...(frame.seesEnvironmentSecrets && settings?.secrets),
    GITHUB_TOKEN: token,
  }
  const masks = new Masks()
  const given = [...Object.values(secrets), tokens['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '']
  for (const secret of given) masks.add(secret)
  const { github } = scope.contexts
  const contexts: Mapping = {
    ...scope.contexts,
    github: {
      ...(isMapping(github) ? github : {}),
      token,
      job: template.id,
      workspace: folders.workspace,
      event_path: eventPath,
    },
    vars: variablesOf(frame.attempt, environment.name),
    secrets,
    runner: {
      os: 'Linux',
      arch: 'X64',
      name: 'emulator',
      environment: 'github-hosted',
      temp: folders.temp,
      tool_cache: join(folders.temp, '_tool'),
      workspace: join(folders.workspace, '..'),
      debug: '',
    },
  }
  return {
    folders,
    masks,
    machine: services.machine,
    tokens,
    contexts,
    repository: services.repository,
    actions: services.actions,
    workflowSha: frame.workflowSha,
    env: readEnv(frame, template, { contexts }),
    states: new Map(),
    path: [],
    posts: [],
    deadline,
  }
}

function readEnv(frame: Frame, template: JobTemplate, scope: Scope): Map<string, string> {
  const ofWorkflow = evaluateTexts(frame.workflow.env, scope)
  const withEnv = { contexts: { ...scope.contexts, env: ofWorkflow } }
  const ofJob = evaluateTexts(childOf(template.token, 'env'), withEnv)
  return new Map(Object.entries({ ...ofWorkflow, ...ofJob }))
}

/** Ends processes that the job has left behind: those with its own id in their environment. */
async function endOrphans(trackingId: string): Promise<void> {
  const marker = `RUNNER_TRACKING_ID=${trackingId}`
  // Only Linux can be asked that way.
  const names = await readdir('/proc').catch(() => [])
  for (const pid of names.filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8')
      if (environment.split('\0').includes(marker)) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It has ended meanwhile, or is somebody else's.
    }
  }
}
