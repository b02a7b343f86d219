import { createHmac, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { scanContent } from '../../../../../src/image/gate/content-scan.ts'
import { base64, drawn, drawnWithChecksum } from './drawn.ts'
import { pemSamples, serviceAccount, tokenSamples } from './samples.ts'

function rulesIn(path: string, text: string): readonly string[] {
  return scanContent(path, Buffer.from(text)).map(({ rule }) => rule)
}

const PLACEHOLDERS = [
  'your-api-key-here',
  '<your-secret-key-goes-here>',
  '${API_KEY_FROM_THE_VAULT}',
  '$(cat /run/secrets/api_key)',
  '{{ .Values.apiKey | quote }}',
  '%(API_KEY)s-and-so-on-2024',
  'xxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'XXXX-XXXX-XXXX-XXXX-XXXX-1a2B',
  '****************************',
  'example-9f8Kd03kfLq29fkKQpz',
  'changeme1234567890ChangeMe!',
  'dummy-k3Jx92LqPz71mNw4Rt8v',
  '12345678901234567890123456789012',
  'abcdefghijklmnopqrstuvwxyz012345',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  'a1b2a1b2a1b2a1b2a1b2a1b2a1b2a1b2',
  '0000000000000000000000000000dead',
  '(from Secret Manager)',
  'process.env.API_KEY_OF_SERVICE1',
  "os.environ['API_KEY_1']",
  'projects/123456789012/secrets/api-key/versions/3',
  'arn:aws:secretsmanager:eu-west-1:123456789012:secret:a1-b2C3d4',
  'https://vault.internal:8200/v1/secret/data/app1',
  'test-secret-value-for-unit-tests-1',
  'this-is-not-a-secret-2024-v1',
  'vault:secret/data/app#api_key_2',
  'sm://project-1/secret-name-2/latest',
]
const NAMES = [
  'password',
  'api_key',
  'CLIENT_SECRET',
  'accessToken',
  'AWS_SECRET_ACCESS_KEY',
  'appkey',
]

const dashes = '-'.repeat(5)

/** Everything that looks like a secret at first and is none. */
const HARMLESS: readonly (readonly [what: string, path: string, text: string])[] = [
  ['a type', 'a.ts', 'interface Login { readonly password: string; token?: Token<Secret> }'],
  [
    'a variable',
    'a.ts',
    'const token = readToken(options.tokenFile2)\nconst password = input1.password2',
  ],
  [
    'a look-up',
    'a.py',
    'API_KEY = os.environ["API_KEY_V2"]\npassword = getpass.getpass("Password1: ")',
  ],
  ['a look-up in JavaScript', 'a.js', "const secret = process.env['STRIPE_SECRET_KEY_2'] ?? ''"],
  ['a subresource hash', 'package-lock.json', `"integrity": "sha512-${drawn(86, 'base64')}=="`],
  ['a UUID', 'a.json', '{"token": "123e4567-e89b-42d3-a456-426614174000"}'],
  [
    'a commit',
    'a.yml',
    `uses: actions/checkout@${drawn(40, 'hex')}\nrevision: ${drawn(40, 'hex')}`,
  ],
  ['a digest', 'a.yml', `image: gcr.io/p/i@sha256:${drawn(64, 'hex')}`],
  [
    'a hash of a password',
    'a.py',
    `PASSWORD_HASH = "${drawn(64, 'hex')}"\nadmin_password = "$2b$12$${drawn(53)}"`,
  ],
  [
    'the name of a secret',
    'a.tf',
    'secret_name = "projects-db-password-2024-v2"\nsecret_id = "dbPassword1AdminV2"',
  ],
  [
    'a translation',
    'de.json',
    '{"password": "Geben-Sie-Ihr-Passwort-2-mal-ein", "token": "Sitzungsmerkmal"}',
  ],
  [
    'a Korean translation',
    'ko.json',
    '{"password": "비밀번호를 8자 이상 입력하세요", "secret": "비밀 2개"}',
  ],
  ['a test name', 'a.test.ts', "it('refuses a password: Abc123!x that is too short', () => {})"],
  [
    'a regular expression',
    'a.js',
    'const token = /^[A-Za-z0-9_-]{20,40}$/\nconst PASSWORD = "[a-zA-Z0-9!@#]{8,}"',
  ],
  [
    'a CSS class',
    'a.html',
    '<input type="password" class="login-password-2xl" name="token-input-1">',
  ],
  [
    'a public certificate',
    'a.pem',
    `${dashes}BEGIN CERTIFICATE${dashes}\n${drawn(400, 'base64')}\n${dashes}END CERTIFICATE${dashes}`,
  ],
  [
    'a public key',
    'a.pem',
    generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  ],
  [
    'a public key in base64',
    'config',
    `data: ${base64(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString())}`,
  ],
  [
    'a key with dots',
    'README.md',
    `${dashes}BEGIN PRIVATE KEY${dashes}\nMIIEvQIBADANBgkqhki...\n${dashes}END PRIVATE KEY${dashes}`,
  ],
  [
    'a key with a word',
    'README.md',
    `${dashes}BEGIN RSA PRIVATE KEY${dashes}\n<your key here>\n${dashes}END RSA PRIVATE KEY${dashes}`,
  ],
  [
    'a short key',
    'README.md',
    `${dashes}BEGIN RSA PRIVATE KEY${dashes}\nMIIEpAIBAAKCAQEA\n${dashes}END RSA PRIVATE KEY${dashes}`,
  ],
  [
    'random bytes as a key',
    'a.pem',
    `${dashes}BEGIN RSA PRIVATE KEY${dashes}\n${drawn(800, 'base64')}\n${dashes}END RSA PRIVATE KEY${dashes}`,
  ],
  [
    'the header alone',
    'a.ts',
    `if (text.includes('${dashes}BEGIN PRIVATE KEY${dashes}')) refuse()`,
  ],
  [
    'a service account without its key',
    'a.json',
    JSON.stringify({ ...serviceAccount(), private_key: '<redacted>' }, null, 2),
  ],
  [
    'workload identity without a token',
    'a.json',
    JSON.stringify({ type: 'external_account', credential_source: { file: '/var/run/token' } }),
  ],
  [
    'user credentials of a manual',
    'a.json',
    JSON.stringify({ type: 'authorized_user', refresh_token: 'YOUR_REFRESH_TOKEN_GOES_HERE_1' }),
  ],
  [
    'an example key of AWS',
    'a.md',
    `aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${['wJalrXUtnFEMI/K7MDENG/bPxRfiCY', 'EXAMPLEKEY'].join('')}`,
  ],
  ['a test key of Stripe', '.env.example', `STRIPE_KEY=${['sk', '_test_', drawn(24)].join('')}`],
  [
    'a URL without a password',
    'a.md',
    'git clone https://user@github.com/org/repo.git and http://host:8080/a@b',
  ],
  [
    'a URL of a manual',
    'a.md',
    'postgres://user:password@localhost:5432/db mysql://root:root@db/test redis://:changeme@redis:6379',
  ],
  [
    'a URL with a template',
    'a.py',
    'f"postgresql://{user}:{password}@{host}/db" "mysql://%s:%s@%s" `redis://:${secret}@${host}`',
  ],
  [
    'a URL of example.com',
    'a.md',
    `https://user:${drawn(12)}@example.com/ ftp://a:${drawn(12)}@ftp.example.org/`,
  ],
  ['an e-mail address behind a URL', 'a.md', 'see https://npmjs.com, mail me:now@home.org'],
  ['a token signed as manuals do', 'a.md', manualToken()],
  ['the token of jwt.io', 'a.md', jwtIoToken()],
  [
    'a GitHub token whose checksum is wrong',
    'a.ts',
    `const t = '${['gh', 'p_', spoiled(drawnWithChecksum())].join('')}'`,
  ],
  [
    'an npm token whose checksum is wrong',
    '.npmrc',
    `TOKEN=${['np', 'm_', spoiled(drawnWithChecksum())].join('')}`,
  ],
  [
    'an .npmrc that reads the environment',
    '.npmrc',
    '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n',
  ],
  [
    'an empty docker login',
    'config.json',
    '{"auths":{"gcr.io":{"auth":""}},"credsStore":"gcloud"}',
  ],
  ['a netrc of a manual', '.netrc', 'machine example.com login me password mypassword\n'],
  [
    'machine learning',
    'a.md',
    'machine learning needs login data and a password policy with 2 rules',
  ],
  ['an empty .env', '.env', 'PASSWORD=\nAPI_KEY=""\nSECRET_KEY=\n'],
  ['JavaScript keys of Kakao', 'index.html', `<script>Kakao.init('${drawn(32, 'hex')}')</script>`],
  [
    'a badge',
    'README.md',
    `![](https://codecov.io/gh/o/r/branch/main/graph/badge.svg?token=${drawn(20)})`,
  ],
  [
    'a page token',
    'a.json',
    `{"nextPageToken": "${drawn(40)}", "continuationToken": "${drawn(40)}"}`,
  ],
  [
    'a lock file',
    'yarn.lock',
    `  resolved "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz#${drawn(40, 'hex')}"`,
  ],
]

function spoiled(token: string): string {
  const last = token.at(-1) === '7' ? '8' : '7'
  return token.slice(0, -1) + last
}

function manualToken(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ some: 'payload' })}`
  return `${content}.${createHmac('sha256', 'secret').update(content).digest('base64url')}`
}

function jwtIoToken(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256' })}.${part({ sub: '1234567890', name: 'John Doe' })}.${drawn(43, 'url')}`
}

describe('scanContent', () => {
  it.each(HARMLESS)('is silent about %s', (_, path, text) => {
    expect(rulesIn(path, text)).toEqual([])
  })

  it('is silent about what only stands for a secret', () => {
    const files = PLACEHOLDERS.flatMap((value) =>
      NAMES.flatMap((name) => [
        ['settings.json', `{"${name}": "${value}"}`],
        ['.env', `${name}=${value}`],
        ['settings.yaml', `${name}: ${value}`],
        ['settings.py', `${name} = '${value}'`],
      ])
    )
    const alarms = files
      .map(([path = '', text = '']) => ({ text, rules: rulesIn(path, text) }))
      .filter(({ rules }) => rules.length > 0)
    expect(alarms).toEqual([])
  })

  it('is silent about a token with one character changed where it carries a checksum', () => {
    const tokens = tokenSamples().filter(({ kind }) =>
      /GitHub (classic|OAuth|user|inst)|npm/.test(kind)
    )
    const alarms = tokens.flatMap(({ secret }) =>
      Array.from({ length: secret.length - 4 }, (_, at) => {
        const changed = secret[at + 4] === 'a' ? 'b' : 'a'
        return rulesIn('a.txt', `x: ${secret.slice(0, at + 4)}${changed}${secret.slice(at + 5)}`)
      }).flat()
    )
    expect(tokens.length).toBe(5)
    expect(alarms.filter((rule) => rule !== 'generic-secret')).toEqual([])
  })

  it('is silent about keys that are cut short or spoiled in their structure', () => {
    const keys = pemSamples().filter(({ kind }) => /PKCS#8|SEC1|^RSA/.test(kind))
    const alarms = keys.flatMap(({ kind, secret }) => {
      const lines = secret.split('\n')
      const cut = [lines[0], ...lines.slice(1, -2), lines.at(-1)].join('\n')
      const first = lines[1] ?? ''
      const spoilt = [0, 1, 2].map((at) =>
        secret.replace(
          first,
          `${first.slice(0, at)}${first[at] === 'Z' ? 'Y' : 'Z'}${first.slice(at + 1)}`
        )
      )
      return [cut, ...spoilt].flatMap((text) =>
        rulesIn('key.pem', text).map((rule) => `${kind}: ${rule}`)
      )
    })
    expect(alarms).toEqual([])
  })
})
