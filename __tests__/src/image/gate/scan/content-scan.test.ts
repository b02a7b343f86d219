import { describe, expect, it } from '@jest/globals'
import {
  ContentScan,
  type SecretFinding,
  scanContent,
} from '../../../../../src/image/gate/content-scan.ts'
import { randomFrom, seedOfRun } from '../../../release/random.ts'
import { carried } from '../rules/carriers.ts'
import { base64, drawn } from '../rules/drawn.ts'
import { namedSamples, pemSamples, serviceAccount, tokenSamples } from '../rules/samples.ts'

const seed = seedOfRun()

function scanInPieces(path: string, bytes: Buffer, sizeOf: () => number): readonly SecretFinding[] {
  const scan = new ContentScan(path)
  for (let at = 0; at < bytes.length; ) {
    const size = Math.max(0, Math.floor(sizeOf()))
    const piece = Buffer.from(bytes.subarray(at, at + size))
    scan.write(piece)
    // Whoever reads a file into one buffer writes the next piece over this one.
    piece.fill(0)
    at += size
  }
  return scan.end()
}

/** Filler with a secret of each kind in it, in an order of its own. */
function longText(random: () => number): string {
  const secrets = [...tokenSamples(), ...namedSamples(), ...pemSamples()]
    .map(({ name, secret }) => carried(name, secret)[Math.floor(random() * 12)]?.text ?? '')
    .sort(() => random() - 0.5)
  const filler = (): string =>
    'The quick brown fox = jumps, over: the lazy dog.\n'.repeat(random() * 800)
  return secrets.map((text) => `${filler()}${text}\n`).join('')
}

describe('ContentScan', () => {
  it(`finds the same however the file is cut (SEED=${seed})`, () => {
    const random = randomFrom(seed)
    for (let round = 0; round < 6; round++) {
      const bytes = Buffer.from(longText(random))
      const whole = scanContent('notes.txt', bytes)
      const largest = 10 ** (1 + random() * 5.5)
      expect({ round, found: scanInPieces('notes.txt', bytes, () => random() * largest) }).toEqual({
        round,
        found: whole,
      })
      expect(whole.length).toBeGreaterThan(60)
    }
  })

  it('finds a key that spans chunks at every place of the cut', () => {
    const key = JSON.stringify(serviceAccount(), null, 2)
    const bytes = Buffer.from(`${'x\n'.repeat(1_000)}${key}`)
    const found = new Set<string>()
    for (let cut = 1_990; cut < bytes.length; cut += 7) {
      const scan = new ContentScan('a.json')
      scan.write(bytes.subarray(0, cut))
      scan.write(bytes.subarray(cut))
      found.add(JSON.stringify(scan.end()))
    }
    expect([...found].map((text): unknown => JSON.parse(text))).toEqual([
      [{ rule: 'google-service-account-key', title: 'Google service account key', line: 1_005 }],
    ])
  })

  it('keeps count of lines over megabytes', () => {
    const scan = new ContentScan('log.txt')
    const part = Buffer.from('one line of a log that says nothing\n'.repeat(10_000))
    for (let round = 0; round < 20; round++) scan.write(part)
    scan.write(Buffer.from(`db_password = "${drawn(24)}"\n`))
    expect(scan.end().map(({ line }) => line)).toEqual([200_001])
  })

  it('finds in one line of five megabytes what stands in it, once', () => {
    const code = 'function a(b){return b.password?c(b.token):d("https://x.y/z")};'.repeat(40_000)
    const text = `${code}const k={apiKey:"${drawn(40)}"};${code}`
    expect(scanContent('bundle.min.js', Buffer.from(text))).toEqual([
      { rule: 'generic-secret', title: 'Secret in a setting', line: 1 },
    ])
  })

  it.each([
    ['utf-16le', 'ÿþ', false],
    ['utf-16be', 'þÿ', true],
  ])('reads %s with its mark', (_, mark, isSwapped) => {
    const text = `[login]\r\nuser=app\r\npassword=${drawn(20)}\r\n`
    const body = Buffer.from(text, 'utf16le')
    const bytes = Buffer.concat([Buffer.from(mark, 'latin1'), isSwapped ? body.swap16() : body])
    const expected = [{ rule: 'generic-password', title: 'Password in a setting', line: 3 }]
    expect(scanContent('settings.ini', bytes)).toEqual(expected)
    expect(scanInPieces('settings.ini', bytes, () => 3)).toEqual(expected)
    expect(scanInPieces('settings.ini', bytes, () => 1)).toEqual(expected)
  })

  it('finds keys and tokens in programs, but no settings', () => {
    const noise = (): Buffer => Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 7) % 32))
    const inProgram = (text: string): readonly string[] =>
      scanContent('app.pyc', Buffer.concat([noise(), Buffer.from(`\0${text}\0`), noise()])).map(
        ({ rule }) => rule
      )
    expect(pemSamples().map(({ secret }) => inProgram(secret)[0])).toEqual(
      pemSamples().map(({ rule }) => rule)
    )
    expect(tokenSamples().map(({ secret }) => inProgram(secret)[0])).toEqual(
      tokenSamples().map(({ rule }) => rule)
    )
    expect(inProgram(`password="${drawn(24)}"`)).toEqual([])
  })

  it('says nothing of the secret itself', () => {
    const samples = [...tokenSamples(), ...namedSamples(), ...pemSamples()]
    const told = samples.flatMap(({ name, secret }) => {
      const findings = carried(name, secret).flatMap(({ path, text }) =>
        scanContent(path, Buffer.from(text))
      )
      expect(findings.length).toBeGreaterThanOrEqual(12)
      const report = JSON.stringify(findings)
      return [secret, base64(secret)].filter((text) => holdsPieceOf(report, text)).map(() => name)
    })
    expect(told).toEqual([])
  })
})

const PIECE = 8
/** What a secret of that kind always begins with is no secret. */
const FORMAT = /-----(BEGIN|END) [A-Z0-9 ]+-----|https?:\/\/[a-z.]+\/|[a-z+0-9]+:\/\//g

function holdsPieceOf(report: string, secret: string): boolean {
  const content = secret.replace(FORMAT, '')
  for (let at = 0; at + PIECE <= content.length; at++) {
    if (report.includes(content.slice(at, at + PIECE))) return true
  }
  return false
}

describe('an allow comment', () => {
  const password = (): string => `PASSWORD = "${drawn(24)}"`
  const titles = (text: string): readonly string[] =>
    scanContent('a.py', Buffer.from(text)).map(({ title }) => title)
  const MISSING = 'Password in a setting (the comment "secret-scan:allow" gives no reason)'

  it.each([
    ['on the line', () => `${password()}  # secret-scan:allow only for the test database`, []],
    ['on the line above', () => `# secret-scan:allow only for tests\n${password()}`, []],
    ['in a block comment', () => `/* secret-scan:allow sample of the manual */ ${password()}`, []],
    ['in HTML', () => `<!-- secret-scan:allow shown in the manual -->\n${password()}`, []],
    ['in Korean', () => `${password()}  # secret-scan:allow 테스트용 값입니다`, []],
    [
      'two lines above',
      () => `# secret-scan:allow only for tests\n\n${password()}`,
      ['Password in a setting'],
    ],
    [
      'on the line below',
      () => `${password()}\n# secret-scan:allow only for tests`,
      ['Password in a setting'],
    ],
    ['without a reason', () => `${password()}  # secret-scan:allow`, [MISSING]],
    ['above, without a reason', () => `/* secret-scan:allow */\n${password()}`, [MISSING]],
    ['with signs for a reason', () => `${password()}  # secret-scan:allow ---`, [MISSING]],
  ])('%s', (_, text, expected) => {
    expect(titles(text())).toEqual(expected)
  })

  it('covers one finding, not the file', () => {
    const text = `${password()}  # secret-scan:allow only for tests\n\n${password()}`
    expect(scanContent('a.py', Buffer.from(text)).map(({ line }) => line)).toEqual([3])
  })
})
