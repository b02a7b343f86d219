import { describe, expect, it } from '@jest/globals'
import { earlierReleases } from '../../../../src/release/choice/lineage.ts'
import { idOf, letters, story } from './history.ts'

describe('earlierReleases', () => {
  it.each([
    ['nothing was deployed before', 'a', 'a', ''],
    ['one deploy after the other', 'a b c', 'c', 'b a'],
    ['a release that was deployed twice lies where it was put last', 'a b a', 'a', 'b'],
    ['a rollback: what was rolled back is not gone back to', 'a b <a', 'a', ''],
    ['a rollback over two: neither is what lay between', 'a b c <a', 'a', ''],
    ['a rollback, and another one', 'a b c <b <a', 'a', ''],
    ['in the middle of that', 'a b c <b', 'b', 'a'],
    ['a push after a rollback goes on top of it', 'a b <a c', 'c', 'a'],
    ['a rolled back release that was named and came again', 'a b <a <b', 'b', 'a'],
    ['a failed release lies nowhere', 'a b c!', 'c', 'b a'],
    ['so does one that was taken back', 'a b c^', 'b', 'a'],
    ['one that failed the second time', 'a b c <a! ', 'c', 'b'],
    ['an interrupted attempt changes nothing', 'a b <a~', 'b', 'a'],
    ['an open attempt changes nothing', 'a b <a?', 'b', 'a'],
    ['the group was put on an earlier one by hand', 'a b c', 'b', 'a'],
    ['the group was put on a stranger by hand', 'a b', 'f', 'b a'],
    ['the group was put on a rolled back one by hand', 'a b <a', 'b', 'a'],
  ])('%s (%s, on %s)', (_, text, current, expected) => {
    const earlier = earlierReleases(story(text.trim()), idOf(current))
    expect(letters(earlier.map(({ release }) => release))).toBe(expected)
  })

  it('is all there is where the group is on no release', () => {
    expect(earlierReleases(story('a b'), '').map(({ release }) => release)).toEqual([
      idOf('b'),
      idOf('a'),
    ])
  })
})
