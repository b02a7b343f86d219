import { createSign, createVerify, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Clock } from '../clock.ts'

export interface OidcOptions {
  readonly clock: Clock
  /** `owner/name`. */
  readonly repository: string
  readonly repositoryId: string
  readonly repositoryOwnerId: string
  /** Where the emulator listens; the public keys are found below it. */
  readonly url: () => string
}

export type OidcClaims = Readonly<Record<string, unknown>>

/** GitHub's token service for jobs, and the check that Google makes of its tokens. */
export interface Oidc {
  readonly routes: Hono
  readonly repositoryOwnerId: string
  /** What a job that runs without a workflow finds in ACTIONS_ID_TOKEN_REQUEST_TOKEN. */
  readonly requestToken: string
  /** The same for a job with claims of its own. */
  openJob(job: JobIdentity): string
  /** Ends what `openJob` began: a job that is over gets no more tokens. */
  closeJob(requestToken: string): void
  /** From now on these claims replace the usual ones; `{}` goes back to them. */
  setClaims(claims: OidcClaims): void
  /** The claims of a token made here, or undefined when its signature does not hold. */
  verifySignature(jwt: string): OidcClaims | undefined
}

/** Whom a token speaks for. */
export interface JobIdentity {
  /** End of `sub`: `ref:refs/heads/main`, `pull_request`, `environment:production`. */
  readonly subject: string
  readonly claims: OidcClaims
}

export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com'
const LIFETIME_SECONDS = 300

/** Makes a signing key of its own, so that no token outlives the emulator that made it. */
export function createOidc(options: OidcOptions): Oidc {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keyId = randomUUID()
  const requestToken = randomBytes(32).toString('base64url')
  const jobs = new Map<string, JobIdentity | undefined>([[requestToken, undefined]])
  const closed = new Set<string>()
  let changedClaims: OidcClaims = {}
  const routes = new Hono()

  routes.get('/token', (c) => {
    const given = /^bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (given === undefined) return c.json({ message: 'Unauthorized: no request token.' }, 401)
    if (closed.has(given))
      return c.json({ message: "Can't issue ID_TOKEN for job in 'Completed' state" }, 400)
    if (!jobs.has(given)) return c.json({ message: 'Forbidden: not the token of a job.' }, 403)
    const owner = options.repository.split('/')[0] ?? ''
    const audience = c.req.query('audience') ?? `https://github.com/${owner}`
    const issuedAt = Math.floor(options.clock.now() / 1000)
    const usual = usualClaims(options, audience, issuedAt)
    const claims = { ...usual, ...claimsOf(options, jobs.get(given)), ...changedClaims }
    return c.json({ count: claims.aud.length, value: sign({ kid: keyId }, claims) })
  })
  routes.get('/.well-known/jwks', (c) => {
    const key = publicKey.export({ format: 'jwk' })
    return c.json({ keys: [{ ...key, alg: 'RS256', use: 'sig', kid: keyId }] })
  })
  routes.get('/.well-known/openid-configuration', (c) =>
    c.json({
      issuer: GITHUB_ISSUER,
      jwks_uri: `${options.url()}/github/oidc/.well-known/jwks`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public', 'pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
    })
  )

  function sign(header: OidcClaims, claims: OidcClaims): string {
    const signed = `${encode({ typ: 'JWT', alg: 'RS256', ...header })}.${encode(claims)}`
    const signature = createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')
    return `${signed}.${signature}`
  }

  function verifySignature(jwt: string): OidcClaims | undefined {
    const [header = '', payload = '', signature = ''] = jwt.split('.')
    const verify = createVerify('RSA-SHA256').update(`${header}.${payload}`)
    if (!verify.verify(publicKey, signature, 'base64url')) return undefined
    // Signed by us a moment ago: this is our own JSON object.
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as OidcClaims
  }

  const setClaims = (claims: OidcClaims): void => {
    changedClaims = claims
  }
  const openJob = (job: JobIdentity): string => {
    const token = randomBytes(32).toString('base64url')
    jobs.set(token, job)
    return token
  }
  const closeJob = (token: string): void => {
    jobs.delete(token)
    closed.add(token)
  }
  const { repositoryOwnerId } = options
  return { routes, repositoryOwnerId, requestToken, openJob, closeJob, setClaims, verifySignature }
}

function claimsOf(options: OidcOptions, job: JobIdentity | undefined): OidcClaims {
  return job ? { sub: subjectOf(options, job.subject), ...job.claims } : {}
}

// Repositories made after July 2026 carry the ids in the subject.
function subjectOf(
  { repository, repositoryId, repositoryOwnerId }: OidcOptions,
  end: string
): string {
  const [owner = '', name = ''] = repository.split('/')
  return `repo:${owner}@${repositoryOwnerId}/${name}@${repositoryId}:${end}`
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** The claims of a job that runs for a push to main. */
function usualClaims(options: OidcOptions, audience: string, issuedAt: number) {
  const [owner = ''] = options.repository.split('/')
  const ref = 'refs/heads/main'
  const sha = 'c0ffee'.padEnd(40, '0')
  const workflow = `${options.repository}/.github/workflows/deploy.yml@${ref}`
  return {
    jti: randomUUID(),
    sub: subjectOf(options, `ref:${ref}`),
    aud: audience,
    iss: GITHUB_ISSUER,
    nbf: issuedAt,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
    ref,
    ref_type: 'branch',
    ref_protected: 'true',
    sha,
    repository: options.repository,
    repository_id: options.repositoryId,
    repository_owner: owner,
    repository_owner_id: options.repositoryOwnerId,
    repository_visibility: 'private',
    actor: 'octocat',
    actor_id: '583231',
    event_name: 'push',
    base_ref: '',
    head_ref: '',
    run_id: '9007199254',
    run_number: '1',
    run_attempt: '1',
    runner_environment: 'github-hosted',
    workflow: 'deploy',
    workflow_ref: workflow,
    workflow_sha: sha,
    job_workflow_ref: workflow,
    job_workflow_sha: sha,
  }
}
