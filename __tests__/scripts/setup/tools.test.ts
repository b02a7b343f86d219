import { describe, expect, it } from '@jest/globals'
import { describeDistribution } from '../../../scripts/setup/debian/packages.ts'
import { choosePackages, spellPackages } from '../../../scripts/setup/tools.ts'

const all = { dockerd: true, docker: true, buildx: true }
const none = { dockerd: false, docker: false, buildx: false }

describe('choosePackages', () => {
  it.each([
    ['nothing is there', none, true, ['docker.io', 'docker-cli', 'docker-buildx']],
    ['nothing is there but an engine that answers', none, false, ['docker-cli', 'docker-buildx']],
    ['only the client is there', { ...none, docker: true }, true, ['docker.io', 'docker-buildx']],
    ['only buildx is missing', { ...all, buildx: false }, true, ['docker-buildx']],
    ['all is there', all, true, []],
    ['an engine answers that is not on PATH', { ...all, dockerd: false }, false, []],
  ])('when %s', (_, found, needsDaemon, packages) => {
    expect(choosePackages(found, needsDaemon)).toEqual(packages)
  })
})

describe('spellPackages', () => {
  const all3 = ['docker.io', 'docker-cli', 'docker-buildx']
  const onBookworm = { id: 'debian', codename: 'bookworm', laterSuite: 'trixie' }
  const withoutLater = { ...onBookworm, laterSuite: undefined }
  const onTrixie = { id: 'debian', codename: 'trixie', laterSuite: undefined }

  it.each([
    [
      'Debian 12 takes Docker from the next release and containerd with it',
      all3,
      onBookworm,
      ['docker.io/trixie', 'docker-cli/trixie', 'docker-buildx/trixie', 'containerd/trixie'],
    ],
    ['Debian 12 takes buildx alone', ['docker-buildx'], onBookworm, ['docker-buildx/trixie']],
    ['Debian 12 alone has one package', all3, withoutLater, ['docker.io']],
    ['Debian 12 alone has the client in it', ['docker-cli'], withoutLater, ['docker.io']],
    ['Debian 12 alone has no buildx', ['docker-buildx'], withoutLater, []],
    ['Debian 13 has its own', all3, onTrixie, [...all3, 'containerd']],
  ])('%s', (_, packages, distribution, spelled) => {
    expect(spellPackages(packages, { distribution })).toEqual(spelled)
  })
})

describe('describeDistribution', () => {
  it.each([
    ['ID=debian\nVERSION_CODENAME=bookworm\n', 'debian', 'bookworm', 'trixie'],
    ['ID=debian\nVERSION_CODENAME=trixie\n', 'debian', 'trixie', undefined],
    ['ID="rocky"\nVERSION_ID="9"\n', 'rocky', '', undefined],
    ['', 'unknown', '', undefined],
  ])('%j', (text, id, codename, laterSuite) => {
    expect(describeDistribution(text)).toEqual({ id, codename, laterSuite })
  })
})
