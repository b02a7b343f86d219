import { describe, expect, it } from '@jest/globals'
import { changed, diffOf } from './diff.ts'

describe('the diff of a resource', () => {
  it.each<readonly [what: string, before: unknown, after: unknown, diff: string]>([
    ['a number', 1, 2, '-   a = 1\n+   a = 2'],
    ['a boolean', false, true, '-   a = false\n+   a = true'],
    ['a text', 'one', 'two', '-   a = "one"\n+   a = "two"'],
    ['a text that looks like a removal', '- x', '+ y', '-   a = "- x"\n+   a = "+ y"'],
    ['quotes', 'say "hi"', '', '-   a = "say \\"hi\\""\n+   a = ""'],
    [
      'what cannot be seen',
      'a\u202eb',
      'a\r\u0000\u200b',
      '-   a = "a\\u202eb"\n+   a = "a\\r\\u0000\\u200b"',
    ],
    ['half a character', 'a', '\ud83d', '-   a = "a"\n+   a = "\\ud83d"'],
    ['an emoji', 'a', '\ud83d\ude00', '-   a = "a"\n+   a = "\ud83d\ude00"'],
    ['something to nothing', 'x', null, '-   a = "x"'],
    ['nothing to something', null, 'x', '+   a = "x"'],
    ['one kind to another', 'x', ['x'], '-   a = "x"\n+   a = [\n+     "x"\n+   ]'],
    ['an empty object', { b: 1 }, {}, '    a = {\n-     b = 1\n    }'],
    [
      'a map',
      { b: 1, 'c d': 'x', e: 1 },
      { 'c d': 'y', e: 1, f: 2 },
      '    a = {\n-     b = 1\n-     "c d" = "x"\n+     "c d" = "y"\n+     f = 2\n      # (1 unchanged element hidden)\n    }',
    ],
    [
      'a set',
      ['a', 'b', 'c'],
      ['b', 'c', 'd'],
      '    a = [\n-     "a"\n      "b"\n      "c"\n+     "d"\n    ]',
    ],
    [
      'a list with much in common',
      ['0', '1', '2', '3', '4', '5'],
      ['0', '1', '2', '3', '5'],
      '    a = [\n      # (3 unchanged elements hidden)\n      "3"\n-     "4"\n      "5"\n    ]',
    ],
    [
      'a list of lists',
      [['a'], ['b']],
      [['a'], ['c']],
      '    a = [\n      # (1 unchanged element hidden)\n      [\n-       "b"\n+       "c"\n      ]\n    ]',
    ],
    [
      'blocks by their name',
      [
        { name: 'x', size: 1 },
        { name: 'y', size: 1 },
      ],
      [{ name: 'y', size: 2 }],
      '-   a {\n-     name = "x"\n-     size = 1\n-   }\n    a {\n      name = "y"\n-     size = 1\n+     size = 2\n    }',
    ],
    [
      'a block that comes',
      [],
      [{ size: 1, unset: null, none: [] }],
      '+   a {\n+     size = 1\n+   }',
    ],
    [
      'lines',
      'one\ntwo\n',
      'one\nthree\n',
      '    a = <<EOT\n      one\n-     two\n+     three\n    EOT',
    ],
    [
      'a line that becomes two',
      'one',
      'one\n- two',
      '    a = <<EOT\n      one\n+     - two\n    EOT',
    ],
    [
      'the last line feed',
      'one\ntwo\n',
      'one\ntwo',
      '    a = <<EOT\n      # (2 unchanged lines hidden)\n!     (the text no longer ends with a line feed)\n    EOT',
    ],
    [
      'JSON',
      '{"b":1,"c":[1,2]}',
      '{"b":2,"c":[1,2]}',
      '    a = jsonencode({\n-     b = 1\n+     b = 2\n      # (1 unchanged element hidden)\n    })',
    ],
    [
      'the white space of JSON',
      '{"b":1}',
      '{ "b": 1 }',
      '-   a = "{\\"b\\":1}"\n+   a = "{ \\"b\\": 1 }"',
    ],
    [
      'digits that a number would lose',
      '{"b":12345678901234567890}',
      '{"b":12345678901234567891}',
      '-   a = "{\\"b\\":12345678901234567890}"\n+   a = "{\\"b\\":12345678901234567891}"',
    ],
    ['JSON to text', '{"b":1}', 'x', '-   a = "{\\"b\\":1}"\n+   a = "x"'],
  ])('shows %s', (_, before, after, diff) => {
    expect(changed(before, after)).toBe(diff)
  })

  it('keeps three lines around a change, and counts the others', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`)
    const after = lines.with(10, 'other')
    expect(changed(lines.join('\n'), after.join('\n')).split('\n')).toEqual([
      '    a = <<EOT',
      '      # (7 unchanged lines hidden)',
      '      line 7',
      '      line 8',
      '      line 9',
      '-     line 10',
      '+     other',
      '      line 11',
      '      line 12',
      '      line 13',
      '      # (6 unchanged lines hidden)',
      '    EOT',
    ])
  })

  it('names the thing, and counts what stays', () => {
    expect(
      diffOf({
        before: { id: 'i', name: 'n', size: 1, zone: 'z', none: null },
        after: { id: 'i', name: 'n', size: 2, zone: 'z', none: null },
      })
    ).toBe(
      '    id = "i"\n    name = "n"\n-   size = 1\n+   size = 2\n    # (1 unchanged attribute hidden)'
    )
  })

  it('shows a key of the prototype as data', () => {
    const map = JSON.parse('{"__proto__": {"x": 1}, "constructor": "y"}')
    expect(changed({}, map)).toBe(
      '    a = {\n+     __proto__ = {\n+       x = 1\n+     }\n+     constructor = "y"\n    }'
    )
  })

  it('takes JSON that is nested to absurdity for text', () => {
    const json = (core: number): string => `${'['.repeat(9000)}${core}${']'.repeat(9000)}`
    expect(changed(json(1), json(2))).toBe(`-   a = "${json(1)}"\n+   a = "${json(2)}"`)
  })

  it('ends where nesting gets absurd', () => {
    let deep: unknown = 'x'
    for (let depth = 0; depth < 5000; depth++) deep = { a: deep }
    expect(diffOf({ after: { deep } })).toContain('(nested too deeply to be shown)')
  })
})

describe('what is known only after the apply', () => {
  it('stands in place of what is there now', () => {
    expect(
      diffOf({
        before: { a: 'x', b: null, c: { d: 1 } },
        after: {},
        after_unknown: { a: true, b: true, c: true },
      })
    ).toBe(
      '-   a = "x"\n+   a = (known after apply)\n+   b = (known after apply)\n!   c = {…1} -> (known after apply)'
    )
  })

  it('may be all of a resource', () => {
    expect(diffOf({ before: { a: 'x' }, after: {}, after_unknown: true })).toBe(
      '-   a = "x"\n+   a = (known after apply)'
    )
  })

  it('is told element by element', () => {
    expect(
      diffOf({
        before: { a: ['x', 'y'] },
        after: { a: ['x', null] },
        after_unknown: { a: [false, true] },
      })
    ).toBe('    a = [\n      "x"\n-     "y"\n+     (known after apply)\n    ]')
  })

  it('is named together where a new thing has much of it', () => {
    expect(
      diffOf({ after: { a: 1 }, after_unknown: { id: true, link: true, fingerprint: true } })
    ).toBe('+   a = 1\n#   (known after apply): fingerprint,\n#   id, link')
  })
})

describe('what forces a replacement', () => {
  const actions = ['delete', 'create']

  it('comes first', () => {
    const [before, after] = [
      { a: 1, disk: [{ size: 1 }], z: 1 },
      { a: 2, disk: [{ size: 2 }], z: 2 },
    ]
    const diff = diffOf({ actions, before, after, replace_paths: [['disk', 0, 'size'], ['z']] })
    expect(diff.match(/^[ +] {3}\w+/gm)).toEqual(['    disk', '+   z', '+   a'])
  })

  it.each<
    readonly [what: string, before: unknown, after: unknown, path: readonly unknown[], line: string]
  >([
    ['an attribute', 'x', 'y', ['a'], '+   a = "y" # forces replacement'],
    ['an attribute that goes', 'x', null, ['a'], '-   a = "x" # forces replacement'],
    [
      'a member of a block',
      [{ size: 1 }],
      [{ size: 2 }],
      ['a', 0, 'size'],
      '+     size = 2 # forces replacement',
    ],
    ['a whole map', { b: 1 }, { b: 2 }, ['a'], '    a = { # forces replacement'],
    ['an element', ['x'], ['y'], ['a', 0], '+     "y" # forces replacement'],
    ['lines', 'x\ny', 'x\nz', ['a'], '    a = <<EOT # forces replacement'],
  ])('is marked: %s', (_, before, after, path, line) => {
    expect(
      diffOf({ actions, before: { a: before }, after: { a: after }, replace_paths: [path] }).split(
        '\n'
      )
    ).toContain(line)
  })
})
