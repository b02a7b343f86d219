import { describe, expect, it } from '@jest/globals'
import { chooseRelease } from '../../../../src/release/choice/choice.ts'
import { parseWanted } from '../../../../src/release/choice/wanted.ts'
import type { Ledger } from '../../../../src/release/ledger/ledger.ts'
import { commitOf, digestOf, idOf, ledgerOf, story } from './history.ts'

const choose = (ledger: Ledger, current: string, text: string) =>
  chooseRelease(ledger, current, parseWanted(text))

function expectChosen(ledger: Ledger, text: string, release: string): void {
  expect(choose(ledger, idOf('c'), text)).toMatchObject({ kind: 'chosen', entry: { release } })
}

function expectRefused(ledger: Ledger, text: string, ...words: readonly (string | RegExp)[]): void {
  const choice = choose(ledger, idOf('c'), text)
  for (const word of words) {
    expect(choice).toEqual({ kind: 'refused', why: expect.stringMatching(word) })
  }
}

describe('chooseRelease', () => {
  it.each([
    ['nothing', '', 'b'],
    ['a step', '-1', 'b'],
    ['two steps', '-2', 'a'],
    ['an id', idOf('a'), 'a'],
    ['the beginning of an id', 'bbbb', 'b'],
    ['an id in upper case', idOf('a').toUpperCase(), 'a'],
    ['a commit', commitOf('b'), 'b'],
    ['the beginning of a commit', commitOf('b').slice(0, 7), 'b'],
    ['a digest', digestOf('a'), 'a'],
    ['the beginning of a digest', digestOf('a').slice(0, 14), 'a'],
    ['an image', `europe-west1-docker.pkg.dev/p/r/i@${digestOf('a')}`, 'a'],
    ["a release's tag", `release-${idOf('b')}`, 'b'],
    ['what runs now', idOf('c'), 'c'],
  ])('finds a release by %s', (_, text, letter) => {
    expectChosen(story('a b c'), text, idOf(letter))
  })

  it.each([
    ['a tag', 'v1'],
    ['what may be an id or a commit of nobody', 'deadbeef'],
    ['the beginning of a commit that is too short for one', commitOf('b').slice(0, 6)],
  ])('lets the registry say what %s is', (_, tag) => {
    expect(choose(story('a b c'), idOf('c'), tag)).toEqual({ kind: 'tag', tag })
  })

  it('takes the entry that says from which commit the release came, not the last failure', () => {
    const choice = choose(story('a b <a^ c'), idOf('c'), idOf('a'))
    expect(choice).toMatchObject({ entry: { attempt: 1, outcome: 'verified' } })
  })

  it('takes of two releases of a commit the one that was verified last', () => {
    const commit = commitOf('a')
    const ledger = ledgerOf(
      { release: idOf('a'), commit },
      { release: idOf('b'), commit },
      { release: idOf('a'), commit, kind: 'rollback' },
      { release: idOf('c') }
    )
    expectChosen(ledger, commit, idOf('a'))
  })

  it('takes of two releases of an image the one that was verified last', () => {
    const image = `registry/i@${digestOf('e')}`
    const ledger = ledgerOf(
      { release: idOf('b'), image },
      { release: idOf('a'), image },
      { release: idOf('c') }
    )
    expectChosen(ledger, digestOf('e'), idOf('a'))
  })

  it('prefers an id in full to a commit that begins with it', () => {
    const ledger = ledgerOf(
      { release: idOf('a') },
      { release: idOf('b'), commit: `${idOf('a')}${'0'.repeat(28)}` },
      { release: idOf('c') }
    )
    expectChosen(ledger, idOf('a'), idOf('a'))
    expectRefused(ledger, idOf('a').slice(0, 8), /may be any of release a+, commit a+/)
  })

  describe('refuses', () => {
    it('more steps than there are releases', () => {
      expectRefused(story('a b c'), '-3', 'verified releases before that: 2')
      expectRefused(
        story('b c'),
        '-2',
        'the group is on cccccccccccc; verified releases before that: 1'
      )
      expectRefused(story('c'), '', 'verified releases before that: none')
      expect(choose(story('a!'), '', '')).toMatchObject({
        why: 'the group is on no release; verified releases before that: none',
      })
    })

    it('what fits several releases, commits or images', () => {
      const ledger = ledgerOf(
        { release: 'aaaa11111111', commit: '1234567a', image: `i@sha256:${'12'.repeat(32)}` },
        { release: 'aaaa22222222', commit: '1234567b', image: `i@sha256:1212121${'0'.repeat(57)}` }
      )
      expectRefused(ledger, 'aaaa', 'release aaaa11111111, release aaaa22222222')
      expectRefused(ledger, '1234567', 'commit 1234567a, commit 1234567b')
      expectRefused(ledger, 'sha256:1212121', 'several images begin with sha256:1212121')
    })

    it('what never was verified, with what became of it', () => {
      const failed = { release: idOf('b'), commit: commitOf('b'), reason: 'the container exits' }
      const ledger = ledgerOf({ release: idOf('a') }, { ...failed, outcome: 'rolled_back' })
      expectRefused(ledger, idOf('b'), 'never verified', /as "rolled_back" \(the container exits\)/)
      expectRefused(ledger, commitOf('b'), 'commit 222222222222 has no verified release')
    })

    it('what is open for the first time', () => {
      expectRefused(story('a b?'), idOf('b'), 'never verified; its last attempt is still open')
    })

    it('the commit and the image of a release that failed since', () => {
      const ledger = story('a b c <a!')
      expectRefused(ledger, commitOf('a'), 'commit 111111111111 has no verified release')
      expectRefused(ledger, digestOf('a'), 'no verified release has an image sha256:aaaa')
    })

    it('a release that nobody knows', () => {
      expectRefused(story('a c'), `release-${idOf('e')}`, 'no attempt of a release eeeeeeeeeeee')
      expectRefused(story('a c'), digestOf('e'), 'no verified release has an image')
      expectRefused(story('a c'), '-0', '"-1" is the first one')
    })
  })
})
