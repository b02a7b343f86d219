import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import {
  chooseProvider,
  type OfferedProvider,
  offerProvider,
} from '../../../emulator/provider/choice.ts'
import { type Checkout, checkOut, MINUTE_MS } from './checkout.ts'

jest.setTimeout(3 * MINUTE_MS)

// terraform's own checks of the bundled modules. The provider's schema comes from the
// stand-in; its values come from mock_provider, so no cloud is behind it.

let provider: OfferedProvider
let checkout: Checkout

const terraform = (...argv: readonly string[]) =>
  checkout.terraform([...argv, '-no-color'], provider.environment)

beforeAll(async () => {
  provider = await offerProvider(chooseProvider(process.env), {})
  checkout = await checkOut()
  const { exitCode, output } = await terraform('init', '-backend=false', '-input=false')
  if (exitCode !== 0) throw new Error(output)
})

afterAll(async () => {
  await checkout.dispose()
  await provider.stop()
})

describe('terraform/', () => {
  it('is formatted', async () => {
    expect(await terraform('fmt', '-check', '-recursive')).toEqual({ exitCode: 0, output: '' })
  })

  it('is valid against the schema of the google provider', async () => {
    expect(await terraform('validate')).toMatchObject({ exitCode: 0 })
  })

  it('passes its own tests', async () => {
    const { exitCode, output } = await terraform('test')
    const failed = output.split('\n').filter((line) => !line.endsWith('... pass'))
    expect({ exitCode, failed }).toEqual({
      exitCode: 0,
      failed: expect.arrayContaining([expect.stringMatching(/^Success! \d+ passed, 0 failed\.$/)]),
    })
  })
})
