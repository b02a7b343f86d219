import { describe, expect, it } from '@jest/globals'
import { scanContent } from '../../../../../src/image/gate/content-scan.ts'
import { HARMLESS } from './harmless.ts'
import { pemSamples, tokenSamples } from './samples.ts'

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
  `${'XX'.repeat(2).concat('-').repeat(5)}1a2B`,
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
