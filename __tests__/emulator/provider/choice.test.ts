import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { chooseProvider, offerProvider } from '../../../emulator/provider/choice.ts'

describe('chooseProvider', () => {
  it.each([
    [{}, 'stand-in'],
    [{ PROVIDER: '' }, 'stand-in'],
    [{ PROVIDER: 'stand-in' }, 'stand-in'],
    [{ PROVIDER: 'real' }, 'real'],
  ])('makes of %j the %s', (environment, expected) => {
    expect(chooseProvider(environment)).toBe(expected)
  })

  it('knows no other', () => {
    expect(() => chooseProvider({ PROVIDER: 'google' })).toThrow('PROVIDER is "google": write real')
  })
})

describe('offerProvider', () => {
  const NAMES = ['TF_CLI_CONFIG_FILE', 'TF_PLUGIN_CACHE_DIR', 'TF_CLI_ARGS_init']
  let before: Readonly<Record<string, string | undefined>>
  beforeEach(() => {
    before = { ...process.env }
    for (const name of NAMES) delete process.env[name]
  })
  afterEach(() => {
    for (const name of NAMES) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  })

  it('attaches terraform to the stand-in', async () => {
    const provider = await offerProvider('stand-in', {})
    expect(Object.keys(provider.environment)).toEqual(['TF_REATTACH_PROVIDERS'])
    await provider.stop()
  })

  it('leaves the real one to terraform, and to the settings of this machine', async () => {
    process.env['TF_CLI_CONFIG_FILE'] = 'mirror/terraformrc'
    process.env['TF_CLI_ARGS_init'] = '-upgrade'
    expect((await offerProvider('real', {})).environment).toEqual({
      TF_CLI_CONFIG_FILE: resolve('mirror/terraformrc'),
      TF_CLI_ARGS_init: '-upgrade',
    })
  })

  it('names nothing that is not set', async () => {
    expect((await offerProvider('real', {})).environment).toEqual({})
  })
})
