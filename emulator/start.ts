import { randomInt } from 'node:crypto'
import { type Clock, RealClock } from './clock.ts'
import { type Console, createConsole } from './console/console.ts'
import { createControl } from './control.ts'
import { buildEnvironment, GITHUB_API_PATH } from './environment.ts'
import { createGitHub, type GitHub } from './github/github.ts'
import { createOidc, type Oidc } from './github/oidc.ts'
import { type BornIdentities, furnishProject } from './google/birth.ts'
import { type Cloud, createCloud } from './google/cloud.ts'
import { type Compute, createCompute } from './google/compute/compute.ts'
import { HttpFaults } from './http-faults.ts'
import type { MachineFactory } from './machines/machine.ts'
import { createRealMachines } from './machines/real/machines.ts'
import { createSimulatedMachines } from './machines/simulated/network.ts'
import { chooseProvider, offerProvider, type ProviderChoice } from './provider/choice.ts'
import { type RecordedRequest, Recording } from './recording.ts'
import { createApp, type OpenPort, openPort } from './server.ts'

export interface EmulatorOptions {
  /** 0 takes any free port. */
  readonly port?: number
  readonly projectId?: string
  readonly projectNumber?: string
  /** GitHub's `owner/name`. */
  readonly repository?: string
  /** Exists from the start. */
  readonly stateBucket?: string
  readonly machines?: 'simulated' | 'real'
  /** Durations of the cloud pass this many times as fast. */
  readonly speed?: number
  /** Layers of the registry, run directories of the VMs, boot logs. */
  readonly dataDirectory: string
  /** Engine for real machines. */
  readonly dockerHost?: string
  /** PATH of the scripts of real machines, which call docker and curl; this process's own by default. */
  readonly path?: string
  /** The google provider that terraform gets; as the variable PROVIDER says by default. */
  readonly provider?: ProviderChoice
}

/** A running Google Cloud and GitHub. */
export interface Emulator {
  readonly url: string
  /** Points clients here. */
  readonly environment: Readonly<Record<string, string>>
  readonly requests: readonly RecordedRequest[]
  /** Everything Google's side remembers, for tests that look inside or prepare something. */
  readonly cloud: Cloud
  readonly compute: Compute
  /** Issues, pull requests, comments and deployments. */
  readonly github: GitHub
  /** Identities of jobs; `new Workflows` of runner/workflows.ts wants it. */
  readonly oidc: Oidc
  /** The page at `/console`, and what it counts and shows besides. */
  readonly console: Console
  readonly identities: BornIdentities
  /** An access token, as if `member` had signed in; the deployer's when left out. */
  accessToken(member?: string): string
  stop(): Promise<void>
}

const REPOSITORY_ID = '817263544'
const OWNER_ID = '10293847'
const TOKEN_LIFETIME_SECONDS = 3600
/** Names and luck of simulated instances are the same in every run. */
const SEED = 1

/** Starts everything on one loopback port. Nothing of it is left once `stop` has resolved. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const cleanUp = new AsyncDisposableStack()
  try {
    return await assemble(options, cleanUp)
  } catch (error) {
    await cleanUp.disposeAsync()
    throw error
  }
}

async function assemble(
  options: EmulatorOptions,
  cleanUp: AsyncDisposableStack
): Promise<Emulator> {
  const port = await openPort(options.port ?? 0)
  cleanUp.defer(() => port.close())
  const clock = new RealClock(options.speed ?? 1)
  const { url } = port
  const repository = options.repository ?? 'mervis/mervis'
  const repositoryIds = { repositoryId: REPOSITORY_ID, repositoryOwnerId: OWNER_ID }
  const oidc = createOidc({ clock, repository, ...repositoryIds, url: () => url })
  const github = createGitHub({
    clock,
    repository,
    repositoryId: REPOSITORY_ID,
    apiUrl: () => `${url}${GITHUB_API_PATH}`,
  })
  const project = {
    id: options.projectId ?? 'mervis-demo',
    number: options.projectNumber ?? '123456789012',
  }
  const { dataDirectory } = options
  const cloud = createCloud({ project, clock, oidc, url, dataDirectory })
  const stateBucket = options.stateBucket ?? `${project.id}-tfstate`
  const identities = furnishProject({ ...cloud, ...repositoryIds, stateBucket })
  const compute = startCompute(options, { clock, cloud, port })
  cleanUp.defer(() => compute.stop())
  const recording = new Recording()
  const page = createConsole({ clock, cloud, compute, github })
  serve(port, { cloud, compute, console: page, github, oidc, recording })

  const endpoints = buildEnvironment({
    url,
    oidcRequestToken: oidc.requestToken,
    githubToken: github.jobToken,
  })
  const choice = options.provider ?? chooseProvider(process.env)
  const provider = await offerProvider(choice, endpoints)
  cleanUp.defer(() => provider.stop())
  const deployer = `serviceAccount:${identities.deployerEmail}`
  return {
    url,
    environment: { ...endpoints, ...provider.environment },
    requests: recording.requests,
    cloud,
    compute,
    github,
    oidc,
    console: page,
    identities,
    accessToken: (member = deployer) => cloud.tokens.issue(member, TOKEN_LIFETIME_SECONDS),
    stop: () => cleanUp.disposeAsync(),
  }
}

interface Foundation {
  readonly clock: Clock
  readonly cloud: Cloud
  readonly port: OpenPort
}

function startCompute(options: EmulatorOptions, { clock, cloud, port }: Foundation): Compute {
  const { access, project, tokens } = cloud
  const baseUrl = (): string => port.url
  // Real machines share the engine with those of other emulators: their names must differ.
  const seed = options.machines === 'real' ? randomInt(2 ** 31) : SEED
  const surroundings = { clock, tokens, project, baseUrl, seed }
  return createCompute({
    clock,
    projectId: project.id,
    projectNumber: project.number,
    baseUrl,
    machines: createMachines(options, surroundings),
    mayActAs: (member, email) =>
      access.holds(
        member,
        'iam.serviceAccounts.actAs',
        `projects/${project.id}/serviceAccounts/${email}`
      ),
    may: (member, permission, resource) => access.holds(member, permission, resource),
    seed,
  })
}

type Surroundings = Parameters<typeof createSimulatedMachines>[0]

function createMachines(options: EmulatorOptions, surroundings: Surroundings): MachineFactory {
  if (options.machines !== 'real') return createSimulatedMachines(surroundings)
  return createRealMachines({
    ...surroundings,
    dataDirectory: options.dataDirectory,
    dockerHost: options.dockerHost ?? 'unix:///var/run/docker.sock',
    path: options.path ?? process.env['PATH'] ?? '',
  })
}

interface Services {
  readonly cloud: Cloud
  readonly compute: Compute
  readonly console: Console
  readonly github: GitHub
  readonly oidc: Oidc
  readonly recording: Recording
}

function serve(port: OpenPort, services: Services): void {
  const { cloud, compute, github, oidc, recording } = services
  const faults = new HttpFaults()
  const control = createControl({ ...cloud, projectId: cloud.project.id, faults, oidc, recording })
  const app = createApp({
    ...cloud,
    recording,
    faults,
    pages: { path: '/console', routes: services.console.pageRoutes },
    googleApis: [
      ...cloud.googleApis,
      { path: '/compute/v1', api: 'compute.googleapis.com', routes: compute.routes },
    ],
    openRoutes: [
      ...cloud.openRoutes,
      { path: '/github/oidc', routes: oidc.routes },
      { path: GITHUB_API_PATH, routes: github.routes },
      {
        path: '/emulator',
        routes: control
          .route('/', compute.controlRoutes)
          .route('/', github.controlRoutes)
          .route('/', services.console.dataRoutes),
      },
    ],
  })
  port.serve(app.fetch)
}
