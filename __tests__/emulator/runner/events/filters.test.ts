import { describe, expect, it } from '@jest/globals'
import { isWanted } from '../../../../emulator/runner/events/filters.ts'
import { fits, isChosen } from '../../../../emulator/runner/events/glob.ts'

describe('fits', () => {
  it.each([
    ['feature/*', 'feature/my-branch', true],
    ['feature/*', 'feature/a/b', false],
    ['feature/**', 'feature/a/b', true],
    ['*', 'main', true],
    ['*', 'a/b', false],
    ['**', 'a/b', true],
    ['v[12].[0-9]+.[0-9]+', 'v1.10.1', true],
    ['v[12].[0-9]+.[0-9]+', 'v3.1.1', false],
    ['*.jsx?', 'page.js', true],
    ['*.jsx?', 'page.jsx', true],
    ['*.js', 'js/index.js', false],
    ['**.js', 'src/js/app.js', true],
    ['docs/*', 'docs/mona/hello.md', false],
    ['docs/**/*.md', 'docs/README.md', true],
    ['docs/**/*.md', 'docs/a/b.md', true],
    ['**/docs/**', 'docs/hello.md', true],
    ['**/docs/**', 'dir/docs/my-file.txt', true],
    ['**/README.md', 'README.md', true],
    ['**/README.md', 'js/README.md', true],
    ['**/*-post.md', 'path/their-post.md', true],
    ['a.b', 'axb', false],
    ['a|b', 'a', false],
  ])('%s and %s: %s', (pattern, text, result) => {
    expect(fits(pattern, text)).toBe(result)
  })
})

describe('isChosen', () => {
  it.each([
    [['*.md', '!README.md'], 'hello.md', true],
    [['*.md', '!README.md'], 'README.md', false],
    [['*.md', '!README.md', 'README*'], 'README.md', true],
    [['!README.md'], 'hello.md', false],
  ])('%j and %s: %s', (patterns, text, result) => {
    expect(isChosen(patterns, text)).toBe(result)
  })
})

describe('isWanted', () => {
  const main = { ref: 'refs/heads/main', changedFiles: ['app/main.py', 'README.md'] }
  const tag = { ref: 'refs/tags/v1', changedFiles: [] }

  it.each([
    ['no filter', {}, main, true],
    ['its branch', { branches: ['main'] }, main, true],
    ['another branch', { branches: ['release/**'] }, main, false],
    ['all branches but this', { 'branches-ignore': ['main'] }, main, false],
    ['only tags', { tags: ['v*'] }, main, false],
    ['only branches, and it is a tag', { branches: ['**'] }, tag, false],
    ['its tag', { tags: ['v*'] }, tag, true],
    ['a path that changed', { paths: ['app/**'] }, main, true],
    ['paths that did not', { paths: ['docs/**'] }, main, false],
    ['paths of which one is not ignored', { 'paths-ignore': ['**.md'] }, main, true],
    ['paths that are all ignored', { 'paths-ignore': ['**.md', 'app/**'] }, main, false],
    ['a branch and a path', { branches: ['main'], paths: ['docs/**'] }, main, false],
    ['paths of a tag, which do not count', { tags: ['v*'], paths: ['x'] }, tag, true],
  ])('%s', (_, filter, occasion, result) => {
    expect(isWanted(filter, occasion)).toBe(result)
  })

  it.each([
    ['opened', {}, true],
    ['synchronize', {}, true],
    ['closed', {}, false],
    ['closed', { types: ['opened', 'closed'] }, true],
    ['opened', { types: ['closed'] }, false],
  ])('a pull request that is %s, with %j: %s', (action, filter, result) => {
    expect(isWanted(filter, { ...main, action })).toBe(result)
  })
})
