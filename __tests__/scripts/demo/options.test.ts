import { describe, expect, it } from '@jest/globals'
import { openPort } from '../../../emulator/server.ts'
import { explained, parseOptions } from '../../../scripts/demo/options.ts'

describe('parseOptions', () => {
  it('takes real machines and no file when nothing is said', () => {
    expect(parseOptions([])).toEqual({
      machines: 'real',
      port: 0,
      jsonPath: undefined,
      keep: false,
      help: false,
    })
  })

  it('reads what is said', () => {
    const said = ['--machines', 'simulated', '--port', '8085', '--json', 'out.json', '--keep']
    expect(parseOptions(said)).toEqual({
      machines: 'simulated',
      port: 8085,
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
    ['no port', ['--port', '70000'], '--port is "70000": write a number from 0 to 65535.'],
    ['an option that does not exist', ['--fast'], "Unknown option '--fast'"],
    ['a value that is missing', ['--json'], "'--json <value>' argument missing"],
  ])('refuses %s in one sentence', (_, args, sentence) => {
    expect(() => parseOptions(args)).toThrow(sentence)
  })
})

describe('explained', () => {
  it('says what to do about a port that is taken', async () => {
    const first = await openPort(0)
    const failure = await openPort(first.port).catch((error: unknown) => error)
    await first.close()
    expect(String(explained(failure))).toContain(`Port ${first.port} is taken`)
  })

  it('leaves every other failure as it is', () => {
    const failure = new Error('no')
    expect(explained(failure)).toBe(failure)
  })
})
