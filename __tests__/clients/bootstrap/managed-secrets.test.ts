import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { call, OWNER } from '../../emulator/harness.ts'
import { MINUTE_MS } from '../terraform/checkout.ts'
import { DEPLOYER, openSetUp, PLANNER, type SetUp, succeeded } from './set-up.ts'

jest.setTimeout(3 * MINUTE_MS)

// What `managed_secrets` gives the deployer, tried out with Secret Manager itself.

let setUp: SetUp
let deployer: string
let planner: string

const SECRETS = 'secretmanager/v1/projects/mervis-demo/secrets'
const ask = async (token: string, path: string, body?: object): Promise<number> =>
  (
    await call(`${setUp.emulator.url}/${SECRETS}${path.startsWith('?') ? '' : '/'}${path}`, {
      token,
      ...(body && { body }),
    })
  ).status
const version = { payload: { data: Buffer.from('any text').toString('base64') } }

beforeAll(async () => {
  setUp = await openSetUp()
  const { secrets } = setUp.emulator.cloud
  for (const id of ['api-key', 'other-api-key', 'api-key-2'])
    secrets.addVersion(secrets.create(id, {}), Buffer.from('any text'))
  const owner = setUp.emulator.accessToken(OWNER)
  await succeeded(setUp.terraform(owner, '-chdir=bootstrap', 'init', '-input=false'))
  const changes = { managed_secrets: ['api-key', 'not-there-yet'] }
  await succeeded(setUp.bootstrap('apply', changes, '-auto-approve'))
  deployer = await setUp.jobToken(DEPLOYER)
  planner = await setUp.jobToken(PLANNER)
})

afterAll(() => setUp.stop())

describe('the deployer, with managed_secrets', () => {
  it('does what secret_values needs with a secret that is named', async () => {
    expect(await ask(deployer, 'api-key')).toBe(200)
    expect(await ask(deployer, 'api-key/versions')).toBe(200)
    expect(await ask(deployer, 'api-key/versions/latest:access')).toBe(200)
    expect(await ask(deployer, 'api-key:addVersion', version)).toBe(200)
    expect(await ask(deployer, 'api-key/versions/1:disable', {})).toBe(200)
  })

  it('makes one that is named and not there yet, and has the same rights over it', async () => {
    const replication = { automatic: {} }
    expect(await ask(deployer, '?secretId=not-there-yet', { replication })).toBe(200)
    expect(await ask(deployer, 'not-there-yet:addVersion', version)).toBe(200)
    expect(await ask(deployer, 'not-there-yet/versions/1:access')).toBe(200)
  })

  it('destroys no version', async () => {
    expect(await ask(deployer, 'api-key/versions/2:destroy', {})).toBe(403)
  })

  it.each(['other-api-key', 'api-key-2'])('reads and disables nothing of %s', async (secret) => {
    expect(await ask(deployer, `${secret}/versions/1:access`)).toBe(403)
    expect(await ask(deployer, `${secret}/versions/1:disable`, {})).toBe(403)
  })
})

describe('the planner, with managed_secrets', () => {
  it('reads no value, named or not', async () => {
    expect(await ask(planner, 'api-key/versions/latest:access')).toBe(403)
    expect(await ask(planner, 'api-key:addVersion', version)).toBe(403)
  })
})

describe('a deployer of releases only, with managed_secrets', () => {
  it('writes and reads the named secrets, and makes none', async () => {
    setUp.emulator.cloud.serviceAccounts.create('mervis-machine')
    const changes = {
      managed_secrets: ['api-key'],
      deployer_scope: 'rollout',
      vm_service_accounts: ['mervis-machine@mervis-demo.iam.gserviceaccount.com'],
    }
    await succeeded(setUp.bootstrap('apply', changes, '-auto-approve'))
    expect(await ask(deployer, 'api-key:addVersion', version)).toBe(200)
    expect(await ask(deployer, 'api-key/versions/latest:access')).toBe(200)
    expect(await ask(deployer, 'other-api-key:addVersion', version)).toBe(403)
    expect(await ask(deployer, '?secretId=another', { replication: { automatic: {} } })).toBe(403)
  })
})
