import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { federatedTokens } from '../../../../src/adapters/network/google-token.ts'
import { resolveEndpoints } from '../../../../src/google/endpoints.ts'
import { externalAccount } from '../../../../src/google/federation.ts'
import { PROVIDER } from '../../../fakes/deploy-inputs.ts'
import { type Received, sendJson, withServer } from '../../../fakes/loopback-server.ts'

const REQUEST_TOKEN = 'request-token-hunter2'
const JWT = 'eyJhbGciOiJSUzI1NiJ9.jwt-hunter2.signature'
const DEPLOYER = 'deployer@mervis-demo.iam.gserviceaccount.com'

type Step = (response: ServerResponse) => void
interface Steps {
  readonly github?: Step
  readonly sts?: Step
  readonly impersonation?: Step
}

/** GitHub, STS and IAM credentials on one port, each step changeable. */
function answering(steps: Steps = {}) {
  let exchanges = 0
  const usual: Required<Steps> = {
    github: (response) => sendJson(response, 200, { value: JWT }),
    sts: (response) =>
      sendJson(response, 200, {
        access_token: `federated-${exchanges}`,
        expires_in: 300,
        token_type: 'Bearer',
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      }),
    impersonation: (response) => {
      const expireTime = new Date(Date.now() + 3_600_000).toISOString()
      sendJson(response, 200, { accessToken: `impersonated-${exchanges}`, expireTime })
    },
  }
  const all = { ...usual, ...steps }
  return ({ url }: Received, response: ServerResponse): void => {
    if (url.startsWith('/sts')) exchanges += 1
    if (url.startsWith('/github')) all.github(response)
    else if (url.startsWith('/sts')) all.sts(response)
    else all.impersonation(response)
  }
}

function tokensAt(url: string, serviceAccount: string | undefined = DEPLOYER) {
  const endpoints = resolveEndpoints('europe-west1', {
    GOOGLE_STS_CUSTOM_ENDPOINT: `${url}sts/v1/`,
    GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: `${url}iamcredentials/v1/`,
  })
  const credentials = externalAccount(
    {
      workloadIdentityProvider: PROVIDER,
      serviceAccount,
      requestUrl: `${url}github?api-version=2.0`,
      requestToken: REQUEST_TOKEN,
    },
    endpoints
  )
  const masked: string[] = []
  return {
    masked,
    tokens: federatedTokens(credentials, (secret) => masked.push(secret), {
      projectId: 'mervis-demo',
    }),
  }
}

describe('federatedTokens', () => {
  it('turns the OIDC token of the job into one of the service account, and masks it', async () => {
    await withServer(answering(), async (url, received) => {
      const { tokens, masked } = tokensAt(url)
      expect(await tokens.accessToken()).toBe('impersonated-1')
      expect(masked).toEqual(['impersonated-1'])
      const [github, sts, impersonation] = received
      expect(github?.headers.authorization).toBe(`Bearer ${REQUEST_TOKEN}`)
      expect(github?.url).toContain(encodeURIComponent(`https://iam.googleapis.com/${PROVIDER}`))
      const exchange = new URLSearchParams(sts?.body)
      expect(exchange.get('audience')).toBe(`//iam.googleapis.com/${PROVIDER}`)
      expect(exchange.get('subject_token')).toBe(JWT)
      expect(impersonation?.url).toBe(
        `/iamcredentials/v1/projects/-/serviceAccounts/${DEPLOYER}:generateAccessToken`
      )
    })
  })

  it('gives the federated token itself where no service account is named', async () => {
    await withServer(answering(), async (url, received) => {
      const endpoints = resolveEndpoints('europe-west1', {
        GOOGLE_STS_CUSTOM_ENDPOINT: `${url}sts/v1/`,
      })
      const credentials = externalAccount(
        {
          workloadIdentityProvider: PROVIDER,
          serviceAccount: undefined,
          requestUrl: `${url}github?x=1`,
          requestToken: REQUEST_TOKEN,
        },
        endpoints
      )
      const masked: string[] = []
      expect(
        await federatedTokens(credentials, (secret) => masked.push(secret), {
          projectId: 'mervis-demo',
        }).accessToken()
      ).toBe('federated-1')
      expect(masked).toEqual(['federated-1'])
      expect(received.some((request) => request.url.includes('generateAccessToken'))).toBe(false)
    })
  })

  it('exchanges once for many callers, and again only when the token is old', async () => {
    await withServer(answering(), async (url, received) => {
      const { tokens, masked } = tokensAt(url)
      const both = await Promise.all([tokens.accessToken(), tokens.accessToken()])
      expect([...both, await tokens.accessToken()]).toEqual([
        'impersonated-1',
        'impersonated-1',
        'impersonated-1',
      ])
      expect(received).toHaveLength(3)
      expect(masked).toEqual(['impersonated-1'])
    })
  })

  const refusals: readonly (readonly [string, Steps, string, string])[] = [
    [
      'GitHub',
      { github: (response) => sendJson(response, 403, { message: 'Resource not accessible' }) },
      "GitHub's OIDC endpoint answered 403",
      'id-token: write',
    ],
    [
      'the token service',
      {
        sts: (response) =>
          sendJson(response, 400, {
            error: 'unauthorized_client',
            error_description: 'The given credential is rejected by the attribute condition.',
          }),
      },
      'the security token service (STS) answered 400: The given credential is rejected by the attribute condition.',
      'attribute condition',
    ],
    [
      'the service account',
      {
        impersonation: (response) =>
          sendJson(response, 403, {
            error: {
              code: 403,
              status: 'PERMISSION_DENIED',
              message:
                "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
            },
          }),
      },
      'the service account (IAM credentials) answered 403: Permission',
      'roles/iam.workloadIdentityUser',
    ],
  ]

  it.each(refusals)(
    'says so in one sentence when %s refuses, and holds no credential',
    async (_, steps, said, hint) => {
      await withServer(answering(steps), async (url) => {
        const { tokens } = tokensAt(url)
        const error: unknown = await tokens.accessToken().catch((thrown: unknown) => thrown)
        expect(error).toMatchObject({
          code: 'AUTH_FAILED',
          message: expect.stringContaining(said),
          hint: expect.stringContaining(hint),
        })
        const everything = inspect(error, { depth: 20, showHidden: true })
        for (const secret of [REQUEST_TOKEN, JWT, 'federated-1'])
          expect(everything).not.toContain(secret)
      })
    }
  )

  it('says who did not answer', async () => {
    const { tokens } = tokensAt('http://127.0.0.1:9/')
    await expect(tokens.accessToken()).rejects.toMatchObject({
      code: 'AUTH_FAILED',
      message: expect.stringMatching(
        /^Could not sign in to Google Cloud: GitHub's OIDC endpoint did not answer/
      ),
    })
  })

  it('tries anew after a failure', async () => {
    let isDown = true
    const sts: Step = (response) =>
      isDown
        ? sendJson(response, 400, { error: 'x', error_description: 'not yet' })
        : sendJson(response, 200, {
            access_token: 'federated',
            expires_in: 300,
            token_type: 'Bearer',
            issued_token_type: 'x',
          })
    await withServer(answering({ sts }), async (url) => {
      const { tokens } = tokensAt(url)
      await expect(tokens.accessToken()).rejects.toThrow('not yet')
      isDown = false
      expect(await tokens.accessToken()).toMatch(/^impersonated/)
    })
  })
})
