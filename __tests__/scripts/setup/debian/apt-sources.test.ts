import { describe, expect, it } from '@jest/globals'
import {
  type AptSource,
  deriveSources,
  parseAptSources,
  parseOsRelease,
  renderAptSources,
  selectSystemSources,
} from '../../../../scripts/setup/debian/apt-sources.ts'

const keyring = '/usr/share/keyrings/archive.gpg'
const main: AptSource = {
  uri: 'http://mirror.example/debian',
  suite: 'bookworm',
  components: ['main'],
  signedBy: keyring,
}

describe('parseAptSources', () => {
  it('reads stanzas with several suites, addresses and comments', () => {
    const text = `# the system's own
Types: deb deb-src
# a remark in the middle
URIs: http://mirror.example/debian
  https://second.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: ${keyring}

Types: deb-src
URIs: http://mirror.example/debian
Suites: bookworm
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
`
    const rest = { components: ['main', 'contrib'], signedBy: keyring }
    expect(parseAptSources('debian.sources', text)).toEqual([
      { uri: 'http://mirror.example/debian', suite: 'bookworm', ...rest },
      { uri: 'http://mirror.example/debian', suite: 'bookworm-updates', ...rest },
      { uri: 'https://second.example/debian', suite: 'bookworm', ...rest },
      { uri: 'https://second.example/debian', suite: 'bookworm-updates', ...rest },
    ])
  })

  it.each<[string, AptSource[]]>([
    ['deb http://mirror.example/debian bookworm main', [{ ...main, signedBy: undefined }]],
    [
      `deb [arch=amd64 signed-by=${keyring}] http://mirror.example/debian bookworm main # note`,
      [main],
    ],
    ['deb  cdrom:[disc]/ bookworm main', [{ ...main, uri: 'cdrom:[disc]/', signedBy: undefined }]],
    ['# deb http://mirror.example/debian bookworm main', []],
    ['deb-src http://mirror.example/debian bookworm main', []],
    ['', []],
  ])('reads the line %j', (line, expected) => {
    expect(parseAptSources('sources.list', `${line}\n`)).toEqual(expected)
  })

  it('leaves a key that stands in the file itself to apt', () => {
    const text =
      'Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\nSigned-By:\n -----BEGIN PGP-----\n .\n'
    expect(parseAptSources('a.sources', text)).toEqual([{ ...main, signedBy: undefined }])
  })
})

describe('selectSystemSources', () => {
  it('takes the suites of the release and leaves vendors’ archives', () => {
    const security = { ...main, suite: 'bookworm-security' }
    const vendors = [
      { ...main, suite: 'cloud-sdk-bookworm' },
      { ...main, suite: 'nodistro' },
      { ...main, components: ['stable'] },
      { ...main, suite: 'bookworm-backports' },
    ]
    expect(selectSystemSources([main, ...vendors, security], 'bookworm')).toEqual([main, security])
  })
})

describe('deriveSources', () => {
  it('asks the same mirrors for the later release', () => {
    const updates = { ...main, suite: 'bookworm-updates' }
    const security = { ...main, uri: 'http://mirror.example/security', suite: 'bookworm-security' }
    expect(deriveSources([main, updates, security], 'bookworm', 'trixie')).toEqual([
      { ...main, suite: 'trixie' },
      { ...security, suite: 'trixie-security' },
    ])
  })
})

describe('renderAptSources', () => {
  it('is read back as the same sources', () => {
    const sources = [main, { ...main, suite: 'trixie', signedBy: undefined }]
    expect(parseAptSources('a.sources', renderAptSources(sources))).toEqual(sources)
  })
})

describe('parseOsRelease', () => {
  it('reads values with and without quotes', () => {
    const values = parseOsRelease(
      'ID=debian\nVERSION_CODENAME="bookworm"\nHOME_URL=\'x\'\n\n#x=y\n'
    )
    expect(Object.fromEntries(values)).toEqual({
      ID: 'debian',
      VERSION_CODENAME: 'bookworm',
      HOME_URL: 'x',
    })
  })
})
