import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { scanContent } from '../../../../../src/image/gate/content-scan.ts'
import { base64, drawn } from './drawn.ts'

function found(path: string, text: string): readonly string[] {
  return scanContent(path, Buffer.from(text)).map(({ rule, line }) => `${rule}:${line}`)
}

const hex = (length: number): string => drawn(length, 'hex')
const join = (...parts: readonly string[]): string => parts.join('')
const pem = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'sec1', format: 'pem' })
    .toString()
const jwk = (): string =>
  JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), null, 1)

/** Files and lines as tools write them; each holds one secret. */
const FILES: readonly (readonly [what: string, path: string, text: string, expected: string])[] = [
  ['an .npmrc', '.npmrc', `//npm.corp.internal/:_authToken=${drawn(36)}\n`, 'npm-registry-auth:1'],
  [
    'an .npmrc with a UUID',
    '.npmrc',
    `a=b\n//r.corp/:_authToken=${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}\n`,
    'npm-registry-auth:2',
  ],
  [
    'an .npmrc with a password',
    '.npmrc',
    `//r.corp/:_password=${base64(drawn(16))}\n`,
    'npm-registry-auth:1',
  ],
  [
    'an .npmrc with a password without a digit',
    '.npmrc',
    `//r.corp/:_password=${join('QkxhckZoUX', 'pWbldKeGNa', 'bWw=')}\n`,
    'npm-registry-auth:1',
  ],
  [
    'a .netrc',
    '.netrc',
    `machine api.corp.internal\n  login app\n  password ${drawn(16)}\n`,
    'netrc-password:3',
  ],
  [
    'a .netrc in one line',
    'build.sh',
    `echo "machine git.corp.internal login ci password ${drawn(20)}" > ~/.netrc`,
    'netrc-password:1',
  ],
  [
    'a .pypirc',
    '.pypirc',
    `[pypi]\nusername = app\npassword = ${drawn(20)}\n`,
    'generic-password:3',
  ],
  [
    '.git-credentials',
    '.git-credentials',
    `https://ci:${drawn(20)}@git.corp.internal\n`,
    'url-password:1',
  ],
  [
    "docker's config.json",
    'config.json',
    `{\n "auths": {\n  "gcr.io": {\n   "auth": "${base64(`app:${drawn(20)}`)}"\n  }\n }\n}`,
    'docker-registry-auth:4',
  ],
  [
    'a pull secret',
    'a.yaml',
    `x: '{"auths":{"gcr.io":{"auth":"${base64(`_json_key:${drawn(40)}`)}"}}}'`,
    'docker-registry-auth:1',
  ],
  [
    'a kubeconfig',
    'config',
    `users:\n- name: admin\n  user:\n    client-certificate-data: ${base64('-----BEGIN CERTIFICATE-----\nMIIB\n')}\n    client-key-data: ${base64(pem())}\n`,
    'private-key:5',
  ],
  [
    'a Kubernetes secret',
    'secret.yaml',
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ntype: Opaque\ndata:\n  user: ${base64('application')}\n  key: ${base64(drawn(20))}\n`,
    'kubernetes-secret:7',
  ],
  [
    'basic authentication',
    'a.sh',
    `curl -H "Authorization: Basic ${base64(`app:${drawn(16)}`)}" https://x.corp`,
    'http-basic-auth:1',
  ],
  [
    'a bearer token',
    'a.ts',
    `const headers = { Authorization: 'Bearer ${drawn(40)}' }`,
    'bearer-token:1',
  ],
  [
    'a PuTTY key',
    'notes.txt',
    `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n${drawn(48, 'base64')}\n`,
    'putty-private-key:1',
  ],
  ['a JSON web key', 'jwks.json', `{"keys": [\n${jwk()}\n]}`, 'json-web-key:4'],
  [
    'an instruction ENV',
    'Dockerfile',
    `FROM alpine\nENV PORT=80 \\\n    API_KEY=${drawn(32)}\n`,
    'generic-secret:3',
  ],
  [
    'the old form of ENV',
    'Dockerfile',
    `FROM alpine\nENV DB_PASSWORD ${drawn(20)}\n`,
    'generic-password:2',
  ],
  ['an instruction ARG', 'Dockerfile', `ARG NPM_TOKEN="${drawn(36)}"\n`, 'generic-secret:1'],
  [
    'a compose file',
    'compose.yaml',
    `services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD=${drawn(18)}\n`,
    'generic-password:4',
  ],
  [
    'a systemd unit',
    'app.service',
    `[Service]\nEnvironment="API_TOKEN=${drawn(32)}"\n`,
    'generic-secret:2',
  ],
  [
    'XML',
    'settings.xml',
    `<server>\n <password>${drawn(18)}</password>\n</server>`,
    'generic-password:2',
  ],
  [
    'an attribute',
    'web.config',
    `<add key="ApiSecret"  value="${drawn(32)}" />`,
    'generic-secret:1',
  ],
  [
    'a query',
    'a.py',
    `URL = "https://api.corp.internal/v1?limit=5&api_key=${drawn(32)}&page=1"`,
    'generic-secret:1',
  ],
  [
    'a JDBC address',
    'app.properties',
    `spring.url=jdbc:postgresql://db/app?user=app&password=${drawn(18)}\n`,
    'generic-password:1',
  ],
  [
    'a connection string',
    'appsettings.json',
    `{"db": "Server=db;User Id=app;Password=${drawn(18)};Encrypt=true"}`,
    'generic-password:1',
  ],
  [
    "Azure's connection string",
    'a.json',
    `{"s": "DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=${drawn(86, 'base64')}==;EndpointSuffix=core.windows.net"}`,
    'azure-storage-key:1',
  ],
  [
    'a command line',
    'run.sh',
    `app --user=app --password=${drawn(18)} --verbose`,
    'generic-password:1',
  ],
  ['os.environ', 'a.py', `os.environ["OPEN_API_SECRET"] = "${drawn(32)}"`, 'generic-secret:1'],
  [
    'setdefault',
    'a.py',
    `os.environ.setdefault("OPEN_API_SECRET", "${drawn(32)}")`,
    'generic-secret:1',
  ],
  ['a typed constant', 'a.py', `API_KEY: str = "${drawn(32)}"`, 'generic-secret:1'],
  [
    'a value on its own line',
    'a.ts',
    `export const apiToken =\n  '${drawn(40)}'`,
    'generic-secret:2',
  ],
  ['TOML', 'a.toml', `[api]\ntoken = "${drawn(40)}"\n`, 'generic-secret:2'],
  ['an INI file', 'a.ini', `[api]\ntoken = ${drawn(40)}\n`, 'generic-secret:2'],
  ['the Django key', 'settings.py', `SECRET_KEY = '${drawn(50)}'`, 'generic-secret:1'],
  [
    'the KIS sample file',
    'kis.yaml',
    `my_app: "${join('P', 'S', drawn(34))}"\nmy_url: "https://openapi.koreainvestment.com:9443"\n`,
    'kis-app-key:1',
  ],
  [
    'a KIS request',
    'a.py',
    `headers = {"appkey": "${join('P', 'S', drawn(34))}"}`,
    'kis-app-key:1',
  ],
  [
    'a Kakao header',
    'a.py',
    `headers = {'Authorization': 'Kakao${'AK '}${hex(32)}'}`,
    'kakao-key:1',
  ],
  ['a Kakao setting in YAML', 'a.yml', `kakao:\n  client-id: ${hex(32)}\n`, 'kakao-key:2'],
  [
    'a Naver header',
    'a.py',
    `h = {"X-Naver-Client-Id": "${drawn(20)}", "X-Naver-Client-Secret": "${drawn(10)}"}`,
    'naver-client-secret:1',
  ],
  [
    'a Cloud Storage HMAC key',
    'a.env',
    `KEY_ID=${join('GO', 'OG1E', drawn(55, 'base32'))}\nKEY=${drawn(40, 'base64')}\n`,
    'google-storage-hmac-key:1',
  ],
  [
    'AWS credentials',
    'credentials',
    `[default]\naws_access_key_id = ${join('AK', 'IA', drawn(16, 'base32'))}\naws_secret_access_key = ${drawn(40, 'base64')}\n`,
    'aws-secret-access-key:3',
  ],
  ['an OpenVPN profile', 'client.ovpn', `client\n<key>\n${pem()}</key>\n`, 'private-key:3'],
  [
    'a PEM bundle',
    'site.pem',
    `-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n${pem()}`,
    'private-key:4',
  ],
]

describe('scanContent', () => {
  it.each(FILES)('finds the secret in %s', (_, path, text, expected) => {
    expect(found(path, text)).toEqual([expected])
  })

  it.each([
    ['a Doppler token', join('dp.p', 't.', drawn(43))],
    ['a HashiCorp Vault token', join('hv', 's.', drawn(95))],
    ['a Databricks token', join('da', 'pi', hex(32))],
    ['an OpenRouter key', join('sk-o', 'r-v1-', hex(64))],
    ['a Groq key', join('gs', 'k_', drawn(52))],
    ['a Notion token', join('nt', 'n_', drawn(11, 'digits'), drawn(35))],
    ['a Postman key', join('PM', 'AK-', hex(24), '-', hex(34))],
    ['a Supabase token', join('sb', 'p_', hex(40))],
    ['a Replicate token', join('r', '8_', drawn(37))],
    ['a Tailscale key', join('tsk', 'ey-auth-', drawn(17), '-', drawn(32))],
  ])('finds %s by its shape alone', (_, token) => {
    expect(found('a.txt', `see ${token} for that`).length).toBe(1)
    expect(found('a.txt', `see ${token.slice(0, token.length / 2)} for that`)).toEqual([])
    expect(found('a.txt', `see x${token} for that`)).toEqual([])
  })
})
