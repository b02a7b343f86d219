import { describe, expect, it } from '@jest/globals'
import { ActionError, describeError } from '../../../src/errors.ts'
import { guardRolledBack, rolledBackReleases } from '../../../src/release/choice/rolled-back.ts'
import { commitOf, idOf, ledgerOf, letters, story } from './choice/history.ts'

describe('rolledBackReleases', () => {
  it.each([
    ['nothing', 'a', ''],
    ['nothing but deploys', 'a b', ''],
    ['a rollback', 'a b <a', 'b'],
    ['a rollback over two', 'a b c <a', 'c'],
    ['two rollbacks', 'a b c <b <a', 'b c'],
    ['a push after a rollback', 'a b <a c', ''],
    ['a push after which there was another rollback', 'a b <a c <a', 'c'],
    ['one that was named and came again', 'a b <a <b', ''],
    ['one that was named and came again, and is rolled back again', 'a b <a <b <a', 'b'],
    ['one that was named and came again over another', 'a b c <b <a <b', 'c'],
    ['a step forward to what lay between', 'a b c <a <b', 'c'],
    ['a step back from what was pushed anew', 'a b a <b', 'a'],
    ['a step back to one that failed meanwhile', 'a b <a^ <a', 'b'],
    ['one that a push brought again', 'a b <a b', ''],
    ['an automatic way back', 'a b^', ''],
    ['an automatic way back behind a rollback', 'a b <a c^', 'b'],
    ['a rollback that failed', 'a b <a!', ''],
    ['a rollback that was interrupted', 'a b <a~', ''],
    ['a rollback that is not over', 'a b <a?', ''],
    ['a rollback from what failed', 'a b! <a', 'b'],
  ])('%s (%s)', (_, text, expected) => {
    expect(letters([...rolledBackReleases(story(text)).keys()].sort())).toBe(expected)
  })
})

describe('guardRolledBack', () => {
  const ledger = story('a b <a')

  function refusalOf(forward: Partial<Parameters<typeof guardRolledBack>[1]>): ActionError {
    try {
      guardRolledBack(ledger, { commit: commitOf('f'), force: false, ...forward })
    } catch (error) {
      if (error instanceof ActionError) return error
      throw error
    }
    throw new Error('it was let through')
  }

  it('says who rolled back, when, in which run, and what to do', () => {
    const error = refusalOf({ commit: commitOf('b') })
    expect(error.code).toBe('RELEASE_ROLLED_BACK')
    expect(error.runs).toBe(idOf('a'))
    expect(describeError(error)).toBe(
      'Commit 222222222222 was rolled back: octocat took release bbbbbbbbbbbb off the group at 2026-11-23 12:02 UTC (https://github.com/mervis/mervis/actions/runs/7), and release aaaaaaaaaaaa runs now.\n' +
        'Push a fix, which deploys as ever. To deploy this one again as it is, set the input `force: true`.'
    )
  })

  it('knows the release behind another commit, such as one that changes only words', () => {
    expect(refusalOf({ release: idOf('b') }).message).toMatch(/^Release bbbbbbbbbbbb was rolled/)
  })

  it.each([
    ['another commit', { commit: commitOf('c') }],
    ['another commit and its release', { commit: commitOf('c'), release: idOf('c') }],
    ['the release that runs', { commit: commitOf('a'), release: idOf('a') }],
    ['an unknown commit', { commit: '' }],
    ['what was rolled back, by force', { commit: commitOf('b'), release: idOf('b'), force: true }],
  ])('lets %s through', (_, forward) => {
    expect(() => guardRolledBack(ledger, { force: false, ...forward })).not.toThrow()
  })

  it('stays on guard when the commit that was brought back gets new secrets', () => {
    const rotated = ledgerOf(
      { release: idOf('a'), commit: commitOf('a') },
      { release: idOf('b'), commit: commitOf('b'), previous: idOf('a') },
      { release: idOf('a'), commit: commitOf('a'), previous: idOf('b'), kind: 'rollback' },
      { release: idOf('c'), commit: commitOf('a'), previous: idOf('a') }
    )
    const guard = (commit: string) => () => guardRolledBack(rotated, { commit, force: false })
    expect(guard(commitOf('b'))).toThrow('Commit 222222222222 was rolled back')
    expect(guard(commitOf('a'))).not.toThrow()
    expect(guard(commitOf('d'))).not.toThrow()
  })

  it('lets a revert of what came back by name through', () => {
    const returned = story('a b <a <b')
    const revert = { commit: commitOf('f'), release: idOf('a'), force: false }
    expect(() => guardRolledBack(returned, revert)).not.toThrow()
  })

  it('minds no return to what was rolled back, from new secrets of what ran in between', () => {
    const returned = ledgerOf(
      { release: idOf('a'), commit: commitOf('a') },
      { release: idOf('b'), commit: commitOf('b'), previous: idOf('a') },
      { release: idOf('a'), commit: commitOf('a'), previous: idOf('b'), kind: 'rollback' },
      { release: idOf('c'), commit: commitOf('a'), previous: idOf('a') },
      { release: idOf('b'), commit: commitOf('b'), previous: idOf('c'), kind: 'rollback' }
    )
    expect([...rolledBackReleases(returned).keys()]).toEqual([])
  })

  it('tells apart two releases of one commit, of which one was rolled back', () => {
    const commit = commitOf('a')
    const settings = ledgerOf(
      { release: idOf('a'), commit },
      { release: idOf('b'), commit, previous: idOf('a') },
      { release: idOf('a'), commit, previous: idOf('b'), kind: 'rollback' }
    )
    const guard = (release?: string) => () =>
      guardRolledBack(settings, { commit, release, force: false })
    expect(guard()).not.toThrow()
    expect(guard(idOf('c'))).not.toThrow()
    expect(guard(idOf('b'))).toThrow('Release bbbbbbbbbbbb was rolled back')
  })
})
