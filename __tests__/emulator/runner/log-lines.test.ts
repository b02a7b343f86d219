import { describe, expect, it } from '@jest/globals'
import { LogReader } from '../../../emulator/runner/log-lines.ts'
import { Masks } from '../../../emulator/runner/masks.ts'

describe('LogReader.read', () => {
  it.each([
    ['plain text', 'hello', { kind: 'text', text: 'hello' }],
    ['a group', '::group::Making the release', { kind: 'group', title: 'Making the release' }],
    ['its end', '::endgroup::', { kind: 'endgroup' }],
    ['debug', '::debug::Waiting', { kind: 'debug', text: 'Waiting' }],
    [
      'an annotation with title and line breaks',
      '::error title=Input size%3A::wrong%0Athe end: 100%25',
      { kind: 'annotation', level: 'error', title: 'Input size:', text: 'wrong\nthe end: 100%' },
    ],
    [
      'a warning without properties',
      '::warning::careful',
      { kind: 'annotation', level: 'warning', title: '', text: 'careful' },
    ],
    [
      'colons in the middle, which are no command',
      'a ::error::b',
      { kind: 'text', text: 'a ::error::b' },
    ],
  ])('reads %s', (_, raw, line) => {
    expect(new LogReader().read(raw)).toEqual(line)
  })

  it('hides what was masked, from then on', () => {
    const reader = new LogReader()
    expect(reader.read('hunter2')).toEqual({ kind: 'text', text: 'hunter2' })
    expect(reader.read('::add-mask::hunter2')).toBeUndefined()
    expect(reader.read('the password is hunter2')).toEqual({
      kind: 'text',
      text: 'the password is ***',
    })
    expect(reader.read('::error::hunter2')).toMatchObject({ text: '***' })
  })

  it('takes commands for text until it is told otherwise', () => {
    const reader = new LogReader()
    const texts = ['::stop-commands::pause-1', '::error::quoted', '::pause-1::', '::error::real']
    expect(texts.map((text) => reader.read(text)?.kind)).toEqual([
      'text',
      'text',
      'text',
      'annotation',
    ])
  })
})

describe('Masks', () => {
  it.each([
    ['a line of a secret of several lines', 'first line\nsecond line', 'so second line', 'so ***'],
    ['a secret as part of JSON', 'a"quoted"b', String.raw`{"x":"a\"quoted\"b"}`, '{"x":"***"}'],
    ['a secret in an address', 'user&pass=word', '?q=user%26pass%3Dword', '?q=***'],
    ['the longer of two', 'secret-secret', 'secret-secret', '***'],
    ['nothing else', 'hunter2', 'hunter3', 'hunter3'],
  ])('hide %s', (_, secret, text, hidden) => {
    const masks = new Masks()
    masks.add('secret')
    masks.add(secret)
    expect(masks.hide(text)).toBe(hidden)
    expect(masks.hides(text)).toBe(text !== hidden)
  })
})
