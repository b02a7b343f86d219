import { createHmac, generateKeyPairSync } from 'node:crypto'
import { base64, drawn, drawnWithChecksum } from './drawn.ts'
import { serviceAccount } from './samples.ts'

const dashes = '-'.repeat(5)

/** Everything that looks like a secret at first and is none. */
export const HARMLESS: readonly (readonly [what: string, path: string, text: string])[] = [
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
    '//npm.corp.internal/:_authToken=${NPM_TOKEN}\n',
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
  ['the working folder', 'a.sh', `[ "$PWD" = "/srv/a1-${drawn(12)}" ] && PWD="B2${drawn(14)}"`],
  ['a hash with its user', 'a.go', `userpasswd := "app:$2y$05$${drawn(53)}"`],
  [
    'words in base64',
    '.npmrc',
    `password = ${base64('not my real password')}\ntoken: ${base64('{"page": 12, "limit": 100}')}`,
  ],
  ['a call of a manual', 'a.ts', `// sign('', 'test_secret') => '${drawn(64, 'hex')}'`],
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
