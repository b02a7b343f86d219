import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { DEPLOYER, openSetUp, type SetUp, succeeded } from '../../clients/bootstrap/set-up.ts'
import { MINUTE_MS } from '../../clients/terraform/checkout.ts'
import { OWNER } from '../../emulator/harness.ts'
import { takeAwayWhatIsThere } from './bare-project.ts'
import { examineAs } from './clinic.ts'

jest.setTimeout(3 * MINUTE_MS)

describe('doctor on a project that terraform/bootstrap has just set up', () => {
  let setUp: SetUp
  beforeAll(async () => {
    setUp = await openSetUp()
    takeAwayWhatIsThere(setUp.emulator)
    const owner = setUp.emulator.accessToken(OWNER)
    await succeeded(setUp.terraform(owner, '-chdir=bootstrap', 'init', '-input=false'))
    await succeeded(setUp.bootstrap('apply', {}, '-auto-approve'))
  })
  afterAll(() => setUp.stop())

  it('finds all of it well for the deployer', async () => {
    const token = await setUp.jobToken(DEPLOYER)
    const examined = await examineAs(
      { member: `serviceAccount:${DEPLOYER}`, token },
      setUp.emulator.environment,
      { state_bucket: 'mervis-demo-states' }
    )
    const found = examined.map(({ check, finding }) => [check.id, finding] as const)
    expect(found.filter(([, { kind }]) => kind !== 'ok')).toEqual([])
  })
})
