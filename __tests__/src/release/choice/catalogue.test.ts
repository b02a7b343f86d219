import { describe, expect, it } from '@jest/globals'
import { describeError } from '../../../../src/errors.ts'
import { unknownRelease } from '../../../../src/release/choice/catalogue.ts'
import { idOf, ledgerOf, story } from './history.ts'

const ALL = new Set(['a', 'b', 'c', 'd'].map((letter) => `mervis-${idOf(letter)}`))

describe('unknownRelease', () => {
  it('says why, what there is, and which of it can be brought back', () => {
    const ledger = story('a b c d^ e <b')
    const shelf = { service: 'mervis', ledger, current: idOf('b'), templates: ALL }
    const error = unknownRelease(shelf, 'nobody knows "x"')
    expect(error.code).toBe('RELEASE_UNKNOWN')
    expect(error.runs).toBe(idOf('b'))
    expect(describeError(error)).toBe(
      [
        'Could not choose a release of mervis to roll back to: nobody knows "x".',
        'What there is, newest first; a * can be brought back:',
        '    eeeeeeeeeeee  5555555  2026-11-23 12:04  octocat  sha256:eeeeeeeeeeee  pruned, rolled back',
        '    dddddddddddd  4444444  2026-11-23 12:03  octocat  sha256:dddddddddddd  never verified (rolled_back)',
        '  * cccccccccccc  3333333  2026-11-23 12:02  octocat  sha256:cccccccccccc',
        '    bbbbbbbbbbbb  2222222  2026-11-23 12:01  octocat  sha256:bbbbbbbbbbbb  runs now',
        '  * aaaaaaaaaaaa  1111111  2026-11-23 12:00  octocat  sha256:aaaaaaaaaaaa',
        'Set the input `release` to one of these ids, or to its commit, image digest or tag.',
      ].join('\n')
    )
  })

  it('marks what can be brought back although it failed since, and says that it did', () => {
    const shelf = { service: 'mervis', ledger: story('a b <a!'), current: '', templates: ALL }
    expect(describeError(unknownRelease(shelf, 'why'))).toMatch(
      /\* aaaaaaaaaaaa .* failed 2026-11-23 12:02$/m
    )
  })

  it('names no remedy that there is not', () => {
    const shelf = { service: 'm', ledger: story('a b'), current: idOf('b'), templates: new Set('') }
    expect(unknownRelease(shelf, 'why').hint).toContain('deploy an earlier commit anew')
  })

  it('does not list hundreds of releases', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      release: index.toString(16).padStart(12, '0'),
    }))
    const shelf = { service: 'm', ledger: ledgerOf(...many), current: '', templates: ALL }
    const lines = unknownRelease(shelf, 'why').message.split('\n')
    expect(lines).toHaveLength(23)
    expect(lines[2]).toContain('00000000012b')
    expect(lines.at(-1)).toBe('  and 280 older')
  })
})
