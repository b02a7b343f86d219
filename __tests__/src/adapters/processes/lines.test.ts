import { describe, expect, it } from '@jest/globals'
import { LineSplitter } from '../../../../src/adapters/processes/lines.ts'

/** The lines of these bytes when they come in chunks of this size. */
function split(bytes: Buffer, chunkSize: number): readonly string[] {
  const lines: string[] = []
  const splitter = new LineSplitter((line) => lines.push(line))
  for (let at = 0; at < bytes.length; at += chunkSize)
    splitter.write(bytes.subarray(at, at + chunkSize))
  splitter.end()
  return lines
}

describe('LineSplitter', () => {
  it.each([
    ['nothing', '', []],
    ['a line without an end', 'one', ['one']],
    ['lines', 'one\ntwo\n', ['one', 'two']],
    ['an empty line', 'one\n\ntwo', ['one', '', 'two']],
    ['Windows line ends', 'one\r\ntwo\r\n', ['one', 'two']],
    ['characters of two, three and four bytes', 'Grüße\n漢字\n🎉🎉\n', ['Grüße', '漢字', '🎉🎉']],
  ])('cuts %s, whatever the chunks', (_, text, lines) => {
    const bytes = Buffer.from(text)
    for (let chunkSize = 1; chunkSize <= bytes.length + 1; chunkSize++)
      expect(split(bytes, chunkSize)).toEqual(lines)
  })

  it('shows bytes that are no text as such, instead of losing the line', () => {
    expect(split(Buffer.from([0x61, 0xff, 0x0a, 0x62]), 1)).toEqual(['a\ufffd', 'b'])
  })

  it('says a line as soon as it is whole', () => {
    const lines: string[] = []
    const splitter = new LineSplitter((line) => lines.push(line))
    splitter.write(Buffer.from('one\ntw'))
    expect(lines).toEqual(['one'])
  })
})
