import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { systemClock } from '../../../src/adapters/clock.ts'
import type { Finding } from '../../../src/commands/doctor/check.ts'
import { examine } from '../../../src/commands/doctor/examine.ts'
import { composeChecks } from '../../../src/compose/doctor.ts'
import type { Clock } from '../../../src/ports.ts'
import { call, DEPLOYER, type Harness, OWNER, startHarness } from '../../emulator/harness.ts'
import { aConfig } from '../../fakes/deploy-inputs.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { pasteAll } from './federation-fixes.ts'
import { Rest } from './rest.ts'

type Findings = Readonly<Record<string, Finding>>

/** A job of the emulated repository: what its workflow says, and its runner. */
class Job {
  readonly harness: Harness
  readonly rest: Rest
  readonly log = new RecordingLog()
  readonly environment: Record<string, string | undefined>
  inputs: Readonly<Record<string, string>> = {}
  clock: Clock = systemClock
  #server: Server | undefined

  private constructor(harness: Harness) {
    this.harness = harness
    this.rest = new Rest(harness)
    this.environment = {
      ...harness.emulator.environment,
      GITHUB_REPOSITORY: 'mervis/mervis',
      GITHUB_REPOSITORY_ID: '817263544',
      GITHUB_SHA: 'c'.repeat(40),
      RUNNER_TEMP: join(harness.directory, 'temp'),
      PATH: process.env['PATH'],
      DOCKER_HOST: `unix://${join(harness.directory, 'docker.sock')}`,
    }
  }

  static async open(): Promise<Job> {
    return new Job(await startHarness({ speed: 100 }))
  }

  get provider(): string {
    return `/iam/v1/${this.harness.emulator.identities.workloadIdentityProvider}`
  }

  /** Everything but what lies in the project. */
  async examine(): Promise<Findings> {
    const { emulator } = this.harness
    const config = aConfig({
      service_account: emulator.identities.deployerEmail,
      workload_identity_provider: emulator.identities.workloadIdentityProvider,
      github_token: emulator.environment['GITHUB_TOKEN'] ?? '',
      ...this.inputs,
    })
    const { signal } = new AbortController()
    const { environment: env, log, clock } = this
    const checks = composeChecks({ config, env, signal, log, clock })
    const examined = await examine(checks, { clock: systemClock, limitMs: 10_000, signal })
    expect(examined).toHaveLength(checks.length)
    return Object.fromEntries(examined.map(({ check, finding }) => [check.id, finding]))
  }

  claim(claims: Readonly<Record<string, string>>): Promise<unknown> {
    return this.control('PUT', '/github/claims', claims)
  }

  control(method: string, path: string, body: unknown): Promise<unknown> {
    return call(`${this.harness.emulator.url}/emulator${path}`, { method, body })
  }

  /** Lets the project's owner be signed in besides the job. */
  lendToken(): void {
    this.environment['GOOGLE_OAUTH_ACCESS_TOKEN'] = this.harness.emulator.accessToken(OWNER)
  }

  async patchProvider(fields: object): Promise<void> {
    await this.rest.patch(`${this.provider}?updateMask=${Object.keys(fields).join()}`, fields)
  }

  /** As much of an engine as `docker version` asks. */
  async startEngine(): Promise<void> {
    const server = createServer((request, response) => {
      response.setHeader('api-version', '1.48')
      response.setHeader('content-type', 'application/json')
      const version = { Version: '28.0.1', ApiVersion: '1.48', Os: 'linux', Arch: 'amd64' }
      response.end(request.url?.endsWith('/version') ? JSON.stringify(version) : 'OK')
    })
    this.#server = server
    const { promise, resolve } = Promise.withResolvers<void>()
    server.listen(join(this.harness.directory, 'docker.sock'), resolve)
    await promise
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections()
    this.#server?.close()
    await this.harness.stop()
  }
}

interface Breakage {
  readonly what: string
  readonly break: (job: Job) => unknown
  readonly id: string
  readonly severity?: 'warning'
  readonly says: string
  /** Where the fix is no gcloud command: what a person does with it. */
  readonly apply?: (job: Job, fix: string) => unknown
}

const CONDITION = "assertion.repository_id == '5' && assertion.repository_owner_id == '10293847'"

/** The permissions that a block of a workflow grants. */
function permissionsIn(fix: string): Readonly<Record<string, string>> {
  const lines = fix.split('\n').slice(1)
  return Object.fromEntries(lines.map((line) => line.trim().split(': ')))
}

const BREAKAGES: readonly Breakage[] = [
  {
    what: 'a job without id-token: write',
    break: ({ environment }) => {
      environment['ACTIONS_ID_TOKEN_REQUEST_URL'] = undefined
    },
    id: 'job-id-token',
    says: 'gives this job no OIDC token',
    apply: ({ environment, harness }, fix) => {
      expect(permissionsIn(fix)['id-token']).toBe('write')
      const variable = 'ACTIONS_ID_TOKEN_REQUEST_URL'
      environment[variable] = harness.emulator.environment[variable]
    },
  },
  {
    what: 'a condition on another repository id, which the owner may read',
    break: async (job) => {
      job.lendToken()
      await job.patchProvider({ attributeCondition: CONDITION })
    },
    id: 'wif-exchange',
    says: 'repository_id is "817263544", wanted is "5".',
  },
  {
    what: 'a condition on another repository id, which nobody may read',
    break: (job) => job.patchProvider({ attributeCondition: CONDITION }),
    id: 'wif-exchange',
    says: 'repository_id=817263544',
  },
  {
    what: 'a condition on another branch',
    break: async (job) => {
      job.lendToken()
      await job.patchProvider({ attributeCondition: "assertion.ref == 'refs/heads/release'" })
    },
    id: 'wif-exchange',
    says: 'ref is "refs/heads/main", wanted is "refs/heads/release".',
  },
  {
    what: 'a provider that is disabled',
    break: async (job) => {
      job.lendToken()
      await job.patchProvider({ disabled: true })
    },
    id: 'wif-provider',
    says: 'is disabled.',
  },
  {
    what: 'a provider that was deleted',
    break: async (job) => {
      job.lendToken()
      await job.rest.delete(job.provider)
    },
    id: 'wif-provider',
    says: 'was deleted.',
  },
  {
    what: 'a pool that is disabled',
    break: async (job) => {
      job.lendToken()
      const pool = job.provider.replace(/\/providers\/.*/, '')
      await job.rest.patch(`${pool}?updateMask=disabled`, { disabled: true })
    },
    id: 'wif-provider',
    says: 'its pool is disabled',
  },
  {
    what: 'a provider for another audience',
    break: (job) =>
      job.patchProvider({
        oidc: {
          issuerUri: 'https://token.actions.githubusercontent.com',
          allowedAudiences: ['https://elsewhere.example.com'],
        },
      }),
    id: 'wif-provider',
    says: 'for other audiences',
  },
  {
    what: 'a provider for another issuer',
    break: (job) => job.patchProvider({ oidc: { issuerUri: 'https://ghes.example.com' } }),
    id: 'wif-provider',
    says: 'comes from https://token.actions.githubusercontent.com',
  },
  {
    what: 'a subject that is too long',
    break: (job) => job.claim({ sub: `repo:mervis/mervis:ref:refs/heads/${'long'.repeat(40)}` }),
    id: 'wif-subject-length',
    says: 'more than the 127 bytes that Google takes; the claim sub has 194.',
  },
  {
    what: 'a service account that the jobs may not become',
    break: async ({ rest, harness }) => {
      const account = `/iam/v1/projects/mervis-demo/serviceAccounts/${harness.emulator.identities.deployerEmail}`
      await rest.post(`${account}:setIamPolicy`, { policy: { bindings: [] } })
    },
    id: 'impersonation',
    says: 'may not become deployer@mervis-demo.iam.gserviceaccount.com',
  },
  {
    what: 'IAM credentials that are off',
    break: ({ harness }) =>
      harness.emulator.cloud.services.set('iamcredentials.googleapis.com', false),
    id: 'impersonation',
    says: 'iamcredentials.googleapis.com is off',
  },
  {
    what: 'a clock that is seven minutes ahead',
    break: (job) => {
      job.clock = { ...systemClock, now: () => systemClock.now() + 420_000 }
    },
    id: 'clock-skew',
    says: ' s ahead of those of GitHub and Google: tokens',
    apply: (job, fix) => {
      expect(fix).toBe('sudo timedatectl set-ntp true')
      job.clock = systemClock
    },
  },
  {
    what: 'a Docker engine that is down',
    break: () => undefined,
    id: 'docker',
    says: 'No Docker engine answers',
    apply: async (job, fix) => {
      expect(fix).toBe('sudo systemctl start docker')
      await job.startEngine()
    },
  },
  {
    what: 'a folder for temporary files that is none',
    break: async ({ environment, harness }) => {
      const file = join(harness.directory, 'file')
      await writeFile(file, '')
      environment['RUNNER_TEMP'] = join(file, 'temp')
    },
    id: 'runner-temp',
    says: 'Nothing can be written to RUNNER_TEMP',
    apply: ({ environment, harness }) => {
      environment['RUNNER_TEMP'] = harness.directory
    },
  },
  {
    what: 'a Dockerfile that is not there',
    break: (job) => {
      job.inputs = { dockerfile: 'no/such/Dockerfile' }
    },
    id: 'dockerfile',
    says: 'no/such/Dockerfile is not there',
    apply: (job, fix) => {
      expect(fix).toMatch(/^with:\n {2}dockerfile: /)
      job.inputs = { dockerfile: 'Dockerfile' }
    },
  },
  {
    what: 'a build context that is not there',
    break: (job) => {
      job.inputs = { context: 'no/such/folder', dockerfile: 'Dockerfile' }
    },
    id: 'context',
    says: 'There is no folder no/such/folder',
    apply: (job, fix) => {
      expect(fix).toContain('uses: actions/checkout@')
      job.inputs = { context: 'app', dockerfile: 'Dockerfile' }
    },
  },
  {
    what: 'a configuration that is not there',
    break: (job) => {
      job.inputs = { terraform_directory: 'no/such/folder' }
    },
    id: 'terraform-directory',
    says: 'names no/such/folder, which is no folder',
    apply: (job, fix) => {
      expect(fix).toContain('uses: actions/checkout@')
      job.inputs = { terraform_directory: 'terraform' }
    },
  },
  {
    what: 'a token that GitHub does not take',
    break: (job) => {
      job.inputs = { github_token: 'ghs_ended' }
    },
    id: 'job-contents',
    says: 'GitHub does not take the token',
    apply: (job, fix) => {
      expect(fix).toBe('with:\n  github_token: ${{ github.token }}')
      job.inputs = {}
    },
  },
  {
    what: 'a terraform that cannot be had',
    break: (job) => {
      job.inputs = { terraform_version: '1.98.0' }
      job.environment['HASHICORP_RELEASES_URL'] = `${job.harness.emulator.url}/releases/`
    },
    id: 'terraform',
    says: 'terraform_1.98.0_SHA256SUMS answers 4',
    apply: (job, fix) => {
      expect(fix).toContain('terraform_version: 1.98.0')
      job.inputs = {}
    },
  },
  ...(['contents', 'pull-requests', 'issues', 'deployments'] as const).map((scope) => ({
    what: `a job without ${scope}`,
    break: async (job: Job) => {
      job.inputs = { drift_issue: 'true', environment: 'production' }
      await job.control('PUT', '/github/token', { permissions: { metadata: 'read' } })
    },
    id: `job-${scope}`,
    severity: 'warning' as const,
    says: `The token lacks ${scope}: `,
    apply: (job: Job, fix: string) =>
      job.control('PUT', '/github/token', { permissions: permissionsIn(fix) }),
  })),
]

describe('doctor, of signing in, the token and the runner', () => {
  let job: Job

  beforeEach(async () => {
    job = await Job.open()
  })

  afterEach(() => job.close())

  it.each(BREAKAGES.map((breakage) => [breakage.what, breakage] as const))(
    'names %s, with a fix that mends it',
    async (_, breakage) => {
      await breakage.break(job)
      const before = (await job.examine())[breakage.id]
      expect(before).toMatchObject({
        kind: 'fix',
        severity: breakage.severity ?? 'error',
        said: expect.stringContaining(breakage.says),
      })
      const fix = before?.kind === 'fix' ? before.fix : ''
      await (breakage.apply ? breakage.apply(job, fix) : pasteAll(fix, job.rest))
      expect((await job.examine())[breakage.id]).toMatchObject({ kind: 'ok' })
    }
  )

  it('leads out of several at once, one by one, until the job is signed in', async () => {
    job.lendToken()
    await job.patchProvider({ disabled: true, attributeCondition: CONDITION })
    await job.rest.post('/iam/v1/projects/mervis-demo/serviceAccounts', { accountId: 'another' })
    job.inputs = { service_account: 'another@mervis-demo.iam.gserviceaccount.com' }
    const mended: string[] = []
    for (let round = 0; round < 9; round++) {
      const findings = await job.examine()
      if (findings['google-identity']?.kind === 'ok') break
      const [id, broken] =
        Object.entries(findings).find(
          ([name, { kind }]) => kind === 'fix' && /^wif|imp/.test(name)
        ) ?? []
      mended.push(id ?? 'nothing')
      if (broken?.kind !== 'fix') break
      await pasteAll(broken.fix, job.rest)
    }
    expect(mended).toEqual(['wif-provider', 'wif-exchange', 'impersonation'])
  })

  it('has a finding for everything, also where the job is nobody for Google', async () => {
    job.environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] = undefined
    const findings = await job.examine()
    expect(Object.keys(findings).length).toBeGreaterThan(60)
    expect(findings['terraform']?.kind).toBe('ok')
    expect(findings['google-identity']).toEqual({
      kind: 'unknown',
      said: 'It needs "Permission to ask for an OIDC token" first.',
    })
  })

  it('shows no token anywhere, and has masked each one', async () => {
    job.lendToken()
    const findings = await job.examine()
    expect(findings['google-identity']).toEqual({
      kind: 'ok',
      said: `For Google this job is ${DEPLOYER}.`,
    })
    const shown = JSON.stringify([findings, job.log.entries])
    expect(job.log.masked.length).toBeGreaterThanOrEqual(6)
    for (const secret of job.log.masked) expect(shown).not.toContain(secret)
    expect(shown).not.toMatch(/eyJ[\w-]+\.[\w-]+\./)
  })
})
