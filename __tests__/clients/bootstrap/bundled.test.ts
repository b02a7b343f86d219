import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type RunningProvider, startProvider } from '../../../emulator/provider/start.ts'
import { type Checkout, checkOut } from '../terraform/checkout.ts'

// terraform's own checks of the set-up. The schema comes from the stand-in, the values from
// mock_provider: no cloud is behind it.

let provider: RunningProvider
let checkout: Checkout

const terraform = (...argv: readonly string[]) =>
  checkout.terraform(['-chdir=bootstrap', ...argv, '-no-color'], {
    TF_REATTACH_PROVIDERS: provider.reattach,
  })

beforeAll(async () => {
  provider = await startProvider({ fallbackEnvironment: {} })
  checkout = await checkOut()
  const { exitCode, output } = await terraform('init', '-input=false')
  if (exitCode !== 0) throw new Error(output)
}, 60_000)

afterAll(async () => {
  await checkout.dispose()
  await provider.stop()
})

describe('terraform/bootstrap', () => {
  it('is formatted', async () => {
    expect(await terraform('fmt', '-check', '-recursive')).toEqual({ exitCode: 0, output: '' })
  })

  it('is valid against the schema of the google provider', async () => {
    expect(await terraform('validate')).toMatchObject({ exitCode: 0 })
  }, 60_000)

  it('passes its own tests', async () => {
    const { exitCode, output } = await terraform('test')
    const failed = output.split('\n').filter((line) => !line.endsWith('... pass'))
    expect({ exitCode, failed }).toEqual({
      exitCode: 0,
      failed: expect.arrayContaining([expect.stringMatching(/^Success! \d+ passed, 0 failed\.$/)]),
    })
  }, 180_000)
})
