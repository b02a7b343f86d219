import { describe, expect, it } from '@jest/globals'
import { lastLine } from '../../../src/lib/last-line.ts'

describe('lastLine', () => {
  it.each([
    ['', ''],
    ['one', 'one'],
    ['one\ntwo\n\n', 'two'],
    ['one\r\n  two \r\n', 'two'],
  ])('of %j is %j', (text, line) => {
    expect(lastLine(text)).toBe(line)
  })
})
