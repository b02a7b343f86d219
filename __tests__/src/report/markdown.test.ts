import { describe, expect, it } from '@jest/globals'
import {
  codeSpan,
  counted,
  fence,
  grouped,
  htmlCode,
  visible,
} from '../../../src/report/markdown.ts'

describe('visible', () => {
  it.each([
    ['plain text\twith a tab\n', 'plain text\twith a tab\n'],
    ['naïve 日本語 😀 👩‍💻', 'naïve 日本語 😀 👩‍💻'],
    ['a\rb\u0000\u001b[31m', 'a\\rb\\u0000\\u001b[31m'],
    ['\u202eabc\u2066\ufeff\u2028', '\\u202eabc\\u2066\\ufeff\\u2028'],
    ['\ud800a\udc00', '\\ud800a\\udc00'],
    ['tag \u{e0041}', 'tag \\udb40\\udc41'],
  ])('turns %j into %j', (text, shown) => {
    expect(visible(text)).toBe(shown)
  })
})

describe('codeSpan', () => {
  it.each([
    ['a_b*c', '`a_b*c`'],
    ['`', '`` ` ``'],
    ['a``b', '```a``b```'],
    [' padded ', '`  padded  `'],
    ['', '` `'],
    ['two\nlines', '`two\\nlines`'],
  ])('writes %j as %j', (text, span) => {
    expect(codeSpan(text)).toBe(span)
  })
})

describe('htmlCode', () => {
  it('lets nothing out', () => {
    expect(htmlCode('a["</code>&@x\n"]')).toBe(
      '<code>a[&quot;&lt;/code&gt;&amp;@x\\n&quot;]</code>'
    )
  })
})

describe('fence', () => {
  it.each([
    ['a', '```'],
    ['+   ```', '````'],
    ['a `````` b', '```````'],
    [`${'`'.repeat(150)} ~~~`, '~~~~'],
  ])('is longer than what is in it: %#', (text, bar) => {
    expect(fence(text, 'diff')).toBe(`${bar}diff\n${text}\n${bar}`)
  })

  it('cuts runs that would need a fence of their own length', () => {
    const text = `${'`'.repeat(2000)} ${'~'.repeat(1500)}`
    const bar = '~'.repeat(1000)
    const cut = `${'`'.repeat(2000)} ${'~'.repeat(100)}…(1,500)`
    expect(fence(text, 'text')).toBe(`${bar}text\n${cut}\n${bar}`)
  })
})

describe('counted', () => {
  it.each([
    [0, '0 resources'],
    [1, '1 resource'],
    [12_345_678, '12,345,678 resources'],
  ])('says %d', (count, words) => {
    expect(counted(count, 'resource')).toBe(words)
    expect(words).toContain(grouped(count))
  })
})
