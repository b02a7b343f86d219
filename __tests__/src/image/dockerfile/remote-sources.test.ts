import { describe, expect, it } from '@jest/globals'
import { whyUnpinned } from '../../../../src/image/dockerfile/remote-sources.ts'

const COMMIT = 'c0'.repeat(20)
const judge = (
  written: string,
  more: { text?: string; unknown?: string[]; checksum?: string } = {}
) =>
  whyUnpinned({
    written,
    expanded: { text: more.text ?? written, unknown: more.unknown ?? [] },
    checksum: more.checksum ?? '',
  })

describe('whyUnpinned', () => {
  it.each([
    'src/',
    './https://x',
    '/a.tar.gz',
    'github.com/foo/bar',
    'user@host',
    `https://github.com/a/b.git#${COMMIT}`,
    `https://github.com/a/b.git#${COMMIT}:sub/folder`,
    `https://github.com/a/b.git?checksum=${COMMIT}`,
    `https://github.com/a/b.git?branch=main&commit=${COMMIT}`,
    `git@github.com:a/b.git#${COMMIT}`,
    `ssh://git@github.com/a/b#${COMMIT}`,
    `git://example.com/a#${COMMIT}`,
  ])('lets pass %s', (source) => {
    expect(judge(source)).toBeUndefined()
  })

  it.each([
    'https://example.com/a.tgz',
    'HTTP://example.com/a.tgz',
    `https://example.com/a.tgz#${COMMIT}`,
    'https://github.com/a/b.git',
    'https://github.com/a/b.git#v1',
    `https://github.com/a/b.git#${COMMIT.slice(0, 12)}`,
    'git@github.com:a/b.git#main',
    'ssh://git@github.com/a/b',
  ])('tells that %s can change', (source) => {
    expect(judge(source)).toMatch(/^ADD .* can give other content the next time/)
  })

  it('is content with a checksum', () => {
    expect(judge('https://example.com/a', { checksum: 'sha256:0' })).toBeUndefined()
    expect(
      judge('https://example.com/$V', {
        text: 'https://example.com/',
        unknown: ['V'],
        checksum: 'sha256:0',
      })
    ).toBeUndefined()
  })

  it('cannot judge a source that begins with a variable, unless it is a path', () => {
    expect(judge('$URL', { text: '', unknown: ['URL'] })).toContain('ADD $URL may be a URL')
    expect(judge('files/$X', { text: 'files/', unknown: ['X'] })).toBeUndefined()
    const commit = `https://x/a.git#${COMMIT}`
    expect(judge('https://x/a.git#$C', { text: commit, unknown: ['C'] })).toContain(
      'can give other'
    )
  })

  it('shows no password and no signature', () => {
    expect(judge('https://user:hunter2@example.com/a?sig=abc#f')).toBe(
      'ADD https://example.com/a can give other content the next time (pin it with --checksum)'
    )
  })
})
