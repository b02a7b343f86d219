import { describe, expect, it } from '@jest/globals'
import { parseOptions } from '../../../scripts/demo/options.ts'

describe('parseOptions', () => {
  it('takes real machines and no file when nothing is said', () => {
    expect(parseOptions([])).toEqual({
      machines: 'real',
      jsonPath: undefined,
      keep: false,
      help: false,
    })
  })

  it('reads what is said', () => {
    expect(parseOptions(['--machines', 'simulated', '--json', 'out.json', '--keep'])).toEqual({
      machines: 'simulated',
      jsonPath: 'out.json',
      keep: true,
      help: false,
    })
  })

  it.each([
    [
      'another kind of machine',
      ['--machines', 'virtual'],
      '--machines is "virtual": write real or simulated.',
    ],
    ['an option that does not exist', ['--fast'], "Unknown option '--fast'"],
    ['a value that is missing', ['--json'], "'--json <value>' argument missing"],
  ])('refuses %s in one sentence', (_, args, sentence) => {
    expect(() => parseOptions(args)).toThrow(sentence)
  })
})
