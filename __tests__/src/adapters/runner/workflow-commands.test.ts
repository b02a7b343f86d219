import { describe, expect, it } from '@jest/globals'
import { renderErrorCommand } from '../../../../src/adapters/runner/workflow-commands.ts'

describe('renderErrorCommand', () => {
  it.each([
    [
      'plain text',
      'Input size',
      'Input "size" is "x".',
      '::error title=Input size::Input "size" is "x".',
    ],
    ['line breaks and percent signs', 'T', 'a\r\nb 100%', '::error title=T::a%0D%0Ab 100%25'],
    ['signs that end a property', 'a:b,c', 'a:b,c', '::error title=a%3Ab%2Cc::a:b,c'],
    ['an escape that is none', 'T', '%0A', '::error title=T::%250A'],
    [
      'another command',
      'T::error::x',
      '\n::add-mask::x',
      '::error title=T%3A%3Aerror%3A%3Ax::%0A::add-mask::x',
    ],
    ['text beyond ASCII', 'Größe', '🎉', '::error title=Größe::🎉'],
  ])('is one line for %s', (_, title, message, line) => {
    expect(renderErrorCommand(title, message)).toBe(line)
    expect(line).not.toMatch(/[\r\n]/)
  })
})
