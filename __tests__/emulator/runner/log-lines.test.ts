import { describe, expect, it } from '@jest/globals'
import { LogReader } from '../../../emulator/runner/log-lines.ts'

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
})
