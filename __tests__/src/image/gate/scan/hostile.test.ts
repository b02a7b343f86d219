import { describe, expect, it } from '@jest/globals'
import { scanContent } from '../../../../../src/image/gate/content-scan.ts'
import { base64, drawn } from '../rules/drawn.ts'

const MEGABYTE = 1_000_000
const dashes = '-'.repeat(5)

/** Texts that make a careless pattern look at everything again and again. */
const REPEATED: readonly string[] = [
  'a',
  '\\',
  '"',
  ' ',
  '\n',
  `${dashes}BEGIN `,
  `${dashes}BEGIN PRIVATE KEY${dashes}`,
  `${dashes}BEGIN PRIVATE KEY${dashes}\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC`,
  '"private_key"',
  '"private_key": "',
  'eyJ',
  'eyJhbGciOiJIUzI1NiJ9',
  'eyJhbGciOiJIUzI1NiJ9.',
  'eyJhbGciOiJIUzI1NiJ9 ',
  base64(`${dashes}BEGIN PRIVATE KEY`),
  `${base64(`${dashes}BEGIN PRIVATE KEY`)} `,
  base64(base64(`${dashes}BEGIN PRIVATE KEY${dashes}\n`)),
  'authorized_user',
  '"external_account" { ',
  '"kty"',
  '{"kty":{',
  'password',
  'password=',
  'password = "',
  'password: ',
  'token:token=',
  'secret":"',
  "secret\\\\\\'",
  'https://',
  'https://a:',
  'https://a:b@',
  'postgres://u:p4$',
  'machine a login b password ',
  'kind: Secret\ndata:\n',
  'kind: Secret\n',
  'Authorization: Basic ',
  'Authorization: Bearer a',
  'twilio SK00000000000000000000000000000000',
  'PuTTY-User-Key-File-2 Private-Lines: 1\n',
  'AKIAAKIAAKIAAKIA',
  'GOOG1E',
  ':AAH',
  'xoxb-',
  'sk-proj-',
  'secret-scan:allow ',
  ':_authToken=',
]

describe('scanContent', () => {
  it.each(REPEATED.map((text) => [JSON.stringify(text), text]))(
    'takes no longer over a megabyte of %s',
    (_, text) => {
      const bytes = Buffer.from(text.repeat(Math.ceil(MEGABYTE / text.length)))
      const before = process.cpuUsage()
      scanContent('settings.yaml', bytes)
      const { user } = process.cpuUsage(before)
      // Ordinary text takes 5 ms; the slowest of these some hundred, a quadratic pattern minutes.
      expect(user / 1_000).toBeLessThan(3_000)
    }
  )

  it('gives up on a file of nothing but secrets, and says so by a thousand findings at most', () => {
    const text = Array.from({ length: 3_000 }, () => `password = "${drawn(24)}"`).join('\n')
    expect(scanContent('a.py', Buffer.from(text)).length).toBe(1_000)
  })
})
