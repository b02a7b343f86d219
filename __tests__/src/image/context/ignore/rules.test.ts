import { describe, expect, it } from '@jest/globals'
import { parseIgnoreLines } from '../../../../../src/image/context/ignore/lines.ts'
import { IgnoreRules, type Verdict } from '../../../../../src/image/context/ignore/rules.ts'

const rulesOf = (text: string): IgnoreRules => new IgnoreRules(parseIgnoreLines(Buffer.from(text)))

/** As a walk from the top comes to the path. */
function judge(rules: IgnoreRules, path: string): boolean {
  const parts = path.split('/')
  const verdict = parts.reduce<Verdict | undefined>(
    (parent, _, index) => rules.judge(parts.slice(0, index + 1).join('/'), parent),
    undefined
  )
  return verdict?.isIgnored === true
}

describe('IgnoreRules.judge', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    // pattern, ignored, not ignored
    ['a', ['a', 'a/b', 'a/b/c'], ['b/a', 'ab', 'A', 'á']],
    ['a/b', ['a/b', 'a/b/c'], ['a', 'b', 'x/a/b']],
    ['/a', ['a'], ['b/a']],
    ['é', ['é'], ['e\u0301', 'É']],
    ['*', ['a', '.a', 'a/b', 'a\nb', '😀'], []],
    ['a*', ['a', 'ab', 'a.b', 'a*', 'a\nb'], ['.a', 'b/a']],
    ['*/b', ['a/b', 'a/b/c', '.a/b'], ['b', 'a/c/b']],
    ['?', ['a', 'é', '😀', '.'], ['aa', 'e\u0301']],
    ['a?b', ['axb', 'a.b'], ['a/b', 'ab']],
    ['**', ['a', 'a/b', '.a'], []],
    ['**/a', ['a', 'b/a', 'b/c/a', 'b/a/c'], ['ba', 'b/ab']],
    ['**a', ['a', 'ba', 'b/ca'], ['ab']],
    ['**/*.md', ['a.md', 'b/a.md', '.md'], ['a.mdx']],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'ab']],
    ['a**', ['a', 'ab', 'ab/c', 'a/b'], ['ba']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b', 'a/x/b/c'], ['a', 'ab', 'a/xb']],
    ['a**b', ['ab', 'ax/b', 'a/x/b'], ['axb']],
    ['**/a/**', ['a/b', 'x/a/b'], ['a', 'x/a']],
    ['***', ['a', 'a/b'], []],
    ['a/*/*', ['a/b/c', 'a/b/c/d'], ['a/b']],
    ['[a-c]x', ['ax', 'bx'], ['dx', 'x']],
    ['[^a]', ['b', '\n'], ['a']],
    // Not a negation: an exclamation mark or an a.
    ['[!a]', ['a', '!'], ['b']],
    ['[[:digit:]]', ['1'], ['a', ':']],
    ['[[:^digit:]]', ['a', 'é'], ['1']],
    ['[\\]a]', [']', 'a'], ['\\']],
    // Behind a star the rules are those of regular expressions alone.
    ['x*[]a]', ['x]', 'xya'], ['xb']],
    ['x*[a-]', ['xa', 'xy-'], ['x]']],
    ['a\\*', ['a*'], ['ab']],
    ['\\a', ['\x07'], ['a', '\\a']],
    ['\\#a', ['#a'], ['a']],
    ['\\!a', ['!a'], ['a']],
    ['\\d\\w', ['1a'], ['aa', '\\d\\w']],
    ['\\Q*?\\E', ['[^/]*[^/]'], ['*?']],
    ['\\pL', ['é'], ['1']],
    ['\\x41\\x{e9}*', ['Aé', 'Aéx'], ['x41']],
    ['a.b*', ['a.b', 'a.bc'], ['axb']],
    ['a+(b)$*', ['a+(b)$'], ['aab$']],
    // The escape of these three is broken in docker's own code.
    ['a|b*', ['a', 'ax', 'xb', 'a/x', 'b'], ['x', 'xa']],
    ['a{2}*', ['aa', 'aab'], ['a', 'a{2}']],
    ['{a}*', ['{a}', '{a}b'], ['a']],
    ['a|b', ['a|b'], ['a', 'b']],
    ['^a*', ['a', 'ab'], ['^a']],
    ['^a', ['^a'], ['a']],
    // Only the end of the text is one: what stands behind a line end counts.
    ['**/b*', ['a/b', 'a\rx/b', 'a\u2028x/b'], ['a\nx/b']],
    ['..', [], ['a', '..a']],
    ['.', [], ['a', '.a']],
    ['/', [], ['a']],
    ['', [], ['a']],
  ])('reads %j', (pattern, ignored, kept) => {
    const rules = rulesOf(pattern)
    expect(ignored.filter((path) => !judge(rules, path))).toEqual([])
    expect(kept.filter((path) => judge(rules, path))).toEqual([])
  })

  it.each<[string, string, readonly string[], readonly string[]]>([
    ['the last match wins', 'a\n!a\na', ['a'], []],
    ['an exception brings back', '*\n!a', ['b'], ['a', 'a/b']],
    ['an exception inside', '*\n!a/b', ['a', 'a/c'], ['a/b', 'a/b/c']],
    ['an exception before', '!a\n*', ['a'], []],
    ['a second exclusion inside', 'a\n!a/b\na/b/c', ['a/b/c', 'a/x'], ['a/b/d']],
    ['an exception for everything', '*\n!**', [], ['a', 'a/b']],
    ['an exception by name', '**/*.md\n!README.md', ['a/README.md'], ['README.md']],
    ['an exception with a space', '*\n! a', ['b'], ['a']],
    ['an exception to a name with a mark', '*\n!!a', ['a'], ['!a']],
    // The line is asked about the folder only when it can change something there.
    ['a folder ignored twice', 'a\n!a/b\na', ['a', 'a/c'], ['a/b']],
    ['a folder excepted too early', 'a/b\n!a', ['a/b'], ['a', 'a/c']],
  ])('%s', (_, text, ignored, kept) => {
    const rules = rulesOf(text)
    expect(ignored.filter((path) => !judge(rules, path))).toEqual([])
    expect(kept.filter((path) => judge(rules, path))).toEqual([])
  })

  it.each([
    ['!', 'illegal exclusion pattern: "!"'],
    ['!/', 'illegal exclusion pattern: "!"'],
    ['[', 'the pattern "[" cannot be understood (a set has no end or an empty range)'],
    ['a[]b', 'the pattern "a[]b" cannot be understood (a set has no end or an empty range)'],
    ['[a-]', 'the pattern "[a-]" cannot be understood (a set has no end or an empty range)'],
    ['![^', 'the pattern "[^" cannot be understood (a set has no end or an empty range)'],
    ['a\\', 'the pattern "a\\" cannot be understood (nothing follows the last \\)'],
  ])('refuses %j before anything is matched', (text, message) => {
    expect(() => rulesOf(text)).toThrow(message)
  })

  it.each([
    // Behind the first star docker does not look for mistakes…
    ['x*[', 'the pattern "x*[" cannot be understood (a set has no end)'],
    ['[z-a]', 'the pattern "[z-a]" cannot be understood (a range runs backwards)'],
    ['\\é', 'the pattern "\\é" cannot be understood (invalid escape \\é)'],
    ['\\1', 'the pattern "\\1" cannot be understood (invalid escape \\1)'],
    ['[[:x:]]', 'the pattern "[[:x:]]" cannot be understood (invalid class [:x:])'],
    ['*{2}', 'the pattern "*{2}" cannot be understood (nothing to repeat before {2})'],
    ['a{1001}*', 'the pattern "a{1001}*" cannot be understood ({1001} repeats too often)'],
    ['a{2,1}*', 'the pattern "a{2,1}*" cannot be understood ({2,1} repeats too often)'],
  ])('refuses %j when it is needed', (text, message) => {
    const rules = rulesOf(text)
    expect(() => judge(rules, 'a')).toThrow(message)
  })

  it.each(['![z-a]', '!a*[', '!.x*[', '![^.]*[', '![b]*[', '!*x*['])(
    'does not refuse %j as long as nobody asks for it',
    (text) => {
      expect(judge(rulesOf(text), 'a')).toBe(false)
    }
  )

  // Docker tries every pattern on the name "." and sees mistakes as far as it comes.
  it.each(['!.*[', '!?*[', '![^a]*[', '![,-/]*[', '!*[', '!*.*[', '!**.[', '!\\.*['])(
    'refuses %j even if nobody asks for it',
    (text) => {
      expect(() => rulesOf(text)).toThrow('a set has no end')
    }
  )
})

describe('IgnoreRules.ignores', () => {
  it.each<[string, string, boolean]>([
    ['a', 'a/b', true],
    ['*\n!a/b', 'a/b', false],
    ['a\n!a/b\na', 'a/b', true],
    ['a/b\n!a', 'a/b', false],
  ])('asks %j about %j and all its folders', (text, path, isIgnored) => {
    expect(rulesOf(text).ignores(path)).toBe(isIgnored)
  })
})

describe('IgnoreRules.ignoresByDepth', () => {
  it.each<[string, string, boolean]>([
    ['a', 'a/b/c', true],
    ['a/b', 'a/b/c', true],
    ['a/*', 'a/b/c', true],
    // `**/b` has two parts, so it is the folder a/b that is asked, and not b.
    ['**/b', 'a/b/c', true],
    ['**/a', 'a/b/c', false],
    ['*\n!a/b', 'a/b', false],
  ])('asks %j about %j and one of its folders', (text, path, isIgnored) => {
    expect(rulesOf(text).ignoresByDepth(path)).toBe(isIgnored)
  })
})
