import { describe, expect, it } from '@jest/globals'
import { renderMarkdown } from '../../../emulator/console/markup/markdown.ts'

const GANTT = [
  '```mermaid',
  'gantt',
  'dateFormat x',
  'section <b>VMs</b>',
  'a"b<c> :done, 0, 500',
  '```',
].join('\n')

describe('renderMarkdown', () => {
  it.each([
    [
      'a table',
      '| a | b |\n| --- | ---: |\n| 1 | 2 |',
      /<th>a<\/th>[\s\S]*<td align="right">2<\/td>/,
    ],
    [
      'a fold',
      '<details><summary>More</summary>\n\n**bold**\n\n</details>',
      /<details><summary>More<\/summary>[\s\S]*<strong>bold<\/strong>[\s\S]*<\/details>/,
    ],
    [
      'a link',
      '[run](https://github.com/a/b)',
      /<a href="https:\/\/github.com\/a\/b" rel="noopener noreferrer" target="_blank">run<\/a>/,
    ],
    [
      'an alert',
      '> [!CAUTION]\n> Gone.',
      /<div class="alert alert-caution"><p><strong>Caution<\/strong><\/p><p>Gone\./,
    ],
    ['a quotation', '> said', /<blockquote><p>said<\/p>/],
    ['code', '`a < b`', /<code>a &lt; b<\/code>/],
    ['a block', '```diff\n+ <x>\n```', /<pre><code>\+ &lt;x&gt;<\/code><\/pre>/],
    ['a list of tasks', '- [x] done\n- [ ] open', /☑ done[\s\S]*☐ open/],
    ['a small line', '<sub>`abc` · x</sub>', /<sub><code>abc<\/code> · x<\/sub>/],
    [
      'another diagram as text',
      '```mermaid\nflowchart LR\n```',
      /<pre><code>flowchart LR<\/code><\/pre>/,
    ],
  ])('shows %s', (_, source, markup) => {
    expect(renderMarkdown(source).text).toMatch(markup)
  })

  it('draws a gantt chart, and its labels are text', () => {
    const { text } = renderMarkdown(GANTT)
    expect(text).toContain('<rect class="bar-done"')
    expect(text).toContain('a&quot;b&lt;c&gt;')
    expect(text).not.toContain('<b>VMs')
  })

  it.each([
    ['<script>alert(1)</script>after', 'after'],
    ['<img src=x onerror=alert(1)>', '[picture]'],
    ['<img alt="a build" src="https://tracker.example/x.png">', '[picture: a build]'],
    ['<!-- a marker -->text', 'text'],
  ])('leaves out what acts or fetches: %s', (source, left) => {
    expect(renderMarkdown(source).text.replace(/<\/?p>|\n/g, '')).toBe(left)
  })

  it.each([
    '[x](javascript:alert(1))',
    '<a href="java&#115;cript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href=" &#1; javascript&colon;alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href=//evil.example>x</a>',
  ])('makes no address of %s', (source) => {
    expect(renderMarkdown(source).text).not.toMatch(/<a[^>]*href/)
  })

  it('lets nobody put a picture of ours where a browser would read it as a tag', () => {
    const places = ['\ue0000\ue000', '&#xe000;0&#xe000;'].map((mark) => `<a title="${mark}">x</a>`)
    const { text } = renderMarkdown(`${GANTT}\n\n${places.join('\n')}`)
    expect(text.match(/class="gantt"/g)).toHaveLength(1)
    expect(text).not.toContain('title="<div')
  })

  it('closes what a comment leaves open, and nothing that is not its own', () => {
    const { text } = renderMarkdown('</div></details><div><details><b>open')
    expect(balanceOf(text)).toEqual([])
    expect(text).not.toMatch(/^<\/(?:div|details)>/)
  })
})

/** Tags that are opened or closed without the other, in order. */
function balanceOf(text: string): readonly string[] {
  const open: string[] = []
  for (const [, close, name = ''] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (['br', 'hr', 'rect', 'line', 'circle'].includes(name)) continue
    if (close === '') open.push(name)
    else if (open.at(-1) === name) open.pop()
    else open.push(`/${name}`)
  }
  return open
}

const PIECES = [
  '<script>',
  '</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '</svg>',
  '<math>',
  '<details open ontoggle=alert(1)>',
  '<a href="',
  "javascript:alert(1)'",
  '">',
  "'",
  '<!--',
  '-->',
  '<style>',
  '</style>',
  '<iframe srcdoc="',
  '&lt;script&gt;',
  '&#60;',
  '<b',
  '<',
  '>',
  '"',
  '`',
  '```\n',
  '\n\n',
  '> [!NOTE]\n',
  '| a | b |\n| - | - |\n',
  '<td align="',
  'left" onclick="x',
  '[x](',
  ')',
  '<textarea>',
  '<plaintext>',
  '\u0000',
  '\ue000',
  '0',
  '</p>',
  '<p class="badge">',
  '<div style="position:fixed">',
  'text',
  '<a/href=x/onclick=y>',
  '<IMG SRC=x>',
  ' onerror=1 ',
]

// https://html.spec.whatwg.org/multipage/parsing.html: a tag begins with "<" and a letter.
const TAG = /<\/?[a-zA-Z!?][^>]*>?/g
const HARMLESS =
  /^<(?:\/[a-z][a-z0-9]*|(?:a|b|blockquote|br|code|del|details|div|em|h\d|hr|li|ol|p|pre|strong|sub|sup|summary|table|tbody|td|th|thead|tr|ul)(?: (?:class="(?:alert(?: alert-[a-z]+)?|language-[\w-]+)"|href="(?:https?:|mailto:|#)[^"<>]*"|title="[^"<>]*"|open="[^"<>]*"|align="(?:left|right|center)"|rel="noopener noreferrer"|target="_blank"))*)>$/

describe('renderMarkdown of anything at all', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

  it(`holds harmless tags only, each closed (SEED=${seed})`, () => {
    const random = mulberry(seed)
    for (let turn = 0; turn < 1_500; turn++) {
      const length = 1 + Math.floor(random() * 14)
      const source = Array.from(
        { length },
        () => PIECES[Math.floor(random() * PIECES.length)]
      ).join('')
      const { text } = renderMarkdown(source)
      const wrong = [...text.matchAll(TAG)].map(([tag]) => tag).filter((tag) => !HARMLESS.test(tag))
      expect({ source, wrong, open: balanceOf(text) }).toEqual({ source, wrong: [], open: [] })
    }
  })
})

function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

describe('a text that the parser cannot follow', () => {
  it('is shown as it is, instead of taking the page with it', () => {
    const { text } = renderMarkdown(`${'>'.repeat(20_000)} <script>alert(1)</script>`)
    expect(text).toContain('&gt; &lt;script&gt;')
    expect(text).not.toContain('<script')
  })
})
