import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { scanContent } from '../../../../../src/image/gate/content-scan.ts'
import { carried } from './carriers.ts'
import { base64, drawn } from './drawn.ts'
import {
  namedSamples,
  pemSamples,
  type Sample,
  serviceAccount,
  tokenSamples,
  userCredentials,
  workloadIdentityFile,
} from './samples.ts'

/** Rule and line of everything found. */
function found(path: string, text: string): readonly string[] {
  return scanContent(path, Buffer.from(text)).map(({ rule, line }) => `${rule}:${line}`)
}

function missesOf(samples: readonly Sample[]): readonly string[] {
  return samples.flatMap(({ kind, rule, name, secret }) =>
    carried(name, secret)
      .map(({ carrier, path, text, line }) => ({
        carrier,
        got: found(path, text),
        wanted: `${rule}:${line}`,
      }))
      .filter(({ got, wanted }) => got.length !== 1 || got[0] !== wanted)
      .map(
        ({ carrier, got, wanted }) =>
          `${kind} in ${carrier}: ${wanted}, not ${got.join(' ') || 'nothing'}`
      )
  )
}

describe('scanContent', () => {
  it.each([
    ['tokens that their shape gives away', tokenSamples],
    ['secrets that their name gives away', namedSamples],
    ['private keys', pemSamples],
  ])('finds %s in every kind of file, once, on its line', (_, samples) => {
    expect(missesOf(samples())).toEqual([])
  })

  it('misses no more than one draw in a thousand of any kind', () => {
    const rounds = Array.from({ length: 20 }, () => [...tokenSamples(), ...namedSamples()]).flat()
    const missed = rounds.filter(({ name, rule, secret }) => {
      const text = `{"${name}": "${secret}"}`
      return found('settings.json', text)[0] !== `${rule}:1`
    })
    // A password of sixteen characters may by chance read like words.
    expect({ missed: missed.map(({ kind }) => kind), of: rounds.length }).toEqual({
      missed: missed.slice(0, 1).map(({ kind }) => kind),
      of: rounds.length,
    })
  })

  it('finds a key whose base64 begins lines with slashes', () => {
    // Encrypted anew, the same key gives other text: one in 150 has such a line.
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    for (;;) {
      const lock = { cipher: 'aes-256-cbc', passphrase: drawn(12), format: 'pem' } as const
      const pem = privateKey.export({ type: 'pkcs1', ...lock }).toString()
      if (!/^\/\//m.test(pem)) continue
      expect(found('key.pem', pem)).toEqual(['private-key:1'])
      expect(found('a.ts', pem.replace(/^/gm, '// '))).toEqual(['private-key:1'])
      return
    }
  })

  it.each([
    ['a comment', (pem: string) => pem.replace(/^/gm, '# ')],
    ['a block comment', (pem: string) => `/*\n${pem.replace(/^/gm, ' * ')}\n */`],
    ['strings in brackets', (pem: string) => `KEY = (\n${pem.replace(/^.*$/gm, '    "$&\\n"')}\n)`],
    ['strings with plus', (pem: string) => pem.replace(/^.*$/gm, "  '$&\\n' +")],
    ['a list of lines', (pem: string) => `[${pem.replace(/^.*$/gm, "'$&',")}].join('\\n')`],
    ['a URL', (pem: string) => `key=${encodeURIComponent(pem)}&a=b`],
    ['a line continued', (pem: string) => `KEY="${pem.replaceAll('\n', '\\n\\\n')}"`],
    ['slashes escaped', (pem: string) => JSON.stringify({ k: pem }).replaceAll('/', '\\/')],
    ['Windows line ends', (pem: string) => pem.replaceAll('\n', '\r\n')],
    ['a file that ends before the key does', (pem: string) => pem.replace(/-----END.*/, '')],
  ])('finds a private key in %s', (_, write) => {
    const misses = pemSamples()
      .filter(({ rule }) => rule === 'private-key')
      .filter(({ secret }) => found('a.txt', write(secret))[0]?.startsWith('private-key:') !== true)
    expect(misses.map(({ kind }) => kind)).toEqual([])
  })

  it.each([
    ['a service account key', serviceAccount, 'google-service-account-key'],
    ['gcloud user credentials', userCredentials, 'google-user-credentials'],
    [
      'workload identity credentials with a token',
      workloadIdentityFile,
      'google-workload-identity-credentials',
    ],
  ])('finds %s, pretty, minified, in source, and in base64 at any place', (_, make, rule) => {
    const file = make()
    const texts = {
      pretty: JSON.stringify(file, null, 2),
      minified: JSON.stringify(file),
      'in source': `const key = ${JSON.stringify(JSON.stringify(file))}`,
      'in source, pretty': `KEY = ${JSON.stringify(JSON.stringify(file, null, 2))}\n`,
      'in source of source': `x = ${JSON.stringify(JSON.stringify(JSON.stringify(file)))}`,
      '.env': `KEY=${JSON.stringify(file)}\n`,
      ...Object.fromEntries(
        [0, 1, 2].flatMap((lead) => {
          const json = `${' '.repeat(lead)}${JSON.stringify(file, null, 2)}`
          return [
            [`base64, ${lead}`, `KEY=${base64(json)}\n`],
            [`base64 in lines, ${lead}`, `key: |\n${base64(json).replace(/.{1,76}/g, '  $&\n')}`],
            [`base64 twice, ${lead}`, `KEY=${base64(base64(json))}\n`],
            [
              `base64 twice in lines, ${lead}`,
              `${base64(base64(`${json}\n`)).replace(/.{1,64}/g, '$&\n')}`,
            ],
          ]
        })
      ),
    }
    const rules = Object.entries(texts).map(([name, text]) => [
      name,
      scanContent('file', Buffer.from(text)).map((finding) => finding.rule),
    ])
    expect(rules).toEqual(Object.keys(texts).map((name) => [name, [rule]]))
  })
})
