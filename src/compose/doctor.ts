import { randomUUID } from 'node:crypto'
import { systemClock } from '../adapters/clock.ts'
import { localDisk } from '../adapters/disk/disk.ts'
import { localFiles } from '../adapters/disk/files.ts'
import { gaxiosHttp } from '../adapters/network/http.ts'
import { octokitApi } from '../adapters/network/octokit.ts'
import { ProcessRunner } from '../adapters/processes/processes.ts'
import { runnerToolCache } from '../adapters/runner/tool-cache.ts'
import { type Check, ok } from '../commands/doctor/check.ts'
import { gitHubChecks } from '../commands/doctor/github/checks.ts'
import { googleChecks } from '../commands/doctor/google/checks.ts'
import { identityChecks } from '../commands/doctor/identity/checks.ts'
import { Exchange } from '../commands/doctor/identity/exchange.ts'
import { renderDoctorOutputs } from '../commands/doctor/outputs.ts'
import { runnerChecks } from '../commands/doctor/runner/checks.ts'
import { doctor } from '../commands/doctor.ts'
import { ActionError } from '../errors.ts'
import { type OidcRequest, readOidcRequest } from '../github/context.ts'
import { memberIn, surroundingsOf } from '../google/diagnosis/surroundings.ts'
import { resolveEndpoints } from '../google/endpoints.ts'
import type { Config } from '../inputs.ts'
import type { Clock, Log, TokenSource } from '../ports.ts'
import type { Environment } from './outside/environment.ts'
import { googleClients, type Identity, identify } from './outside/google.ts'
import { type Job, Step } from './outside/step.ts'

/** Builds the doctor with the real world behind every port. */
export function composeDoctor(config: Config, env: Environment, signal: AbortSignal): Job {
  const step = new Step(config)
  return {
    run: async () => {
      const checks = composeChecks({ config, env, signal, log: step.log })
      await doctor(
        checks,
        {
          clock: systemClock,
          log: step.log,
          setOutputs: (examined) => step.setOutputs(renderDoctorOutputs(examined)),
          summarize: (markdown) => step.summarize(markdown),
        },
        signal
      )
    },
    fail: (failure) => step.fail(failure),
  }
}

export interface DoctorParts {
  readonly config: Config
  readonly env: Environment
  readonly signal: AbortSignal
  readonly log: Log
  /** The runner's own, unless a test has another one. */
  readonly clock?: Clock
}

/** A look that fails for longer says what failed rather than that time ran out. */
const RETRY_FOR_MS = 4_000

/** Every check of doctor; nothing is asked before they look. */
export function composeChecks(parts: DoctorParts): readonly Check[] {
  const { config, env, signal, log, clock = systemClock } = parts
  const oidc = readOidc(env)
  const identity = oidc === undefined ? nobody(parts) : identify({ config, env, log })
  const http = gaxiosHttp()
  const exchange = composeExchange(parts, identity, oidc)
  const { stsToken, iamCredentials } = identity.endpoints
  const apiUrl = env['GITHUB_API_URL'] || 'https://api.github.com'
  const clients = googleClients(identity, { config, log, signal, retryForMs: RETRY_FOR_MS })
  const { surroundings, tokens } = identity
  return [
    inputsCheck(config),
    ...gitHubChecks(composeApi(parts, apiUrl), config, {
      repository: env['GITHUB_REPOSITORY'] ?? '',
      commit: env['GITHUB_SHA'] ?? '',
    }),
    ...identityChecks(
      { http, clock, exchange, tokens: oidc && tokens },
      {
        provider: config.workloadIdentityProvider,
        surroundings,
        clocks: [apiUrl, stsToken, iamCredentials],
      }
    ),
    ...runnerChecks(
      {
        commands: new ProcessRunner(env),
        tools: runnerToolCache,
        http,
        disk: localDisk,
        files: localFiles,
      },
      config,
      {
        releasesUrl: env['HASHICORP_RELEASES_URL'] || 'https://releases.hashicorp.com/',
        workspace: process.cwd(),
        tempDirectory: env['RUNNER_TEMP'] ?? '/tmp',
        probeName: `doctor-${randomUUID()}`,
      }
    ),
    ...googleChecks({ ...clients, clock, member: memberIn(surroundings) }, config),
  ]
}

/** They were read before anything was built: what is wrong with them has ended the job. */
function inputsCheck({ name, projectId, region, stateBucket }: Config): Check {
  const said = `Service ${name} in project ${projectId}, ${region}; state in gs://${stateBucket}.`
  return {
    id: 'inputs',
    subject: 'Inputs',
    title: 'Inputs of the step',
    look: async () => ok(said),
  }
}

/** A job without a token is told so by a check of its own. */
function readOidc(env: Environment): OidcRequest | undefined {
  try {
    return readOidcRequest(env)
  } catch (error) {
    if (error instanceof ActionError) return undefined
    throw error
  }
}

function nobody({ config, env }: DoctorParts): Identity {
  const tokens: TokenSource = { accessToken: async () => readOidcRequest(env).requestToken }
  return {
    endpoints: resolveEndpoints(config.region, env),
    credentials: {},
    tokens,
    surroundings: surroundingsOf(config, env['GITHUB_REPOSITORY_ID']),
  }
}

function composeExchange(
  { config, env, signal, log, clock = systemClock }: DoctorParts,
  { endpoints }: Identity,
  oidc: OidcRequest | undefined
): Exchange {
  const { workloadIdentityProvider, serviceAccount } = config
  // The variable of Google's Terraform provider for whoever is signed in by other means; a secret that
  // was pasted may end with a line feed, which would not be masked.
  const otherToken = env['GOOGLE_OAUTH_ACCESS_TOKEN']?.trim() || undefined
  if (otherToken !== undefined) log.mask(otherToken)
  return new Exchange(
    { http: gaxiosHttp(), clock, mask: (secret) => log.mask(secret) },
    { workloadIdentityProvider, serviceAccount, endpoints, oidc, otherToken, signal }
  )
}

function composeApi({ config, log }: DoctorParts, apiUrl: string) {
  if (config.githubToken === '') return undefined
  log.mask(config.githubToken)
  return octokitApi({ token: config.githubToken, apiUrl }, log)
}
