import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { errorOf, PER_PUSH_MS, type PushOptions, Stage } from './push.ts'

interface Refusal {
  readonly title: string
  readonly arrange?: (stage: Stage) => void
  readonly restore?: (stage: Stage) => void
  readonly push: PushOptions
  readonly code: string
  /** What the one error must say: the cause, and the next thing to do. */
  readonly says: readonly (string | RegExp)[]
}

const REFUSALS: readonly Refusal[] = [
  {
    title: 'a state bucket that is not there',
    push: { inputs: { state_bucket: 'mervis-demo-nowhere' } },
    code: 'GCP_REQUEST_FAILED',
    says: ['mervis-demo-nowhere', /does not exist|not found/i],
  },
  {
    title: 'a state bucket that is closed to the deployer',
    arrange: ({ emulator }) => emulator.cloud.access.deny({ permission: 'storage.objects.*' }),
    restore: ({ emulator }) => emulator.cloud.access.undeny('storage.objects.*'),
    push: {},
    code: 'GCP_REQUEST_FAILED',
    says: ['mervis-demo-tfstate', /storage\.objects\.(list|get)/, 'roles/storage.objectUser'],
  },
  {
    title: 'an API that is off and may not be switched on',
    arrange: ({ emulator }) =>
      emulator.cloud.access.deny({ permission: 'serviceusage.services.*' }),
    restore: ({ emulator }) => emulator.cloud.access.undeny('serviceusage.services.*'),
    push: {},
    code: 'TERRAFORM_FAILED',
    says: [/serviceusage\.services\.\w+|Permission denied to/],
  },
  {
    title: 'an API that signing in needs and that is off',
    arrange: ({ emulator }) => emulator.cloud.services.set('iamcredentials.googleapis.com', false),
    restore: ({ emulator }) => emulator.cloud.services.set('iamcredentials.googleapis.com', true),
    push: {},
    code: 'AUTH_FAILED',
    says: ['gcloud services enable', 'iamcredentials.googleapis.com'],
  },
  {
    title: 'a workload identity provider that does not exist',
    push: {
      inputs: {
        workload_identity_provider:
          'projects/123456789012/locations/global/workloadIdentityPools/github/providers/gitlab',
      },
    },
    code: 'AUTH_FAILED',
    says: ['workload_identity_provider', /audience|provider/],
  },
  {
    title: 'a service account that the repository may not act as',
    push: { inputs: { service_account: 'nobody@mervis-demo.iam.gserviceaccount.com' } },
    code: 'AUTH_FAILED',
    says: ['the service account', 'roles/iam.workloadIdentityUser'],
  },
  {
    title: 'a job without permission to get an OIDC token',
    push: {
      environment: {
        ACTIONS_ID_TOKEN_REQUEST_URL: undefined,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined,
      },
    },
    code: 'AUTH_NO_OIDC',
    says: ['id-token: write'],
  },
  {
    title: 'a Docker engine that does not answer',
    push: { environment: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } },
    code: 'IMAGE_NO_ENGINE',
    says: ['/nowhere/docker.sock', 'start the engine'],
  },
]

describe('dist/ refuses, with one error that says what to do, and makes no VM', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await Stage.open()
  })

  afterAll(() => stage.close())

  it.each(REFUSALS.map((refusal) => [refusal.title, refusal] as const))(
    '%s',
    async (_, { arrange, restore, push, code, says }) => {
      arrange?.(stage)
      const run = await stage.push(push)
      restore?.(stage)
      expect(run.exitCode).toBe(1)
      expect(run.annotations).toHaveLength(1)
      for (const words of says) expect(errorOf(run)).toMatch(words)
      expect(errorOf(run)).not.toMatch(/\n\s+at |Unexpected error/)
      expect(run.outputs.get('failure_code')).toBe(code)
      expect(run.outputs.get('outcome')).toBe('failed')
      expect(stage.emulator.compute.control.machines()).toEqual([])
    },
    PER_PUSH_MS
  )
})
