import { join, resolve } from 'node:path'
import type { GitHub } from '../../github/github.ts'
import type { Oidc } from '../../github/oidc.ts'
import { Concurrency } from '../concurrency/concurrency.ts'
import type { LogLine } from '../log-lines.ts'
import { ActionStore } from '../repository/actions.ts'
import { Repository } from '../repository/git.ts'
import type { RunBook } from '../runs.ts'
import type { Variables } from '../steps/scope.ts'
import type { EnvironmentSettings, Services, Where } from './frame.ts'

/** A repository, its settings, and the machine that its jobs run on. */
export interface WorkflowsOptions {
  /** A git work tree or a bare repository; jobs check commits out of it. */
  readonly repositoryDirectory: string
  /** Scratch: machines of jobs, copies of actions. */
  readonly directory: string
  readonly github: GitHub
  readonly oidc: Oidc
  /** What every machine has: endpoints, the address of the engine, PATH. */
  readonly environment: Variables
  readonly vars: Variables
  readonly secrets: Variables
  readonly environments?: Readonly<Record<string, EnvironmentSettings>>
  readonly defaultBranch?: string
  readonly onLine?: (line: LogLine, where: Where) => void
  /** Cancels everything that runs. */
  readonly signal?: AbortSignal
}

/** What all runs share, made of what the repository's owner has set. */
export function toServices(options: WorkflowsOptions, runs: RunBook): Services {
  const { directory, github, oidc, environment } = options
  const repository = new Repository(resolve(options.repositoryDirectory))
  // What belongs to a job is made for each one; the rest is the machine's.
  const ofMachine = Object.entries(environment).filter(
    ([name]) => !/^(GITHUB|ACTIONS|RUNNER|INPUT|STATE)_/.test(name)
  )
  return {
    repository,
    actions: new ActionStore(repository, join(resolve(directory), '_actions')),
    github,
    oidc,
    concurrency: new Concurrency(),
    runs,
    directory: resolve(directory),
    machine: Object.fromEntries(ofMachine),
    apiUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    graphqlUrl: environment['GITHUB_GRAPHQL_URL'] ?? 'https://api.github.com/graphql',
    idTokenUrl: environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '',
    vars: options.vars,
    secrets: options.secrets,
    environments: options.environments ?? {},
    onLine: options.onLine ?? (() => undefined),
  }
}
