import { generateKeyPairSync } from 'node:crypto'
import { base64, drawn, drawnWithChecksum } from './drawn.ts'

/** A secret that nobody ever had, and the name of a setting that would hold it. */
export interface Sample {
  readonly kind: string
  readonly rule: string
  readonly name: string
  readonly secret: string
}

type Row = readonly [kind: string, rule: string, name: string, secret: string]

function samplesOf(rows: readonly Row[]): readonly Sample[] {
  return rows.map(([kind, rule, name, secret]) => ({ kind, rule, name, secret }))
}

const hex = (length: number): string => drawn(length, 'hex')
const url = (length: number): string => drawn(length, 'url')
const upper = (length: number): string => drawn(length, 'upper')
const digits = (length: number): string => `9${drawn(length - 1, 'digits')}`
// Written in two parts, so that no scanner takes this file for what it makes.
const join = (...parts: readonly string[]): string => parts.join('')

function jwt(header: object, claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part(header)}.${part(claims)}.${url(43)}`
}

export function tokenSamples(): readonly Sample[] {
  return samplesOf([
    ['Google API key', 'google-api-key', 'maps_key', join('AI', 'za', 'Sy', url(33))],
    [
      'Google OAuth client secret',
      'google-oauth-client-secret',
      'client',
      join('GOC', 'SPX-', url(28)),
    ],
    ['Google access token', 'google-oauth-access-token', 'access', join('ya', '29.', url(160))],
    ['Google refresh token', 'google-oauth-refresh-token', 'refresh', join('1/', '/0', url(60))],
    [
      'Firebase server key',
      'firebase-server-key',
      'fcm',
      join('AAAA', url(7), ':APA', '91b', url(134)),
    ],
    ['GitHub classic token', 'github-token', 'gh', join('gh', 'p_', drawnWithChecksum())],
    ['GitHub OAuth token', 'github-token', 'gh', join('gh', 'o_', drawnWithChecksum())],
    ['GitHub user token', 'github-token', 'gh', join('gh', 'u_', drawnWithChecksum())],
    ['GitHub installation token', 'github-token', 'gh', join('gh', 's_', drawnWithChecksum())],
    ['GitHub refresh token', 'github-token', 'gh', join('gh', 'r_', drawn(76))],
    [
      'GitHub fine-grained token',
      'github-token',
      'gh',
      join('github', '_pat_', drawn(22), '_', drawn(59)),
    ],
    ['GitLab token', 'gitlab-token', 'gl', join('gl', 'pat-', url(20))],
    ['GitLab deploy token', 'gitlab-token', 'gl', join('gl', 'dt-', url(20))],
    [
      'GitLab routable token',
      'gitlab-token',
      'gl',
      join('gl', 'pat-', url(27), '.0', '1', drawn(7, 'hex')),
    ],
    ['npm token', 'npm-token', 'publish', join('np', 'm_', drawnWithChecksum())],
    ['PyPI token', 'pypi-token', 'upload', join('py', 'pi-AgEIcHlwaS5vcmc', url(140))],
    ['Docker Hub token', 'docker-hub-token', 'hub', join('dckr', '_pat_', url(27))],
    [
      'Terraform Cloud token',
      'terraform-cloud-token',
      'tfc',
      join(drawn(14), '.atlas', 'v1.', url(67)),
    ],
    [
      'Slack bot token',
      'slack-token',
      'slack',
      join('xo', 'xb-', digits(12), '-', digits(13), '-', drawn(24)),
    ],
    [
      'Slack user token',
      'slack-token',
      'slack',
      join('xo', 'xp-', digits(12), '-', digits(12), '-', digits(12), '-', hex(32)),
    ],
    [
      'Slack app token',
      'slack-token',
      'slack',
      join('xa', 'pp-1-A', upper(10), '-', digits(13), '-', hex(64)),
    ],
    [
      'Slack webhook',
      'slack-webhook',
      'hook',
      join('https://hooks.sl', 'ack.com/services/T', upper(10), '/B', upper(10), '/', drawn(24)),
    ],
    ['Stripe secret key', 'stripe-key', 'stripe', join('sk', '_live_', drawn(99))],
    ['Stripe restricted key', 'stripe-key', 'stripe', join('rk', '_live_', drawn(24))],
    ['Telegram bot token', 'telegram-bot-token', 'bot', join(digits(10), ':A', 'AH', url(32))],
    [
      'Discord bot token',
      'discord-bot-token',
      'bot',
      join(base64(digits(19)).replace(/=+$/, ''), '.', url(6), '.', url(38)),
    ],
    [
      'Discord webhook',
      'discord-webhook',
      'hook',
      join('https://discord.com/ap', 'i/webhooks/', digits(19), '/', url(68)),
    ],
    ['SendGrid key', 'sendgrid-key', 'mail', join('S', 'G.', url(22), '.', url(43))],
    ['Hugging Face token', 'huggingface-token', 'model', join('h', 'f_', drawn(34, 'letters'))],
    [
      'OpenAI project key',
      'openai-key',
      'ai',
      join('sk', '-proj-', url(74), 'T3Blbk', 'FJ', url(74)),
    ],
    [
      'OpenAI legacy key',
      'openai-key',
      'ai',
      join('sk', '-', drawn(20), 'T3Blbk', 'FJ', drawn(20)),
    ],
    ['Anthropic key', 'anthropic-key', 'ai', join('sk', '-ant-api03-', url(93), 'AA')],
    [
      'JSON web token',
      'json-web-token',
      'session',
      jwt({ alg: 'RS256', typ: 'JWT' }, { sub: drawn(12), exp: 1 }),
    ],
    ['DigitalOcean token', 'digitalocean-token', 'cloud', join('dop', '_v1_', hex(64))],
    ['Shopify token', 'shopify-token', 'shop', join('shp', 'at_', hex(32))],
    [
      'Grafana token',
      'grafana-service-account-token',
      'dash',
      join('gl', 'sa_', drawn(32), '_', hex(8)),
    ],
    ['Toss Payments key', 'toss-payments-key', 'toss', join('live', '_sk_', drawn(32))],
    [
      'PostgreSQL URL',
      'database-url-password',
      'database_url',
      `postgres://app:${drawn(16)}@db.internal:5432/main`,
    ],
    [
      'PostgreSQL URL of SQLAlchemy',
      'database-url-password',
      'dsn',
      `postgresql+psycopg2://app:${drawn(16)}@10.0.0.3/main`,
    ],
    ['MySQL URL', 'database-url-password', 'dsn', `mysql://root:${drawn(14)}@10.1.2.3:3306/shop`],
    [
      'MongoDB URL',
      'database-url-password',
      'mongo',
      `mongodb+srv://svc:${drawn(18)}@cluster0.ab1cd.mongodb.net/app`,
    ],
    [
      'Redis URL without a user',
      'database-url-password',
      'redis',
      `redis://:${drawn(20)}@10.0.0.9:6379/0`,
    ],
    [
      'Redis URL with a user',
      'database-url-password',
      'redis',
      `rediss://default:${drawn(20)}@cache.internal:6380`,
    ],
    [
      'RabbitMQ URL',
      'database-url-password',
      'broker',
      `amqp://worker:${drawn(16)}@mq.internal:5672/%2f`,
    ],
    [
      'basic-auth URL',
      'url-password',
      'feed',
      `https://deploy:${drawn(16)}@nexus.corp.internal/repo`,
    ],
  ])
}

/** Those that a name gives away, in each way of writing it. */
export function namedSamples(): readonly Sample[] {
  return samplesOf([
    ['AWS secret key', 'aws-secret-access-key', 'aws_secret_access_key', drawn(40, 'base64')],
    ['Azure storage key', 'azure-storage-key', 'account_key', `${drawn(86, 'base64')}==`],
    ['KIS app key', 'kis-app-key', 'appkey', join('P', 'S', drawn(34))],
    ['KIS app key in upper case', 'kis-app-key', 'KIS_APP_KEY', join('P', 'S', drawn(34))],
    ['KIS app key in its own sample file', 'kis-app-key', 'my_app', join('P', 'S', drawn(34))],
    ['KIS app secret', 'kis-app-secret', 'appsecret', drawn(180, 'base64')],
    ['KIS app secret in upper case', 'kis-app-secret', 'KIS_APP_SECRET', drawn(180, 'base64')],
    ['Kakao REST key', 'kakao-key', 'KAKAO_REST_API_KEY', hex(32)],
    ['Kakao admin key', 'kakao-key', 'kakao_admin_key', hex(32)],
    ['Naver client secret', 'naver-client-secret', 'NAVER_CLIENT_SECRET', drawn(10)],
    ['Naver Cloud key', 'naver-cloud-key', 'ncp_secret_key', drawn(40)],
    ['Twilio auth token', 'twilio-auth-token', 'TWILIO_AUTH_TOKEN', hex(32)],
    ['Twilio API key', 'twilio-api-key', 'twilio_key', join('S', 'K', hex(32))],
    ['generic password', 'generic-password', 'db_password', join('Kr7', '#mVq2!', drawn(6))],
    ['generic password without signs', 'generic-password', 'MYSQL_ROOT_PASSWORD', drawn(16)],
    ['generic secret', 'generic-secret', 'session_secret', drawn(32)],
    ['generic API key', 'generic-secret', 'api_key', drawn(32)],
    ['generic access token', 'generic-secret', 'accessToken', drawn(40)],
    ['generic key in hex', 'generic-secret', 'encryption_key', hex(64)],
  ])
}

/** Real keys, of every kind that can be made here. */
export function pemSamples(): readonly Sample[] {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
  const ed = generateKeyPairSync('ed25519').privateKey
  const text = (pem: string | Buffer): string => pem.toString().trimEnd()
  const locked = { cipher: 'aes-256-cbc', passphrase: drawn(12), format: 'pem' } as const
  const rows: readonly Row[] = [
    ['RSA PKCS#1', 'private-key', 'tls', text(rsa.export({ type: 'pkcs1', format: 'pem' }))],
    ['RSA PKCS#8', 'private-key', 'tls', text(rsa.export({ type: 'pkcs8', format: 'pem' }))],
    ['P-256 SEC1', 'private-key', 'tls', text(p256.export({ type: 'sec1', format: 'pem' }))],
    ['P-256 PKCS#8', 'private-key', 'tls', text(p256.export({ type: 'pkcs8', format: 'pem' }))],
    ['P-384 SEC1', 'private-key', 'tls', text(p384.export({ type: 'sec1', format: 'pem' }))],
    ['Ed25519 PKCS#8', 'private-key', 'tls', text(ed.export({ type: 'pkcs8', format: 'pem' }))],
    ['encrypted PKCS#8', 'private-key', 'tls', text(rsa.export({ type: 'pkcs8', ...locked }))],
    ['encrypted PKCS#1', 'private-key', 'tls', text(rsa.export({ type: 'pkcs1', ...locked }))],
    ['OpenSSH', 'private-key', 'ssh', openSshKey()],
    ['PGP', 'pgp-private-key', 'pgp', pgpKey()],
  ]
  return samplesOf(rows)
}

/** The frame of the format around random bytes: what the rule reads is the frame. */
function openSshKey(): string {
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none\0\0\0\0\0\0\0\x01', 'latin1'),
    Buffer.from(drawn(300)),
  ])
  return armor('OPENSSH PRIVATE KEY', body.toString('base64'))
}

function pgpKey(): string {
  const body = Buffer.concat([Buffer.from([0x95, 0x03, 0xc6, 0x04]), Buffer.from(drawn(400))])
  return armor('PGP PRIVATE KEY BLOCK', `\n${body.toString('base64')}\n=${drawn(4)}`)
}

function armor(label: string, body: string): string {
  const lines = body.replace(/[^\n]{70}/g, '$&\n').trimEnd()
  return `${'-'.repeat(5)}BEGIN ${label}${'-'.repeat(5)}\n${lines}\n${'-'.repeat(5)}END ${label}${'-'.repeat(5)}`
}

export function serviceAccount(): Readonly<Record<string, string>> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const name = `svc-${hex(6)}`
  return {
    type: 'service_account',
    project_id: name,
    private_key_id: hex(40),
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    client_email: `${name}@${name}.iam.gserviceaccount.com`,
    client_id: digits(21),
    token_uri: 'https://oauth2.googleapis.com/token',
  }
}

export function userCredentials(): Readonly<Record<string, string>> {
  return {
    client_id: `${digits(12)}.apps.googleusercontent.com`,
    client_secret: join('d-', drawn(22)),
    refresh_token: join('1/', '/0', url(60)),
    type: 'authorized_user',
  }
}

/** As google-github-actions/auth writes it in the workspace. */
export function workloadIdentityFile(): object {
  return {
    type: 'external_account',
    audience: `//iam.googleapis.com/projects/${digits(12)}/locations/global/workloadIdentityPools/p/providers/g`,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    credential_source: {
      url: 'https://pipelines.actions.githubusercontent.com/token?api-version=2.0',
      headers: { Authorization: `Bearer ${jwt({ typ: 'JWT', alg: 'RS256' }, { sub: drawn(9) })}` },
      format: { type: 'json', subject_token_field_name: 'value' },
    },
  }
}
