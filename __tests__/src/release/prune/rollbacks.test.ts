import { describe, expect, it } from '@jest/globals'
import { decidePruning } from '../../../../src/release/prune/decision.ts'
import { idOf, letters, story } from '../choice/history.ts'

const NOW_MS = Date.UTC(2026, 11, 23)

/** Releases that lose their template once `running` is verified, by their letters. */
function doomed(past: string, running: string, keepReleases: number): string {
  const all = [...new Set(past.match(/[a-f]/g))]
  const templates = all.map((letter, index) => ({
    id: idOf(letter),
    name: `mervis-${idOf(letter)}`,
    image: '',
    createdAtMs: index,
  }))
  const decision = decidePruning({
    ledger: story(past),
    templates,
    tags: { tagged: new Map(), pinned: new Set() },
    ownImage: 'registry/image@',
    forgotten: new Set(),
    usedTemplates: new Set(),
    running: idOf(running),
    keepReleases,
    nowMs: NOW_MS,
  })
  return letters(decision.doomed.map(({ id }) => id))
}

describe('pruning after a rollback', () => {
  it.each([
    ['what was brought back counts as the newest', 'a b c d <a', 'a', 2, 'b c'],
    ['what it came from stays, however few are kept', 'a b c d <a', 'a', 1, 'b c'],
    ['releases newer than the one brought back stay as verified ones', 'a b c <a', 'a', 3, ''],
    ['the push after it keeps what was brought back', 'a b c <a d', 'd', 2, 'b c'],
    ['and, with room, what was rolled back', 'a b c <a d', 'd', 3, 'b'],
    ['two rollbacks in a row', 'a b c <b <a d', 'd', 2, 'b c'],
    ['a rollback that failed brings nothing to the front', 'a b c <a!', 'c', 2, 'a'],
    ['one that was interrupted is left alone with its goal', 'a b c d <a~', 'd', 2, 'b'],
    ['one that is open, too', 'a b c d <a?', 'd', 2, 'b'],
  ])('%s (%s, on %s, keeping %d)', (_, past, running, keep, expected) => {
    expect(doomed(past, running, keep)).toBe(expected)
  })
})
