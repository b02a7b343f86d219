import { describe, expect, it } from '@jest/globals'
import { parseWanted } from '../../../../src/release/choice/wanted.ts'

const ID = '0123456789ab'
const SHA = 'f'.repeat(64)

describe('parseWanted', () => {
  it.each([
    ['nothing', '', { kind: 'before', steps: 1 }],
    ['a step', '-1', { kind: 'before', steps: 1 }],
    ['more steps', '-12', { kind: 'before', steps: 12 }],
    ['an id', ID, { kind: 'id or commit', prefix: ID, tag: ID }],
    ['the beginning of an id', '01ab', { kind: 'id or commit', prefix: '01ab', tag: '01ab' }],
    ['upper case', '01AB', { kind: 'id or commit', prefix: '01ab', tag: '01AB' }],
    ['digits alone', '1234', { kind: 'id or commit', prefix: '1234', tag: '1234' }],
    [
      'a commit',
      'c'.repeat(40),
      { kind: 'id or commit', prefix: 'c'.repeat(40), tag: 'c'.repeat(40) },
    ],
    ['a digest', `sha256:${SHA}`, { kind: 'digest', prefix: SHA }],
    ['the beginning of a digest', 'sha256:0123456', { kind: 'digest', prefix: '0123456' }],
    ['a digest in upper case', 'SHA256:ABCDEF0', { kind: 'digest', prefix: 'abcdef0' }],
    ['an image by digest', `e.pkg.dev/p/r/i@sha256:${SHA}`, { kind: 'digest', prefix: SHA }],
    [
      'an image by tag and digest',
      `e.pkg.dev/p/r/i:v1@sha256:${SHA}`,
      { kind: 'digest', prefix: SHA },
    ],
    ['the tag of a release', `release-${ID}`, { kind: 'release', id: ID }],
    ['a pin of a release', `release-${ID}-pinned`, { kind: 'release', id: ID }],
    ["an image by its release's tag", `e.pkg.dev/p/r/i:release-${ID}`, { kind: 'release', id: ID }],
    ['a tag', 'src-0a1b-1700000000', { kind: 'tag', tag: 'src-0a1b-1700000000' }],
    ['a tag like a version', 'v1.2.3', { kind: 'tag', tag: 'v1.2.3' }],
    ['too little for an id', 'abc', { kind: 'tag', tag: 'abc' }],
    ['too much for a commit', 'c'.repeat(41), { kind: 'tag', tag: 'c'.repeat(41) }],
    ['an image by tag', 'e.pkg.dev/p/r/i:v1', { kind: 'tag', tag: 'v1' }],
    ['an image on a port by tag', 'localhost:5000/i:v1', { kind: 'tag', tag: 'v1' }],
  ])('reads %s', (_, text, wanted) => {
    expect(parseWanted(text)).toEqual(wanted)
  })

  it.each([
    ['no step', '-0', '"-1" is the first one'],
    ['too short a digest', 'sha256:01234', '7 digits'],
    ['an empty digest', 'sha256:', 'it is no image digest'],
    ['a digest of other signs', 'sha256:xyz', 'it is no image digest'],
    ['too long a digest', `sha256:${SHA}f`, 'it is no image digest'],
    ['an image without a tag', 'e.pkg.dev/p/r/i', 'it is no release id'],
    ['a branch', 'refs/heads/main', 'it is no release id'],
    ['a negative something', '-x', 'it is no release id'],
  ])('says what is wrong with %s', (_, text, why) => {
    expect(parseWanted(text)).toEqual({ kind: 'unreadable', why: expect.stringContaining(why) })
  })
})
